"""Rendering, by engine: first, once more, one word, another voice, each beside the engine alone; and one glossary entry."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
from long_text import markdown, sentences
from measurements import Row, in_turns, ratio, rounded, seconds_of

from podcaster.audio.recording import at_show_rate
from podcaster.model import Article, Voice
from podcaster.ports import Submission
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container

CACHE = platformdirs.user_cache_path("podcaster")
EN, PT = LanguageTag("en"), LanguageTag("pt-BR")
_LEAST_MINUTES = 0.2
_FROM = 10
"""Sentences that rounds do not use: they warm the engines up."""
_TERM, _TRANSLATIONS = (
    "kelp farm",
    ("fazenda de algas", "viveiro de algas", "cultivo de algas", "horta de algas", "lavoura de algas"),
)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine, as the table calls it, and two of its voices; the second may be missing."""

    name: str
    voice: str
    other: str
    minutes: float
    """Audio of one round."""


ENGINES = (
    Engine("eSpeak NG", "en-US-espeak", "en-GB-espeak", 4),
    Engine("hibari", "en-US-hibari", "", 2),
    Engine("Kokoro", "en-US-kokoro", "en-US-male-kokoro", 0.5),
)


@contextmanager
def opened(folder: Path, **settings: object) -> Iterator[Container]:
    """Everything joined, on a data folder of its own."""
    values: dict[str, object] = {
        "data": folder,
        "languages": (EN, PT),
        "proof": "off",
        "kokoro_model": CACHE / "kokoro",
    }
    here = Container(Settings(**{**values, **settings}))  # type: ignore[arg-type]
    try:
        yield here
    finally:
        here.close()


class Report:
    """A report of so many minutes that no round before had."""

    def __init__(self, here: Container, minutes: float, place: int, said: str = "") -> None:
        """`said` stands in place of the changed sentence."""
        count = len(sentences(minutes))
        told = sentences(minutes * (place + 1) + 2)[_FROM + place * count :][:count]
        middle = count // 2
        changed = [*told[:middle], said or f"{told[middle][:-1]}, many people said.", *told[middle + 1 :]]
        self.here = here
        self.first, self.changed = (self._read(each, place) for each in (told, changed))

    def _read(self, told: list[str], place: int) -> Article:
        text = markdown(told).replace("The year of the long thaw", f"The year of the long thaw, part {place + 1}")
        return self.here.read(
            Submission(body=text.encode(), name=f"part-{place}.md", media_type="text/markdown", language=EN)
        )

    def published(self, article: Article, language: LanguageTag = EN) -> float:
        """Seconds from the article to the feed."""
        return seconds_of(lambda: _published(self.here, article, language))


def _published(here: Container, article: Article, language: LanguageTag) -> None:
    (outcome,) = here.synchronous_render.publish(article, [language])
    if outcome.error:
        raise outcome.error


def spoken_lines(here: Container, article: Article) -> Sequence[str]:
    """What the voice says of an article in English."""
    from podcaster.render.pipeline.rendering import translate

    return [line.spoken for line in translate(article, EN, here.edited_context).script.lines]


def alone(here: Container, voice: Voice, lines: Sequence[str]) -> tuple[float, float]:
    """Seconds of the engine, soxr and LAME, a line after the other; seconds of sound."""
    engine, encoder = here.synthesizers[voice.engine], here.context.encoder
    heard = 0.0

    def made() -> None:
        nonlocal heard
        for line in lines:
            speech = engine.speak(line, voice)
            heard += len(speech.samples) / speech.rate
            samples = at_show_rate(speech.samples.astype(np.float32) / np.float32(32_768), speech.rate)
            encoder.encode((samples * 32_767).clip(-32_768, 32_767).astype(np.int16))

    return seconds_of(made), heard


def engine_rows(engine: Engine, rounds: int, scale: float) -> Iterator[Row]:
    """Rows of an engine."""
    minutes = max(engine.minutes * scale, _LEAST_MINUTES)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as here:
        voice = here.catalogue.named(engine.voice)
        if voice is None or not here.synthesizers[voice.engine].has(voice):
            yield Row(name=f"{engine.name}: not installed here", median="–", spread="–")
            return
        here.voice_choice.choose(EN, engine.voice, editor="benchmark")
        warm = Report(here, 0.3, 0)
        warm.published(warm.first)
        reports = [Report(here, minutes, place + 1) for place in range(rounds)]
        heard: list[float] = []

        def engine_alone(place: int) -> float:
            seconds, sound = alone(here, voice, spoken_lines(here, reports[place].first))
            heard.append(sound)
            return seconds

        acts = {
            "first": lambda place: reports[place].published(reports[place].first),
            "alone": engine_alone,
            "again": lambda place: reports[place].published(reports[place].first),
            "word": lambda place: reports[place].published(reports[place].changed),
        }
        took = in_turns(rounds, acts)
        other: Sequence[float] = ()
        if engine.other:
            here.voice_choice.choose(EN, engine.other, editor="benchmark")
            _published(here, warm.first, EN)
            other = [reports[place].published(reports[place].changed) for place in range(rounds)]
    sound = statistics.median(heard)
    per_second = sound / statistics.median(took["first"])
    first, name = took["first"], engine.name
    yield Row.of(
        f"{name}: first render of {sound:.0f} s of speech", first, "s",
        f"{rounded(per_second)} × real time; {rounded(ratio(first, took['alone']))} of the engine alone",
    )  # fmt: skip
    yield Row.of(f"{name}: engine, soxr and LAME alone, one core", took["alone"], "s")
    yield Row.of(f"{name}: once more", took["again"], "s", f"1/{1 / ratio(took['again'], first):.0f} of the first")
    yield Row.of(f"{name}: one word changed", took["word"], "s", f"1/{1 / ratio(took['word'], first):.0f} of the first")
    if other:
        yield Row.of(f"{name}: another voice", other, "s", f"{rounded(ratio(other, first))} of the first")


def glossary_row(rounds: int, scale: float) -> Row:
    """One term of a translated report gets another translation: its line is translated and spoken anew."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as here:
        here.voice_choice.choose(PT, "pt-BR-espeak", editor="benchmark")
        report = Report(here, max(3 * scale, 0.5), 0, said=f"A {_TERM} opened beside the old pier.")
        first = report.published(report.changed, PT)
        took = []
        for place in range(rounds):
            terms = {_TERM: _TRANSLATIONS[place % len(_TRANSLATIONS)]}
            here.lines.put_table("glossaries/en-pt-BR", {"terms": terms}, editor="benchmark", expected=None)
            took.append(report.published(report.changed, PT))
    return Row.of("One glossary entry, report in Portuguese, eSpeak NG", took, "s", f"first render {rounded(first)} s")
