"""Intelligibility of voices: each reads the same news lines, as the product says and encodes them, to a recognizer.

    benchmarks/voices.py [LANGUAGE|VOICE]…    without arguments: the first voice of each engine, in every language that has lines
    benchmarks/voices.py --overhead es-kokoro    processor time of whole clips, encoded and kept, by that of the engine alone, in turns;
                                                 hibari alone is the package's own call

A word counts as misheard where the recognizer writes another one (word error rate). Both sides are put through the same spoken
form, so that "1976" and "nineteen seventy-six" are equal. Whisper base is weak on Catalan and Galician: read those as ratios.
Each voice speaks in a process of its own. Kokoro's model and the recognizer are looked for in the user's cache, as tests do.
"""

import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from num2words import num2words

LINES = Path(__file__).with_name("proofing_lines")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "podcaster"
LANGUAGES = tuple(sorted(file.stem for file in LINES.glob("*.txt")))
_MOST_LINES = 20
_NUMBERS_OF = {"en-GB": "en", "gl": "pt", "es-419": "es", "fr-CA": "fr"}
"""Whose figures are said alike, where num2words has none."""
_RECOGNIZER_RATE = 16_000


_POINTS = {"es": "coma", "ca": "coma", "gl": "coma", "pt": "vírgula", "fr": "virgule", "it": "virgola"}


def measured(name: str) -> dict[str, object]:
    """One voice, in this process."""
    from podcaster.audio.recording import make_clip
    from podcaster.model import LineKind
    from podcaster.render.pipeline.speech.loudness_calibration import gain_of
    from podcaster.script.spoken import spoken_form
    from podcaster.settings import Settings
    from podcaster.speech.speaking import speak_line
    from podcaster.speech.synthesizer import Speech
    from podcaster.units import ContentKey, Hertz, Milliseconds
    from podcaster.wiring import Container

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data=Path(folder), kokoro_model=CACHE / "kokoro", recognizer=CACHE / "recognizers" / "whisper-base"
        )
        here = Container(settings)
        voice = here.catalogue.named(name)
        if voice is None:
            sys.exit(f"There is no voice {name}.")
        engine = here.synthesizers[voice.engine]
        lines = _lines(voice.language)
        spoken = [spoken_form(line, LineKind.PARAGRAPH, voice.language) for line in lines]
        begun = time.perf_counter()
        speak_line(spoken[0], voice, engine)
        first = time.perf_counter() - begun
        before = _processor_seconds()
        speeches = [speak_line(text, voice, engine) for text in spoken]
        taken = _processor_seconds() - before if engine.name != "espeak" else 0  # its forks leave no account
        seconds = sum(len(speech.samples) / speech.rate for speech in speeches)
        memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        gain = voice.gain_db if voice.gain_db is not None else gain_of(voice, engine, here.context)
        wrong, words, misheard = 0, 0, []
        for text, speech in zip(spoken, speeches, strict=True):
            _, frames = make_clip(
                ContentKey("0" * 64), speech, gain_db=gain, pause_ms=Milliseconds(200), encoder=here.context.encoder
            )
            heard = here.recognizer.hear(
                Speech(samples=decoded(frames), rate=Hertz(_RECOGNIZER_RATE)), text, voice.language
            ).text
            expected = words_of(text, voice.language)
            found = words_of(spoken_form(heard, LineKind.PARAGRAPH, voice.language), voice.language)
            errors = distance(expected, found)
            wrong, words = wrong + errors, words + len(expected)
            misheard += [f"{' '.join(expected)} | {' '.join(found)}"] if errors else []
        here.close()
    return {
        "voice": name, "language": voice.language, "engine": voice.engine, "lines": len(lines),
        "misheard_percent": round(100 * wrong / words, 1), "times_real_time": round(seconds / taken, 2) if taken else "–",
        "first_line_s": round(first, 1), "memory_mb": memory // 1024, "misheard": misheard,
    }  # fmt: skip


def words_of(text: str, language: str) -> Sequence[str]:
    """Words as they are compared: small letters, no marks, hyphens as spaces, no figures."""
    plain = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    point = _POINTS.get(language.partition("-")[0], "point")
    plain = re.sub(r"(?<=\d)[.,](?=\d)", f" {point} ", plain)
    plain = re.sub(r"\d+", lambda figures: _in_words(int(figures[0]), language), plain)
    if language in _SYLLABLES_OF:
        return _SYLLABLES_OF[language](text)
    return re.sub(r"[^\w'\s]", " ", plain.replace("-", " ")).replace("'", " ").split()


def _mandarin_syllables(text: str) -> Sequence[str]:
    """Pinyin with tones: the recognizer is free to choose among characters that sound alike."""
    from pypinyin import Style, lazy_pinyin

    from podcaster.script.spoken.han_numerals import in_characters

    characters = re.sub(r"\d+(?:\.\d+)?", lambda found: in_characters(found[0]), text)
    return lazy_pinyin(characters, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")


def _japanese_kana(text: str) -> Sequence[str]:
    from pyopenjtalk import run_frontend

    return [sign for word in run_frontend(text) for sign in word["pron"] if sign.isalpha()]


_SYLLABLES_OF = {"zh": _mandarin_syllables, "ja": _japanese_kana}


def _in_words(number: int, language: str) -> str:
    try:
        return f" {num2words(number, lang=_NUMBERS_OF.get(language, language).replace('-', '_'))} "
    except (NotImplementedError, OverflowError):
        return str(number)


def distance(expected: Sequence[str], found: Sequence[str]) -> int:
    """Words that were put in, left out or replaced (Levenshtein)."""
    row = list(range(len(found) + 1))
    for place, word in enumerate(expected, 1):
        diagonal = [before + (word != each) for before, each in zip(row, found, strict=False)]
        row = [place, *(min(a, b + 1) for a, b in zip(diagonal, row[1:], strict=True))]
        for left, right in pairwise(range(len(row))):
            row[right] = min(row[right], row[left] + 1)
    return row[-1]


def decoded(mp3: bytes) -> np.ndarray:
    """16-bit samples at 16,000 Hz, shape (n,)."""
    with av.open(io.BytesIO(mp3), mode="r", format="mp3") as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_RECOGNIZER_RATE)
        frames = [each for frame in container.decode(audio=0) for each in resampler.resample(frame)]
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.int16)


def _lines(language: str) -> Sequence[str]:
    found = next(tag for tag in (language, language.partition("-")[0]) if tag in LANGUAGES)
    return (LINES / f"{found}.txt").read_text(encoding="utf-8").splitlines()[:_MOST_LINES]


def _processor_seconds() -> float:
    """Processor time of this process and its children; that of children that live on is read from /proc."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    ticks = os.sysconf("SC_CLK_TCK")
    living = 0.0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        living += sum(int(fields[place]) for place in (11, 12, 13, 14)) / ticks
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + living + ended.ru_utime + ended.ru_stime


def overhead(name: str) -> None:
    """Whole clips against the engine alone, which says the same lines and nothing is done with them, and against the encoder."""
    from podcaster.audio.recording import framed_voice, make_clip, trimmed
    from podcaster.model import LineKind
    from podcaster.script.spoken import spoken_form
    from podcaster.settings import Settings
    from podcaster.speech.speaking import speak_line
    from podcaster.units import ContentKey, Milliseconds
    from podcaster.wiring import Container

    with tempfile.TemporaryDirectory() as folder:
        here = Container(Settings(data=Path(folder), kokoro_model=CACHE / "kokoro", proof="off"))
        voice = here.catalogue.named(name)
        if voice is None or voice.gain_db is None:
            sys.exit(f"There is no voice {name} with a known gain.")
        engine, context, rest = here.synthesizers[voice.engine], here.context, Milliseconds(300)
        few = 3 if engine.name == "kokoro" else _MOST_LINES
        texts = [spoken_form(line, LineKind.PARAGRAPH, voice.language) for line in _lines(voice.language)[:few]]
        say = _hibari_alone() if engine.name == "hibari" else partial(engine.speak, voice=voice)
        say(texts[0])
        engine.speak(texts[0], voice)
        alone = encoding = ours = 0.0
        for place, text in enumerate(texts * 2):
            before = _processor_seconds()
            say(text)
            between = _processor_seconds()
            speech = speak_line(text, voice, engine)
            key = ContentKey(f"{place:064x}")
            context.sentences.keep(
                *make_clip(key, speech, gain_db=voice.gain_db, pause_ms=rest, encoder=context.encoder)
            )
            ended = _processor_seconds()
            framed = framed_voice(trimmed(speech.samples, speech.rate), gain_db=voice.gain_db, pause_ms=rest)
            begun = _processor_seconds()
            context.encoder.encode(framed)
            alone, ours = alone + between - before, ours + ended - between
            encoding += _processor_seconds() - begun
        here.close()
    print(
        f"{name}: clips {ours:.2f} s; the engine alone {alone:.2f} s, {ours / alone:.3f}; "
        f"with its encoding {alone + encoding:.2f} s, {ours / (alone + encoding):.3f}"
    )


def _hibari_alone() -> Callable[[str], object]:
    from hibari import Hibari

    return partial(Hibari(), seed=0)


def chosen(wanted: Sequence[str]) -> Sequence[str]:
    """The voices that are asked for by name or language: of a language, the first of each engine that is here."""
    from podcaster.settings import Settings
    from podcaster.wiring import Container

    here = Container(Settings(data=Path(tempfile.gettempdir()) / "none", kokoro_model=CACHE / "kokoro"))
    names = []
    for language in here.catalogue.languages:
        voices = here.catalogue.voices(language)
        ready = [
            voice
            for voice in voices
            if voice.engine in here.synthesizers and here.synthesizers[voice.engine].has(voice)
        ]
        firsts = {voice.engine: voice.name for voice in reversed(ready)}
        measurable = {language, language.partition("-")[0]} & set(LANGUAGES)
        if measurable and (language in wanted or (not wanted and language in LANGUAGES)):
            names += [voice.name for voice in ready if voice.name in firsts.values()]
        names += [voice.name for voice in ready if voice.name in wanted]
    return names


def main() -> None:
    """A line a voice; with `--json`, which the processes are started with, one voice in full."""
    if sys.argv[1:2] == ["--json"]:
        print(json.dumps(measured(sys.argv[2]), ensure_ascii=False))
        return
    if sys.argv[1:2] == ["--overhead"]:
        for name in sys.argv[2:]:
            overhead(name)
        return
    show = "--show" in sys.argv
    print(f"{'voice':<24}{'misheard':>9}{'x real time':>13}{'first line':>12}{'memory':>9}")
    for name in chosen([each for each in sys.argv[1:] if each != "--show"]):
        done = subprocess.run([sys.executable, __file__, "--json", name], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{name:<24}{told['misheard_percent']:>7} %{told['times_real_time']:>12} {told['first_line_s']:>9} s"
            f"{told['memory_mb']:>6} MB",
            flush=True,
        )
        for each in told["misheard"] if show else ():
            print(f"    {each}")


if __name__ == "__main__":
    main()
