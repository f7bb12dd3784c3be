"""Faults of a clip that a machine ear finds, and good clips that it doubts: `python benchmarks/proofing.py [en es …]`.

The lines of benchmarks/proofing_lines/ are spoken well, and with a fault of each kind: by the voice itself, from a text in which a
word is missing or changed, or by cutting, reversing or repeating a piece of the good clip. The limits come from the calibration of
the voice, with other sentences. `--cost` times a render with proofing and one without.
"""

import argparse
import json
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import platformdirs

from podcaster.article.parsing import read_article
from podcaster.errors import EngineFailed
from podcaster.model import LineKind, Voice
from podcaster.proofing import calibration as calibrations
from podcaster.proofing.hearing import hear_line
from podcaster.proofing.verdict import Verdict, judge
from podcaster.render.pipeline.proofreading import Proofreader, voiced_seconds
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.script.spoken import spoken_form
from podcaster.settings import Settings
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import LanguageTag
from podcaster.wiring import Container

CACHE = platformdirs.user_cache_path("podcaster")
LINES = Path(__file__).parent / "proofing_lines"
FUNCTION_WORDS = {
    "en": "the a an of to in on and or for with that by at as is was were are has have had be it its this from not",
    "es": "de la el los las un una en y que a al del por con se su más le lo no para",
}
NAMES = {
    "en": ("Hamilton", "Martinez", "Finland", "Oslo", "Kenya", "Miller", "Denver"),
    "es": ("Sevilla", "Noruega", "Moreno", "Francia", "Ramírez", "Lima", "Vargas"),
}
_SHORT, _AUDIBLE = 3, 400
_ROUNDS = 2
MUST_FIND = ("word", "last word", "name", "digit", "cut")


@dataclass(frozen=True)
class Take:
    """A clip of a line, good or with a fault."""

    kind: str
    spoken: str
    """The text that should be said."""
    speech: Speech


def damaged_texts(text: str, language: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    words = text.split()
    little = set(FUNCTION_WORDS[language].split())
    bare = [re.sub(r"\W", "", word).lower() for word in words]
    inner = range(1, len(words) - 1)
    big = [n for n in inner if bare[n] not in little and len(bare[n]) > _SHORT and not bare[n].isdigit()]
    small = [n for n in inner if bare[n] in little]
    names = [n for n in inner if re.match(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{3,}", words[n])]
    for kind, places in (("word", big), ("function word", small)):
        if places:
            gone = chance.choice(places)
            yield kind, " ".join(words[:gone] + words[gone + 1 :])
    yield "last word", " ".join(words[:-1]).rstrip(",;") + "."
    if names:
        place = chance.choice(names)
        other = chance.choice([name for name in NAMES[language] if name not in text])
        yield "name", " ".join([*words[:place], re.sub(r"^[\w-]+", other, words[place]), *words[place + 1 :]])
    digits = list(re.finditer(r"[1-9]", text))
    if digits:
        found = chance.choice(digits)
        changed = int(found[0]) % 9 + 1
        yield "digit", text[: found.start()] + str(changed) + text[found.end() :]


def damaged_sounds(speech: Speech, chance: random.Random) -> Iterator[tuple[str, Speech]]:
    loud = np.flatnonzero(np.abs(speech.samples.astype(int)) > _AUDIBLE)
    samples, rate = speech.samples, speech.rate
    cut = samples[: loud[-1] - int(0.7 * rate)].copy()
    cut[-200:] = cut[-200:] * np.linspace(1, 0, 200)
    yield "cut", replace(speech, samples=cut)
    garbled, place = samples.copy(), chance.randrange(len(samples) // 4, len(samples) * 6 // 10)
    garbled[place : place + rate // 2] = garbled[place : place + rate // 2][::-1]
    yield "garbled", replace(speech, samples=garbled)
    place = chance.randrange(len(samples) * 3 // 10, len(samples) * 6 // 10)
    twice = np.concatenate([samples[:place], samples[max(0, place - int(0.6 * rate)) :]])
    yield "twice", replace(speech, samples=twice)


def takes(language: str, say: Callable[[str], Speech], places: range) -> Iterator[Take]:
    """Every line well and with each fault; what the engine itself refuses to say is found already, and left out."""
    texts = (LINES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    for number in places:
        if number >= len(texts):
            break
        text = texts[number]
        chance = random.Random(number)  # noqa: S311 # the same faults every time
        spoken = spoken_form(text, LineKind.PARAGRAPH, LanguageTag(language))
        try:
            good = say(spoken)
        except EngineFailed:
            continue
        yield Take("good", spoken, good)
        for kind, wrong in damaged_texts(text, language, chance):
            try:
                yield Take(kind, spoken, say(spoken_form(wrong, LineKind.PARAGRAPH, LanguageTag(language))))
            except EngineFailed:
                continue
        for kind, speech in damaged_sounds(good, chance):
            yield Take(kind, spoken, speech)


def heard(take: Take, proofreader: Proofreader, voice: Voice, synthesizer: Synthesizer) -> Verdict:
    hearing = hear_line(proofreader.recognizer, take.speech, take.spoken, voice.language)
    return judge(
        take.spoken, hearing, voiced_seconds(take.speech), language=voice.language, pronouncer=proofreader.pronouncer,
        calibration=proofreader.calibration(voice, synthesizer),
    )  # fmt: skip


def report(here: Container, language: str, places: range, *, shown: bool) -> None:
    proofreader = proofreader_of(here)
    voice, synthesizer = here.catalogue.choose(LanguageTag(language), here.synthesizers)
    calibration = proofreader.calibration(voice, synthesizer)
    print(f"{voice.name}: {calibration}")
    if not calibration.usable:
        print("  not understood well enough to be proofed")
        return
    found, all_of, seconds, cpu = Counter[str](), Counter[str](), 0.0, 0.0
    for take in takes(language, lambda text: synthesizer.speak(text, voice), places):
        began = time.process_time()
        verdict = heard(take, proofreader, voice, synthesizer)
        cpu += time.process_time() - began
        seconds += len(take.speech.samples) / take.speech.rate
        all_of[take.kind] += 1
        found[take.kind] += not verdict.passed
        if shown and verdict.passed != (take.kind == "good"):
            print(f"    {take.kind}: {verdict.score} {take.spoken} | {verdict.heard}")
    faults = [kind for kind in all_of if kind != "good"]
    for kind in faults:
        print(f"  {kind:<14} {found[kind]:>3} of {all_of[kind]:>3}  {found[kind] / all_of[kind]:.0%}")
    for name, kinds in (
        ("words, names, digits, cuts", [kind for kind in faults if kind in MUST_FIND]),
        ("all faults", faults),
    ):
        hits, total = sum(found[kind] for kind in kinds), sum(all_of[kind] for kind in kinds)
        print(f"  {name:<26} {hits} of {total}  {hits / total:.1%}")
    print(f"  {'false alarms':<26} {found['good']} of {all_of['good']}  {found['good'] / all_of['good']:.1%}")
    print(f"  heard {seconds:.0f} s of sound {seconds / cpu:.1f} times as fast as it lasts, on one core")


def calibrate(here: Container, language: str, only: str) -> None:
    for voice in here.ready_voices(LanguageTag(language)):
        if only not in voice.name:
            continue
        limits = json.loads(calibrations.to_json(proofreader_of(here).measured(voice, here.synthesizers[voice.engine])))
        row = {"recognizer": here.recognizer.name, "engine": voice.engine, "voice": voice.engine_voice}
        print(json.dumps({**row, "rate_wpm": voice.rate_wpm, "limits": limits}), flush=True)


def proofreader_of(here: Container) -> Proofreader:
    if here.proofreader is None:
        sys.exit("No recognizer is installed; ./run test installs one.")
    return here.proofreader


def cost(here: Container, language: str, places: range) -> None:
    """A report in one language, unproofed and proofed in turn, each time with an empty store and with the models loaded."""
    text = "\n\n".join((LINES / f"{language}.txt").read_text(encoding="utf-8").splitlines()[places.start : places.stop])
    tag = LanguageTag(language)
    article = read_article(text.encode(), pages=here.pages, name="lines.txt", language=tag, candidates=[tag])
    cpu, wall = Counter[str](), Counter[str]()
    for name, proofreader in (("warm", here.proofreader), *(_ROUNDS * (("without", None), ("with", here.proofreader)))):
        for kept in ("clips", "proofs"):
            shutil.rmtree(here.settings.data / "blobs" / kept, ignore_errors=True)
        context = replace(here.context, proofreader=proofreader, known_clips=type(here.context.known_clips)())
        script = translate(article, tag, context).script
        before, began = time.process_time(), time.monotonic()
        speak(script, context)
        cpu[name] += round(1000 * (time.process_time() - before))
        wall[name] += round(1000 * (time.monotonic() - began))
        print(f"  {name:<8} {cpu[name] / 1000:.1f} s of CPU, {wall[name] / 1000:.1f} s", flush=True)
    print(
        f"  with proofing: {cpu['with'] / cpu['without']:.3f} of the CPU time, {wall['with'] / wall['without']:.3f} of the time"
    )
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB with voice, recognizer and all")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("languages", nargs="*", default=["en", "es"])
    options.add_argument("--lines", type=int, default=24)
    options.add_argument("--first", type=int, default=0, help="leave out so many lines; counts of several runs add up")
    options.add_argument("--show", action="store_true", help="what is missed, and false alarms")
    options.add_argument("--cost", action="store_true")
    options.add_argument("--calibrate", action="store_true", help="print rows for podcaster/proofing/calibrations.json")
    options.add_argument("--voice", default="", help="calibrate only voices with this in their names")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as data:
        here = Container(
            Settings(data=Path(data), recognizer=CACHE / "recognizers" / "whisper-base", kokoro_model=CACHE / "kokoro")
        )
        places = range(asked.first, asked.first + asked.lines)
        for language in asked.languages:
            if asked.calibrate:
                calibrate(here, language, asked.voice)
            elif asked.cost:
                cost(here, language, places)
            else:
                report(here, language, places, shown=asked.show)
        here.close()


if __name__ == "__main__":
    main()
