"""Builds the Episode of a rendition: its guid, its revision and its metadata."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from pydantic_core import to_json

from podcaster.article.text import one_line
from podcaster.episode.timings import duration_ms
from podcaster.episode.truncation import truncate
from podcaster.model import AlternateAudio, Article, Chapter, Clip, Episode, Line, LineKind, Rendition
from podcaster.script.writing import key_points
from podcaster.units import ArticleId, LanguageTag, Revision

_GUIDS: Final = UUID("7e39c55f-3298-4eea-ac33-9db28f9588d6")
"""Namespace of all episode guids (RFC 9562 §5.5). If it changes, apps show every episode as new."""
_FILES_VERSION: Final = 3
"""Increased when the files' format changes, so that no file changes under its old URL."""
_SUMMARY_CHARACTERS: Final = 600
_SPOKEN_TEXT: Final = frozenset({LineKind.PARAGRAPH, LineKind.QUOTE, LineKind.ITEM, LineKind.ROW})


def guid(article: ArticleId, language: LanguageTag) -> str:
    """The guid by which apps recognise an episode: the same for every revision of a report in a language."""
    return uuid5(_GUIDS, f"{article}\n{language}").urn


def revision(rendition: Rendition, chapters: Sequence[Chapter], tags: Mapping[str, str]) -> Revision:
    """Hash that names an episode's files; it changes whenever the bytes of one of them would.

    `tags` are the ID3 fields that the rendition does not determine: album, artist, date, a digest of the cover.
    """
    ingredients = {
        "files": _FILES_VERSION,
        "script": rendition.script,
        "clips": [_described(clip) for clip in rendition.heard],
        "voice": rendition.voice.name,
        "chapters": tuple(chapters),
        "tags": dict(sorted(tags.items())),
    }
    return Revision(hashlib.sha256(to_json(ingredients)).hexdigest()[:16])


def assemble_episode(
    article: Article,
    rendition: Rendition,
    *,
    revision: Revision,
    chapters: Sequence[Chapter],
    enclosure_bytes: int,
    published: datetime,
    alternates: Sequence[AlternateAudio] = (),
    picture: bool = False,
) -> Episode:
    """Build the episode of a rendition; `published` is the report's own time.

    Raises:
        ValueError: `published` has no time zone.
    """
    if published.tzinfo is None:
        raise ValueError("published needs a time zone")
    script = rendition.script
    points = _key_points(article, script.lines)
    return Episode(
        guid=guid(article.id, script.language),
        article=article.id,
        language=script.language,
        revision=revision,
        title=one_line(script.title),
        authors=article.authors,
        topics=script.topics,
        published=published,
        key_points=points,
        summary=_summary(points, script.lines),
        duration_ms=duration_ms(rendition),
        enclosure_bytes=enclosure_bytes,
        chapters=tuple(chapters),
        voice=rendition.voice.name,
        flagged=sum(any(not check.passed for check in line.checks) for line in rendition.script.lines),
        translator=script.translator,
        draft=script.draft,
        review=script.review,
        link=article.url,
        image=article.image,
        picture=picture,
        written_in=article.language,
        alternates=tuple(alternates),
    )


def _described(clip: Clip) -> Sequence[object]:
    words = [(word.place, word.start_ms) for word in clip.words]
    return clip.key, clip.frames, clip.voice_start_ms, clip.voice_end_ms, words


def _key_points(article: Article, lines: Sequence[Line]) -> tuple[str, ...]:
    """Key points as read out, one string a point, as far as the lines show where each point ends."""
    ends = {_letters(point) for point in key_points(article)}
    points: list[str] = []
    texts: list[str] = []
    sources = ""
    for line in lines:
        if line.kind is LineKind.KEY_POINT:
            texts.append(one_line(line.text))
            sources += _letters(line.source)
            if sources in ends:
                points.append(" ".join(texts))
                texts, sources = [], ""
    return (*points, *texts)


def _letters(text: str) -> str:
    return "".join(text.split())


def _summary(points: Sequence[str], lines: Sequence[Line]) -> str:
    """The key points as one paragraph; without them, as much of the report's beginning as fits."""
    texts = points or [line.text for line in lines if line.kind in _SPOKEN_TEXT]
    return truncate(" ".join(one_line(text) for text in texts), _SUMMARY_CHARACTERS)
