"""An article to a script in its own language, and the frame round a script in any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from podcaster.model import Article, BlockKind, Line, LineKind, Script
from podcaster.script import pauses
from podcaster.script.lexicon import Lexicon
from podcaster.script.phrases import Phrases
from podcaster.script.sentences import split
from podcaster.script.spoken import spoken_form
from podcaster.units import LanguageTag

_KINDS = {
    BlockKind.HEADING: LineKind.HEADING,
    BlockKind.PARAGRAPH: LineKind.PARAGRAPH,
    BlockKind.QUOTE: LineKind.QUOTE,
    BlockKind.ITEM: LineKind.ITEM,
    BlockKind.ROW: LineKind.ROW,
}
_FRAME = frozenset({LineKind.OPENING, LineKind.BYLINE, LineKind.CLOSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    """What is needed to read out a script in one language."""

    phrases: Phrases
    lexicon: Lexicon
    show: str
    """The show's title in this language."""


def translatable(line: Line) -> bool:
    """Whether an engine translates the line; the frame is made of the target language's own phrases instead."""
    return line.kind not in _FRAME


def write_script(article: Article, presenter: Presenter) -> Script:
    """A report's script in its own language: every sentence once and in order, between opening and closing."""
    lines = list(_framed_lines(list(_written(article)), article, presenter, draft=False))
    return Script(
        article=article.id,
        language=article.language,
        source_language=article.language,
        title=article.title,
        topics=article.topics,
        lines=tuple(replace(line, source=line.text) for line in lines),
    )


def framed(script: Script, original: Script, article: Article, presenter: Presenter) -> Script:
    """A translated script with the frame of its language, a draft notice where it is one, and every spoken form.

    `original` is the script it was translated from, whose frame lines are the sources of the new ones.
    """
    content = [line for line in script.lines if translatable(line)]
    lines = _framed_lines(content, article, presenter, draft=script.draft)
    sources = iter([line.text for line in original.lines if not translatable(line)])
    notice = presenter.phrases.texts["draft"]
    return replace(
        script,
        lines=tuple(
            line if translatable(line) else replace(line, source=line.text if line.text == notice else next(sources))
            for line in lines
        ),
    )


def _written(article: Article) -> Iterator[Line]:
    yield _line(LineKind.TITLE, article.title, ends_block=True)
    for point in article.key_points:
        yield from _sentences(LineKind.KEY_POINT, point, article.language)
    for block in article.body:
        yield from _sentences(_KINDS[block.kind], block.text, article.language)


def _sentences(kind: LineKind, text: str, language: LanguageTag) -> Iterator[Line]:
    sentences = split(text, language)
    for sentence in sentences[:-1]:
        yield _line(kind, sentence, ends_block=False)
    for sentence in sentences[-1:]:
        yield _line(kind, sentence, ends_block=True)


def _line(kind: LineKind, text: str, *, ends_block: bool) -> Line:
    pause = pauses.after(kind, ends_block=ends_block)
    return Line(index=0, kind=kind, source=text, text=text, spoken=text, pause_ms=pause)


def _framed_lines(content: Sequence[Line], article: Article, presenter: Presenter, *, draft: bool) -> Iterator[Line]:
    """Content between its frame, numbered, with spoken forms."""
    phrases = presenter.phrases
    for index, line in enumerate(_in_frame(content, article, presenter, draft=draft)):
        spoken = spoken_form(line.text, line.kind, phrases, presenter.lexicon)
        yield replace(line, index=index, spoken=spoken)


def _in_frame(content: Sequence[Line], article: Article, presenter: Presenter, *, draft: bool) -> Iterator[Line]:
    phrases = presenter.phrases
    published = article.published.date() if article.published else None
    yield _line(LineKind.OPENING, phrases.opening(presenter.show, published), ends_block=True)
    if draft:
        yield _line(LineKind.OPENING, phrases.texts["draft"], ends_block=True)
    before = LineKind.OPENING
    for line in content:
        if before is LineKind.TITLE and article.authors:
            yield _line(LineKind.BYLINE, phrases.byline(article.authors), ends_block=True)
        if line.kind is LineKind.KEY_POINT and before is not LineKind.KEY_POINT:
            yield _line(LineKind.OPENING, phrases.texts["key_points"] + ".", ends_block=True)
        yield line
        before = line.kind
    yield _line(LineKind.CLOSING, phrases.closing(presenter.show), ends_block=True)
