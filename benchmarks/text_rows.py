"""Translation beside its engine alone, the listening check beside the recognizer alone, a PDF beside its text alone."""

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pypdfium2
from long_text import sentences
from measurements import Row, in_turns, ratio, rounded, seconds_of
from render_rows import CACHE, EN, PT, Report, opened, spoken_lines

from podcaster.model import LineKind, Script
from podcaster.ports import Submission
from podcaster.render.pipeline.rendering import translate
from podcaster.script.spoken import spoken_form
from podcaster.script.writing import translatable
from podcaster.translation.script_translation import choose
from podcaster.units import LanguageTag
from podcaster.wiring import Container

ES = LanguageTag("es")
_PAGES, _LINES_A_PAGE = 20, 44


def translation_rows(rounds: int, scale: float) -> Iterator[Row]:
    """The stage, with names, numbers and checks, beside the engine that is given the same sentences."""
    # A container for each language: engines remember the Portuguese that leads to Spanish.
    for target, way in ((PT, "English → Portuguese"), (ES, "English → Spanish by way of Portuguese")):
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder), languages=(EN, target)) as here:
            yield from _translated(here, target, way, rounds, max(4 * scale, 0.5))


def _translated(here: Container, target: LanguageTag, way: str, rounds: int, minutes: float) -> Iterator[Row]:
    engine = choose(here.edited_context.translators, EN, target)
    translate(Report(here, minutes, 2 * rounds).first, target, here.edited_context)
    # An engine remembers what it has said: alone, it gets other sentences. So seconds a word are compared.
    reports, others = ([Report(here, minutes, place + start).first for place in range(rounds)] for start in (0, rounds))
    forms: list[float] = []

    def stage(place: int) -> float:
        scripts: list[Script] = []
        took = seconds_of(lambda: scripts.append(translate(reports[place], target, here.edited_context).script))
        spoken_form.cache_clear()
        lexicon = here.edited_context.lexicon_for(reports[place], target)
        lines = [line for line in scripts[0].lines if translatable(line)]
        written = seconds_of(lambda: [spoken_form(line.text, line.kind, target, lexicon) for line in lines])
        words = _words([line.source for line in lines])
        forms.append(written / words)
        return took / words

    def alone(place: int) -> float:
        script = translate(others[place], EN, here.edited_context).script
        texts = [line.source for line in script.lines if line.kind in {LineKind.PARAGRAPH, LineKind.HEADING}]
        return seconds_of(lambda: engine.translate(texts, EN, target)) / _words(texts)

    took = in_turns(rounds, {"stage": stage, "alone": alone})
    translated = [whole - form for whole, form in zip(took["stage"], forms, strict=True)]
    beside = (
        f"{rounded(ratio(took['stage'], took['alone']))} of the engine alone; "
        f"{rounded(ratio(translated, took['alone']))} without the spoken forms of its lines"
    )
    yield Row.of(f"Translation, a word, {way}", [1000 * each for each in took["stage"]], "ms", beside)
    yield Row.of(f"{way}: engine alone ({engine.name})", [1000 * each for each in took["alone"]], "ms")


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
