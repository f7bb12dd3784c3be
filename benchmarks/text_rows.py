"""Translation beside its engine alone, the listening check beside the recognizer alone, a PDF beside its text alone."""

import io
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pypdfium2
from long_text import sentences
from measurements import Row, in_turns, ratio, rounded, seconds_of
from render_rows import CACHE, EN, PT, Report, opened, spoken_lines

from podcaster.ports import Submission
from podcaster.render.pipeline.rendering import translate
from podcaster.script.spoken import spoken_form
from podcaster.script.writing import translatable
from podcaster.translation.script_translation import choose
from podcaster.units import LanguageTag
from podcaster.wiring import Container

ES = LanguageTag("es")
_PAGES, _LINES_A_PAGE = 20, 44
_WARMING = 3
"""Reports before the first round: programs, tables and patterns are there."""


def translation_rows(rounds: int, scale: float) -> Iterator[Row]:
    """The stage, with names, numbers and checks, beside the engine that is given the same sentences."""
    # A container for each language and for the engine alone: engines remember what they have said.
    for target, way in ((PT, "English → Portuguese"), (ES, "English → Spanish by way of Portuguese")):
        with (
            tempfile.TemporaryDirectory() as folder,
            opened(Path(folder) / "stage", languages=(EN, target)) as here,
            opened(Path(folder) / "alone", languages=(EN, target)) as there,
        ):
            yield from _translated(here, there, target, way, rounds=rounds, minutes=max(4 * scale, 0.5))


def _translated(
    here: Container, there: Container, target: LanguageTag, way: str, *, rounds: int, minutes: float
) -> Iterator[Row]:
    engine = choose(there.edited_context.translators, EN, target)
    forms: list[float] = []

    def stage(place: int) -> float:
        report = Report(here, minutes, place).first
        since = time.perf_counter()
        script = translate(report, target, here.edited_context).script
        took = time.perf_counter() - since
        spoken_form.cache_clear()
        lexicon = here.edited_context.lexicon_for(report, target)
        lines = [line for line in script.lines if translatable(line)]
        words = _words([line.source for line in lines])
        forms.append(seconds_of(lambda: [spoken_form(line.text, line.kind, target, lexicon) for line in lines]) / words)
        return took / words

    def sentences_of(place: int) -> list[str]:
        script = translate(Report(there, minutes, place).first, EN, there.edited_context).script
        return [line.source for line in script.lines if translatable(line)]

    def alone(place: int) -> float:
        texts = sentences_of(place)
        return seconds_of(lambda: engine.translate(texts, EN, target)) / _words(texts)

    acts = {"stage": stage, "alone": alone}
    if target == ES:
        acts["commands"] = lambda place: _by_commands(sentences_of(place), there)
    for act in acts.values():
        for place in range(rounds, rounds + _WARMING):
            act(place)
    forms.clear()
    took = in_turns(rounds, acts)
    translated = [whole - form for whole, form in zip(took["stage"], forms, strict=True)]
    beside = (
        f"{rounded(ratio(took['stage'], took['alone']))} of the engine alone; "
        f"{rounded(ratio(translated, took['alone']))} without the spoken forms of its lines"
    )
    if target == ES:
        beside += f"; {rounded(ratio(took['stage'], took['commands']))} of the model and the `apertium` commands"
    yield Row.of(f"Translation, a word, {way}", [1000 * each for each in took["stage"]], "ms", beside)
    yield Row.of(f"{way}: engine alone ({engine.name})", [1000 * each for each in took["alone"]], "ms")
    if target == ES:
        yield Row.of(f"{way}: model and commands", [1000 * each for each in took["commands"]], "ms")


def _by_commands(texts: Sequence[str], here: Container) -> float:
    """Seconds a word of the model, and of Apertium's own commands on all that it says."""
    model = choose(here.edited_context.translators, EN, PT)
    marked = [f"{text} " for text in texts]  # the model remembers the sentences as they are

    def made() -> None:
        said = "\n\n".join(model.translate(marked, EN, PT))
        for mode in ("por-cat", "cat-spa"):
            said = subprocess.run(["apertium", mode], input=said, capture_output=True, text=True, check=True).stdout

    return seconds_of(made) / _words(texts)


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def listening_rows(rounds: int, scale: float) -> Iterator[Row]:
    """A render in a neural voice with every clip heard, one without, and the recognizer alone on the same lines."""
    model = CACHE / "recognizers" / "whisper-base"
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        deaf = stack.enter_context(opened(Path(folder) / "deaf"))
        hearing = stack.enter_context(opened(Path(folder) / "hearing", proof="all", recognizer=model))
        if hearing.proofreader is None:
            yield Row(name="Listening check: no recognizer is installed here", median="–", spread="–")
            return
        voice = deaf.catalogue.named("en-US-hibari")
        if voice is None:
            raise RuntimeError("The catalogue lacks hibari's voice.")
        for here in (deaf, hearing):
            here.voice_choice.choose(EN, voice.name, editor="benchmark")
            warm = Report(here, 0.3, rounds)
            warm.published(warm.first)
        minutes = max(1 * scale, 0.3)
        without = [Report(deaf, minutes, place) for place in range(rounds)]
        heard = [Report(hearing, minutes, place) for place in range(rounds)]
        sound: list[float] = []

        def recognizer_alone(place: int) -> float:
            lines = spoken_lines(deaf, without[place].first)
            clips = [deaf.synthesizers[voice.engine].speak(line, voice) for line in lines]
            sound.append(sum(len(clip.samples) / clip.rate for clip in clips))
            return seconds_of(
                lambda: [hearing.recognizer.hear(clip, line, EN) for clip, line in zip(clips, lines, strict=True)]
            )

        acts = {
            "with": lambda place: heard[place].published(heard[place].first),
            "without": lambda place: without[place].published(without[place].first),
            "alone": recognizer_alone,
        }
        took = in_turns(rounds, acts)
    length = sum(sound) / len(sound)
    yield Row.of(
        f"hibari with the listening check, {length:.0f} s of speech", took["with"], "s",
        f"{rounded(ratio(took['with'], took['without']))} of a render without; "
        f"{rounded(ratio(took['with'], took['alone']))} of the recognizer alone",
    )  # fmt: skip
    yield Row.of(
        "Recognizer (Whisper base) alone", took["alone"], "s", f"{rounded(length * rounds / sum(took['alone']))} × real time"
    )  # fmt: skip


def pdf_rows(rounds: int, scale: float) -> Iterator[Row]:
    """A PDF in one column, read into an article, beside the text that PDFium gives."""
    pages = max(round(_PAGES * scale), 2)
    written = pdf(pages)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as here:
        file = Submission(body=written, name="report.pdf", media_type="application/pdf", language=EN)
        acts = {
            "read": lambda _: seconds_of(lambda: here.read(file)),
            "alone": lambda _: seconds_of(lambda: _text(written)),
        }
        took = in_turns(rounds, acts)
    yield Row.of(
        f"A PDF of {pages} pages, read",
        took["read"],
        "s",
        f"PDFium's text alone {rounded(min(took['alone']) * 1000)} ms",
    )


def _text(written: bytes) -> str:
    document = pypdfium2.PdfDocument(written)
    return "".join(page.get_textpage().get_text_range() for page in document)


def pdf(pages: int) -> bytes:
    """A4, a title, paragraphs of five sentences."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    styles, told = getSampleStyleSheet(), sentences(min(pages * _LINES_A_PAGE / 17, 70))
    story: list[Flowable] = [Paragraph("The year of the long thaw", styles["Title"])]
    story += [Paragraph(" ".join(told[start : start + 5]), styles["BodyText"]) for start in range(0, len(told), 5)]
    written = io.BytesIO()
    SimpleDocTemplate(written, title="The year of the long thaw").build(story)
    return written.getvalue()
