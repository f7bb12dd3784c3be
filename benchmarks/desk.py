"""From the click on "render again", after one word was put right, to the first bytes of the new audio.

A report of 700 words in six languages, on a service of its own; one editor renders the language at hand, another all six.
The two take turns, and the same report rendered from nothing is the measure: what is said is a ratio as well as a time.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

LANGUAGES = ("en", "es", "ca", "gl", "pt", "pt-BR")
ROUNDS = 5
SENTENCES = 46
NOUNS = ("ferry", "harbour", "levy", "tunnel", "bridge", "market")


def report() -> str:
    """About 700 words in sentences that all differ."""
    lines = [
        f"The {NOUNS[place % 6]} number {place} carried {place * 17} people to the island last year, the council says."
        for place in range(SENTENCES)
    ]
    return "# A harbour for Vigo\n\n" + "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, SENTENCES, 4))


@contextmanager
def service(folder: Path) -> Iterator[httpx.Client]:
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(folder / "data"),
        "PODCASTER_LANGUAGES": ",".join(LANGUAGES),
        "PODCASTER_PUBLISH_DRAFTS": "true",
    }
    podcaster = [sys.executable, "-m", "podcaster"]
    made = subprocess.run(
        [*podcaster, "keys", "add", "bench", "--scope", "publish", "--json"],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    with subprocess.Popen(
        [*podcaster, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        url = (process.stdout or sys.stdin).readline().split()[-1]
        key = json.loads(made.stdout)["key"]
        headers = {"authorization": f"Bearer {key}"}
        with httpx.Client(base_url=url, trust_env=False, timeout=120, headers=headers) as editor:
            yield editor
        process.terminate()


def until(editor: httpx.Client, render: str, language: str | None) -> None:
    """Until a language is done, without one until all is."""
    with editor.stream("GET", f"/api/renders/{render}/events") as answer:
        for line in answer.iter_lines():
            if not line.startswith("data: "):
                continue
            now = json.loads(line.removeprefix("data: "))
            part = now["languages"][language]["state"] if language else now["state"]
            if part not in {"queued", "running"}:
                if part != "done":
                    sys.exit(f"the render is {part}: {now}")
                return


def rerendered(editor: httpx.Client, article: str, place: int, languages: list[str]) -> dict[str, float]:
    """Seconds from the click: answered, heard, and all of it done."""
    script = editor.get(f"/api/articles/{article}/scripts/es").json()["lines"]
    line = script[20]
    wording = {"text": f"{line['text'].split(' · ')[0]} · {place}"}
    editor.patch(f"/api/articles/{article}/scripts/es/lines/{line['index']}", json=wording).raise_for_status()
    started = time.perf_counter()
    begun = editor.post(f"/api/articles/{article}/renders", json={"languages": languages}).json()
    times = {"answered": time.perf_counter() - started}
    if begun["languages"]["es"]["spoken"] != 1:
        sys.exit(f"more than the one line would be spoken: {begun}")
    until(editor, begun["render"], "es")
    page = editor.get(f"/api/articles/{article}").json()
    revision = next(each["revision"] for each in page["episodes"] if each["language"] == "es")
    editor.get(f"/media/{article}/es/{revision}.mp3", headers={"range": "bytes=0-65535"}).raise_for_status()
    times["heard"] = time.perf_counter() - started
    until(editor, begun["render"], None)
    times["all done"] = time.perf_counter() - started
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as editor:
        started = time.perf_counter()
        given = editor.post("/api/articles", json={"markdown": report()}).json()
        until(editor, given["render"], None)
        first = time.perf_counter() - started
        print(f"{len(report().split())} words, {len(LANGUAGES)} languages, {len(os.sched_getaffinity(0))} cores")
        print(f"  from nothing              {first:6.2f} s")
        taken: dict[str, list[dict[str, float]]] = {"one language": [], "all six": []}
        for place in range(ROUNDS):
            for name, languages in (("one language", ["es"]), ("all six", list(LANGUAGES))):
                taken[name].append(rerendered(editor, given["article"], place * 10 + len(languages), languages))
        for name, rounds in taken.items():
            for what in ("answered", "heard", "all done"):
                times = [each[what] for each in rounds]
                middle = statistics.median(times)
                print(
                    f"  {name}, {what:<10} {middle:8.2f} s  worst {max(times):.2f} s  {middle / first:.2f} of the first"
                )


if __name__ == "__main__":
    main()
