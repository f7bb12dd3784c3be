"""An hour of report in one language: against the straight script, against its engines alone, and with one sentence changed.

Whole commands are timed, each from nothing, on every core there is; then the same on one core, where our command works as the
engines alone do: one after the other. What a changed sentence costs is timed where it is done, in a process that is running.
Usage: long_report.py [MINUTES].
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from long_text import markdown, sentences

HERE = Path(__file__).parent
MINUTES = 60.0
ROUNDS = 2
_PLACE = 0.4
"""Place of the changed sentence in the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A report of which one sentence was changed, in the process that had rendered it."""

    first_seconds: float
    again_seconds: float
    spoken: int
    """Lines that were made again."""
    untouched: bool
    """Every clip that was there is there with the same bytes and the same age."""
    identical: bool
    """The episode is, byte for byte, what a render from nothing gives."""


def render_command(report: Path, out: Path) -> Sequence[object]:
    return [sys.executable, "-m", "podcaster", "render", report, "--from", "en", "--to", "en", "--out", out]


@contextmanager
def on_cores(count: int) -> Iterator[None]:
    """Gives processes that are started meanwhile so many of this process' cores."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


def run_timed(command: Sequence[object], data: Path, cores: int) -> tuple[float, float]:
    """Seconds, and megabytes of the process at its peak, without its children.

    What a process had at most counts from before it became another program: so this one stays small. Python keeps its
    bytecode, as it does unless it is told otherwise.
    """
    environment = {**os.environ, "PODCASTER_DATA": str(data), "PODCASTER_LANGUAGES": "en", "PYTHONWARNINGS": "ignore"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with on_cores(cores):
        process = subprocess.Popen([str(part) for part in command], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[1]} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def apart(*arguments: object) -> list[float]:
    """Output of another part of this file, run in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    found: list[float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def engines_alone(script: Path) -> tuple[float, float]:
    """Seconds of eSpeak NG, soxr and LAME over every line of a script, one after the other on one core; seconds of sound.

    eSpeak NG speaks in this process, without the forks that make it repeatable, and in the show's voice.
    """
    import numpy as np

    from podcaster.adapters.espeak import speech_program
    from podcaster.adapters.espeak.installation import installation
    from podcaster.adapters.lame import LameEncoder
    from podcaster.audio.recording import at_show_rate
    from podcaster.units import Hertz

    library, data = installation() or sys.exit("eSpeak NG is not installed")
    espeak, rate = speech_program.prepared(library, data, *_voice())
    lines = [line["spoken"].encode() for line in json.loads(script.read_bytes())["lines"]]
    encoder = LameEncoder()
    started = time.perf_counter()
    speech = []
    for line in lines:
        pieces: list[bytes] = []
        speech_program.speak(espeak, line, partial(_append, pieces))
        speech.append(np.frombuffer(b"".join(pieces), np.int16))
    shown = [at_show_rate(samples.astype(np.float32) / np.float32(32_768), Hertz(rate)) for samples in speech]
    for samples in shown:
        encoder.encode((samples * 32_767).astype(np.int16))
    return time.perf_counter() - started, sum(map(len, speech)) / rate


def _append(pieces: list[bytes], piece: bytes | memoryview) -> None:
    pieces.append(bytes(piece))


def _voice() -> tuple[str, int, int]:
    """The engine's name of the voice that speaks English, its rate and its pitch."""
    from podcaster.speech.catalogue import Catalogue
    from podcaster.units import LanguageTag
    from podcaster.wiring import shipped

    voices = Catalogue(shipped("voices")).voices(LanguageTag("en"))
    voice = next(voice for voice in voices if voice.engine == "espeak")
    return voice.engine_voice, voice.rate_wpm, voice.pitch


def clips_in(folder: Path) -> Mapping[str, tuple[str, int]]:
    """Every stored clip's hash and age."""
    files = sorted((folder / "blobs" / "clips").rglob("*"))
    return {
        file.name: (sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns) for file in files if file.is_file()
    }


class Desk:
    """A service's own way to an episode, on a data folder of its own, in this process."""

    def __init__(self, data: Path) -> None:
        from podcaster.settings import Settings
        from podcaster.wiring import Container

        self._house = Container(Settings(data=data, languages=("en",)))

    def render(self, told: list[str], out: Path) -> tuple[float, int, str]:
        """Seconds from the report's bytes to the episode's files, lines that were spoken, the episode's hash."""
        from podcaster.ports import Submission
        from podcaster.units import LanguageTag

        english = LanguageTag("en")
        report = Submission(
            body=markdown(told).encode(), name="report.md", media_type="text/markdown", language=english
        )
        folder = self._house.episode_folder(out, datetime(2026, 5, 4, tzinfo=UTC))
        started = time.perf_counter()
        article = self._house.read(report)
        (outcome,) = folder.render(article, [english])
        took = time.perf_counter() - started
        audio = out / article.id / english / "episode.mp3"
        return took, outcome.report.spoken, sha256(audio.read_bytes()).hexdigest()

    def close(self) -> None:
        self._house.close()


def changed(told: list[str], folder: Path) -> Changed:
    """Render, change one sentence, render again, and compare with a render from nothing."""
    place = int(len(told) * _PLACE)
    versions = [
        [*told[:place], f"{told[place][:-1]}, {each} people said.", *told[place + 1 :]] for each in range(2, ROUNDS + 2)
    ]
    desk, fresh = Desk(folder / "data"), Desk(folder / "fresh")
    try:
        desk.render(sentences(1), folder / "warm")
        first_seconds, _, _ = desk.render(told, folder / "one")
        before = clips_in(folder / "data")
        again = [desk.render(version, folder / "two") for version in versions]
        after = clips_in(folder / "data")
        _, _, audio = fresh.render(versions[-1], folder / "three")
    finally:
        desk.close()
        fresh.close()
    return Changed(
        first_seconds=first_seconds,
        again_seconds=min(seconds for seconds, _, _ in again),
        spoken=max(spoken for _, spoken, _ in again),
        untouched=before.items() <= after.items() and len(after) == len(before) + len(versions),
        identical=again[-1][2] == audio,
    )


def main() -> None:
    """Everything, for a report of so many minutes."""
    minutes = float(sys.argv[1]) if sys.argv[1:] else MINUTES
    told = sentences(minutes)
    folder = Path(tempfile.mkdtemp())
    report, text = folder / "report.md", folder / "report.txt"
    report.write_text(markdown(told), encoding="utf-8")
    text.write_text("\n".join(told), encoding="utf-8")
    every = len(os.sched_getaffinity(0))
    taken: dict[str, list[float]] = {"straight": [], "ours": [], "one core": [], "engines": []}
    peak = sound = 0.0
    for _ in range(ROUNDS):
        straight = [sys.executable, HERE / "straight_script.py", text, folder / "straight", "en"]
        taken["straight"].append(run_timed(straight, folder / "data", every)[0])
        for name, cores in (("ours", every), ("one core", 1)):
            shutil.rmtree(folder / "data", ignore_errors=True)
            seconds, megabytes = run_timed(render_command(report, folder / "out"), folder / "data", cores)
            taken[name].append(seconds)
            peak = max(peak, megabytes)
        seconds, sound = apart("--engines", next((folder / "out").rglob("script.json")))
        taken["engines"].append(seconds)
    best = {name: min(each) for name, each in taken.items()}
    print(f"{sound / 60:.0f} minutes of speech in English, best of {ROUNDS}, {every} cores")
    print(f"  straight script            {best['straight']:7.2f} s")
    print(f"  eSpeak, soxr, LAME alone   {best['engines']:7.2f} s   on one core")
    for name in ("ours", "one core"):
        said = "podcaster render" if name == "ours" else "the same on one core"
        print(
            f"  {said:<26} {best[name]:7.2f} s   {best['straight'] / best[name]:.1f} x as fast as the straight script, "
            f"{best[name] / best['engines']:.2f} of the engines alone"
        )
    print(f"  memory at its peak         {peak:7.0f} MB")
    for name, cores in (("one sentence changed", every), ("the same on one core", 1)):
        with on_cores(cores):
            first, again, spoken, untouched, identical = apart("--changed", minutes, folder / f"edited {cores}")
        print(
            f"  {name:<26} {again:7.3f} s   1/{first / again:.0f} of the first ({first:.2f} s, in the same process); "
            f"{spoken} line made; others untouched: {untouched}; as from nothing: {identical}"
        )
    shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--engines"]:
        print(json.dumps(engines_alone(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["--changed"]:
        print(json.dumps(astuple(changed(sentences(float(sys.argv[2])), Path(sys.argv[3])))))
    else:
        main()
