"""The table of docs/performance.md, measured on this machine: `./run bench`, a quarter of an hour.

    performance.py [--rounds 3] [--scale 1.0] [--only PART]… [--keep FOLDER] [--out docs/performance.md] [--note TEXT]

Each part is a function that yields rows; parts run one after the other, and the rounds within a part take turns. `--scale` makes
every piece of work smaller. With `--only`, the rows are printed and the file stays as it is, unless every other part's rows are in the
folder of `--keep`, where each part's rows are put.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from measurements import Row

HERE = Path(__file__).parent
ROUNDS = 3
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = (
    "espeakng-loader",
    "hibari-tts",
    "onnxruntime",
    "lameenc",
    "soxr",
    "ctranslate2",
    "faster-whisper",
    "uvicorn",
)
Part = Callable[[int, float], Iterator[Row]]


def renders(rounds: int, scale: float) -> Iterator[Row]:
    from render_rows import ENGINES, engine_rows, glossary_row

    for engine in ENGINES:
        yield from engine_rows(engine, rounds, scale)
    yield glossary_row(rounds, scale)


def texts(rounds: int, scale: float) -> Iterator[Row]:
    from text_rows import listening_rows, pdf_rows, translation_rows

    yield from translation_rows(rounds, scale)
    yield from listening_rows(rounds, scale)
    yield from pdf_rows(rounds, scale)


def services(rounds: int, scale: float) -> Iterator[Row]:
    from service_rows import briefing_rows, publishing_rows, serving_rows

    yield from publishing_rows(rounds, scale)
    yield from serving_rows(rounds, scale)
    yield from briefing_rows(rounds, scale)


def starts(rounds: int, scale: float) -> Iterator[Row]:
    from service_rows import start_rows

    yield from start_rows(rounds, scale)


PARTS: Mapping[str, Part] = {"starts": starts, "renders": renders, "texts": texts, "services": services}


def machine() -> str:
    """This machine and its versions, in two sentences."""
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in cpuinfo if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {system}, Python {platform.python_version()}, "
        f"podcaster {version('newsroom-podcaster')}; {packages}."
    )


def table(rows: list[Row], seconds: float, loads: tuple[float, float], note: str) -> str:
    """The measured part of the page."""
    began = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} in {seconds / 60:.0f} minutes on {machine()} "
        f"Load average of the last minute: {loads[0]:.1f} at the start, {loads[1]:.1f} at the end.{f' {note}' if note else ''}"
    )
    lines = [
        began,
        "",
        "| Measured | Median | Spread | Beside it |",
        "| --- | --- | --- | --- |",
        *map(str, rows),
    ]
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--scale", type=float, default=1.0)
    options.add_argument("--only", action="append", choices=[*PARTS], default=[])
    options.add_argument("--out", type=Path, default=HERE.parent / "docs" / "performance.md")
    options.add_argument("--keep", type=Path)
    options.add_argument("--note", default="")
    asked = options.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    began, before = time.monotonic(), os.getloadavg()[0]
    found: dict[str, list[Row]] = {}
    for name, part in PARTS.items():
        file = asked.keep / f"{name}.json" if asked.keep else None
        if asked.only and name not in asked.only:
            if file and file.is_file():
                found[name] = [Row(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
            continue
        found[name] = []
        for row in part(asked.rounds, asked.scale):
            print(f"{time.monotonic() - began:6.0f} s  {row}", file=sys.stderr, flush=True)
            found[name].append(row)
            if file:
                file.write_text(json.dumps([asdict(each) for each in found[name]]), encoding="utf-8")
    rows = [row for name in found for row in found[name]]
    measured = table(rows, time.monotonic() - began, (before, os.getloadavg()[0]), asked.note)
    print(measured)
    if found.keys() == PARTS.keys():
        page = asked.out.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        asked.out.write_text(f"{head}{BEGIN}\n\n{measured}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
