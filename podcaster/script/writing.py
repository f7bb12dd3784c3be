"""Writing the script of a report, and finishing one that was translated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from podcaster.model import Article, BlockKind, Check, Line, LineKind, Script
from podcaster.model.reviews import Review, TranslationState, translation_state
from podcaster.script import cldr, sentences
from podcaster.script.notices import Disclosure, Notices, spoken_notices
from podcaster.script.pauses import pause_after
from podcaster.script.spoken import spoken_form, words_without_sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from podcaster.script.lexicon import Lexicon
    from podcaster.script.phrases import Phrases
    from podcaster.units import LanguageTag

_FEWEST_SECTIONS: Final = 3
"""A report with fewer has no need to be summed up."""
_MOST_OPENINGS: Final = 6
SCRIPT_CHECK: Final = "script"
"""The check that a line's words are in a script that its language's voices read."""
OWN_LINES: Final = frozenset(
    {LineKind.OPENING, LineKind.DISCLOSURE, LineKind.BYLINE, LineKind.LEAD_IN, LineKind.CLOSING}
)
"""Kinds of line that are podcaster's own and no sentence of the report."""


def write_script(
    article: Article,
    phrases: Phrases,
    *,
    show: str,
    lexicon: Lexicon | None = None,
    disclosure: Disclosure = Disclosure.OFF,
    spoken: bool = True,
) -> Script:
    """The script of a report in its own language; without spoken forms if it is only to be translated.

    Opening, title, authors, key points, body, closing: every sentence of the report once and in order. `phrases` and
    `lexicon` are those of the report's language, `show` is the show's title.
    """
    language = article.language
    pieces = (
        (kind, text, last)
        for kind, part in _parts(article, phrases, show)
        for text, last in _ends((part,) if kind in OWN_LINES else sentences.split(part, language))
    )
    written = _line if spoken else _unspoken
    lines = (written(kind, text, language, lexicon, last=last) for kind, text, last in pieces)
    notices = spoken_notices(phrases, TranslationState.ORIGINAL, disclosure)
    return Script(
        article=article.id,
        language=language,
        source_language=language,
        title=article.title,
        topics=article.topics,
        lines=_numbered(_noticed(lines, notices, language, lexicon)),
    )


def key_points(article: Article) -> tuple[str, ...]:
    """The report's own key points; where it has none, the first sentence of each of its sections, if it has several."""
    if article.key_points:
        return article.key_points
    openings: list[str] = []
    wanted = True
    for block in article.body:
        if block.kind is BlockKind.HEADING:
            wanted = True
        elif wanted and block.kind is BlockKind.PARAGRAPH:
            first = sentences.split(block.text, article.language)[:1]
            openings.extend(first)
            wanted = not first
    return tuple(openings[:_MOST_OPENINGS]) if len(openings) >= _FEWEST_SECTIONS else ()


def translatable(line: Line) -> bool:
    """Whether an engine translates it; the show's own lines come from the target language's phrases."""
    return line.kind not in OWN_LINES


def framed(
    script: Script,
    article: Article,
    phrases: Phrases,
    *,
    show: str,
    draft: bool,
    lexicon: Lexicon | None = None,
    review: Review | None = None,
    disclosure: Disclosure = Disclosure.OFF,
) -> Script:
    """A translated script made ready to be spoken.

    The report's lines hold their translation as `text`. The show's own lines get theirs from `phrases`, notices say how
    the episode was made, every line gets its spoken form, the title is the title lines', and topics that are countries
    or regions get their names. A translation that is reviewed is no draft.
    `phrases`, `lexicon` and `show` are those of the script's language. Framing twice is framing once.
    """
    language = script.language
    script = replace(script, draft=draft and review is None, review=review)
    lines = (
        replace(
            line,
            text=text,
            spoken=spoken_form(text, line.kind, language, lexicon),
            checks=_checked(line.checks, text, language, lexicon),
        )
        for line, text in _reworded(script.lines, _frame_texts(article, phrases, show))
    )
    notices = spoken_notices(phrases, translation_state(script), disclosure)
    noticed = _numbered(_noticed(lines, notices, language, lexicon))
    between = " " if cldr.spaced(language) else ""
    title = between.join(line.text for line in noticed if line.kind is LineKind.TITLE)
    return replace(script, title=title or script.title, topics=_topics(script, article), lines=noticed)


def _parts(article: Article, phrases: Phrases, show: str) -> Iterator[tuple[LineKind, str]]:
    """Everything that is read out, piece by piece."""
    frame = _frame_texts(article, phrases, show)
    yield LineKind.OPENING, frame[LineKind.OPENING]
    yield LineKind.TITLE, article.title
    if article.authors:
        yield LineKind.BYLINE, frame[LineKind.BYLINE]
    if points := key_points(article):
        yield LineKind.LEAD_IN, frame[LineKind.LEAD_IN]
        yield from ((LineKind.KEY_POINT, point) for point in points)
    yield from ((LineKind(block.kind.value), block.text) for block in article.body)
    yield LineKind.CLOSING, frame[LineKind.CLOSING]


def _frame_texts(article: Article, phrases: Phrases, show: str) -> dict[LineKind, str]:
    """The show's own lines in the phrases' language."""
    return {
        LineKind.OPENING: phrases.opening_line(show, article.published),
        LineKind.BYLINE: phrases.byline_line(article.authors) if article.authors else "",
        LineKind.LEAD_IN: phrases.key_points,
        LineKind.CLOSING: phrases.closing_line(show),
    }


def _reworded(lines: Iterable[Line], frame: dict[LineKind, str]) -> Iterator[tuple[Line, str]]:
    """Each line and its text; notices of an earlier framing are left out, which older scripts have as opening lines."""
    for place, line in enumerate(lines):
        if line.kind is not LineKind.DISCLOSURE and (line.kind is not LineKind.OPENING or place == 0):
            yield line, frame.get(line.kind) or line.text


def _noticed(lines: Iterable[Line], notices: Notices, language: LanguageTag, lexicon: Lexicon | None) -> Iterator[Line]:
    """The lines, with notices behind the opening and before the closing."""
    for line in lines:
        if line.kind is LineKind.CLOSING:
            yield from (_line(LineKind.DISCLOSURE, text, language, lexicon, last=True) for text in notices.closing)
        yield line
        if line.kind is LineKind.OPENING:
            yield from (_line(LineKind.DISCLOSURE, text, language, lexicon, last=True) for text in notices.opening)


def _topics(script: Script, article: Article) -> tuple[str, ...]:
    """The topics in the script's language; those that are no place stay as the translation left them."""
    kept = script.topics if len(script.topics) == len(article.topics) else article.topics
    return tuple(
        cldr.territory(written, article.language, script.language) or topic
        for written, topic in zip(article.topics, kept, strict=True)
    )


def _ends(texts: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Each text, and whether it is the last."""
    return ((text, place == len(texts)) for place, text in enumerate(texts, start=1))


def _line(kind: LineKind, text: str, language: LanguageTag, lexicon: Lexicon | None, *, last: bool) -> Line:
    return Line(
        index=0,
        kind=kind,
        source=text,
        text=text,
        spoken=spoken_form(text, kind, language, lexicon),
        pause_ms=pause_after(kind, last=last),
        checks=_checked((), text, language, lexicon),
    )


def _unspoken(kind: LineKind, text: str, _: LanguageTag, __: Lexicon | None, *, last: bool) -> Line:
    return Line(index=0, kind=kind, source=text, text=text, spoken=text, pause_ms=pause_after(kind, last=last))


def _checked(checks: Iterable[Check], text: str, language: LanguageTag, lexicon: Lexicon | None) -> tuple[Check, ...]:
    """A line's checks; one that fails names the words in a script that no voice of the language reads."""
    others = tuple(check for check in checks if check.name != SCRIPT_CHECK)
    words = words_without_sounds(text, language, lexicon)
    if not words:
        return others
    return (*others, Check(name=SCRIPT_CHECK, passed=False, detail=f"said in Latin letters: {', '.join(words)}"))


def _numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, index=index) for index, line in enumerate(lines))
