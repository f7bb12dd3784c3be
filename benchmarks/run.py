"""Speed, side by side in one run: `./run bench run [REPORT]`.

Whole commands are timed, interleaved, from nothing, and the best of the rounds is compared: the straight script is given the very
sentences that podcaster reads, so that both say the same. Then the pieces of a clip are timed alone, which gives the floor.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "pt-BR", "ca", "gl")
ROUNDS = 3


def timed(command: Sequence[object], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run([str(part) for part in command], env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def whole_reports(report: Path) -> None:
    """The straight script against `podcaster render`, and that once more."""
    folder = Path(tempfile.mkdtemp())
    environment = {**os.environ, "PODCASTER_DATA": str(folder / "data"), "PYTHONWARNINGS": "ignore"}
    podcaster = [sys.executable, "-m", "podcaster"]
    read = subprocess.run([*podcaster, "read", "--json", report], env=environment, check=True, capture_output=True)
    found = json.loads(read.stdout)
    text = folder / "report.txt"
    texts = [found["title"], *found["key_points"], *(block["text"] for block in found["body"])]
    text.write_text("\n".join(texts), encoding="utf-8")
    languages = [option for language in LANGUAGES for option in ("--to", language)]
    times: dict[str, list[float]] = {"straight": [], "first": [], "again": []}
    for _ in range(ROUNDS):
        times["straight"].append(
            timed([sys.executable, HERE / "straight_script.py", text, folder / "straight", *LANGUAGES], environment)
        )
        shutil.rmtree(folder / "data", ignore_errors=True)
        render = [*podcaster, "render", report, *languages, "--out", folder / "out"]
        times["first"].append(timed(render, environment))
        times["again"].append(timed(render, environment))
    best = {name: min(each) for name, each in times.items()}
    print(f"{report.name} into {len(LANGUAGES)} languages, best of {ROUNDS}, {len(os.sched_getaffinity(0))} cores")
    print(f"  straight script        {best['straight']:6.2f} s")
    print(f"  podcaster, from nothing{best['first']:6.2f} s   {best['straight'] / best['first']:.1f} x as fast")
    print(f"  podcaster, once more   {best['again']:6.2f} s   {best['again'] / best['first']:.3f} of the first time")
    shutil.rmtree(folder)


def pieces() -> None:
    """Speed of a clip's steps on one core, in multiples of real time: the engine, the resampler and the encoder are the floor."""
    from podcaster.adapters.espeak import EspeakSynthesizer
    from podcaster.adapters.lame import LameEncoder
    from podcaster.audio.recording import at_show_rate, make_clip
    from podcaster.audio.stored import content_key
    from podcaster.model import Voice
    from podcaster.units import Decibels, LanguageTag, Milliseconds

    voice = Voice(language=LanguageTag("en"), name="en", engine="espeak", engine_voice="en", gain_db=Decibels(6.1))
    texts = [
        f"Report number {place} says that prices rose in {place} of the regions, and fell in the others."
        for place in range(40)
    ]
    encoder = LameEncoder()
    with EspeakSynthesizer() as espeak:
        espeak.speak("Ready.", voice)
        started = time.perf_counter()
        speeches = [espeak.speak(text, voice) for text in texts]
        spoken = time.perf_counter() - started
    seconds = sum(len(speech.samples) / speech.rate for speech in speeches)
    started = time.perf_counter()
    shown = [at_show_rate(speech.samples.astype("float32") / 32_768, speech.rate) for speech in speeches]
    resampled = time.perf_counter() - started
    started = time.perf_counter()
    for samples in shown:
        encoder.encode((samples * 32_767).astype("int16"))
    encoded = time.perf_counter() - started
    started = time.perf_counter()
    for text, speech in zip(texts, speeches, strict=True):
        make_clip(content_key(text=text), speech, gain_db=Decibels(6.1), pause_ms=Milliseconds(300), encoder=encoder)
    whole = time.perf_counter() - started
    print(f"{seconds:.0f} s of speech, one core, times real time")
    for name, took in (
        ("eSpeak NG, forked", spoken),
        ("soxr", resampled),
        ("LAME", encoded),
        ("clip without speech", whole),
    ):
        print(f"  {name:<22} {seconds / took:7.0f} x")
    ratio = (spoken + whole) / (spoken + resampled + encoded)
    print(f"  speech to clip         {seconds / (spoken + whole):7.0f} x   {ratio:.2f} of the floor")


def main() -> None:
    """Everything, for the report that was named, or for one of the samples."""
    whole_reports(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "samples" / "canal-tolls.txt")
    pieces()


if __name__ == "__main__":
    main()
