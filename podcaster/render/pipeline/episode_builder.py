"""A rendition made up as an episode with all its files."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from podcaster import language as languages
from podcaster.article.text import one_line
from podcaster.audio.episode_file import EpisodeFile
from podcaster.audio.signing import Provenance
from podcaster.audio.splicing import Frames, splice
from podcaster.audio.tags import EpisodeTags
from podcaster.episode import cover_sizes
from podcaster.episode.chapters import ChapterTitles, chapters, chapters_json
from podcaster.episode.production import assemble_episode, revision
from podcaster.episode.script_document import script_json
from podcaster.episode.timings import cues, duration_ms
from podcaster.episode.transcript import srt, transcript_html, transcript_json, vtt
from podcaster.errors import BlobMissing, ClipMissing
from podcaster.feed.addresses import EpisodeFileKind
from podcaster.model import AlternateAudio, Article, AudioFormat, Chapter, Episode, Rendition
from podcaster.model.reviews import translation_state
from podcaster.ports import BlobStore
from podcaster.render.pipeline.covers import TYPE, cover
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.script.notices import Disclosure, spoken_notices
from podcaster.speech.source_type import source_type
from podcaster.units import ArticleId, ContentKey, LanguageTag, Revision

SCRIPT = ".script.json"
_AHEAD = 16
"""Clips read at a time: as many as a bucket is asked for at once, and about 1 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltEpisode:
    """An episode and its files, by the ending that each has at its address."""

    episode: Episode
    audio: Callable[[], Iterator[Frames]]
    """The MP3 file, piece by piece."""
    texts: Mapping[str, bytes]
    """Every file of text, and the picture."""
    alternates: Mapping[AudioFormat, bytes]
    """The audio in other forms."""


def build_episode(
    article: Article, rendition: Rendition, context: RenderContext, *, published: datetime
) -> BuiltEpisode:
    """The episode that a rendition makes; `published` is the report's own time, with a zone.

    Raises:
        ClipMissing: when the audio is read: a clip is not in the store any more, or damaged.
        EngineFailed: another form than MP3 cannot be made.
    """
    parts = _chapters(rendition, context)
    tags = _tags(rendition, context, parts, authors=article.authors, link=article.url, published=published)
    file = EpisodeFile.of(rendition.heard, tags)
    picture = context.picture(article.image) if article.image else b""
    described = _described(tags)
    if picture:
        described["picture"] = hashlib.sha256(picture).hexdigest()
    described |= {f"{form} by": transcoder.version for form, transcoder in context.transcoders.items()}
    described |= _signer_described(context)
    named = revision(rendition, parts, described)
    name = _name(article.id, rendition.script.language, named)
    read = _reader(context.sentences, rendition)
    audio, length = _audio(file, read, name, tags, context)
    alternates = {
        form: _signed(
            context,
            name,
            EpisodeFileKind(form),
            tags,
            partial(transcoder.transcode, splice(rendition.heard, read), form, tags),
        )
        for form, transcoder in context.transcoders.items()
    }
    episode = assemble_episode(
        article,
        rendition,
        alternates=[AlternateAudio(format=form, length_bytes=len(made)) for form, made in alternates.items()],
        revision=named,
        chapters=parts,
        enclosure_bytes=length,
        published=published,
        picture=bool(picture),
    )
    if context.proofreader is not None and context.proofreader.shown:
        episode = replace(episode, heard_percent=context.proofreader.store.heard_percent(rendition.clips))
    return BuiltEpisode(
        episode=episode,
        audio=audio,
        alternates=alternates,
        texts=_texts(rendition, episode, parts, tags.album) | ({EpisodeFileKind.PICTURE: picture} if picture else {}),
    )


def build_reading(base: Episode, rendition: Rendition, context: RenderContext) -> BuiltEpisode:
    """A published episode in another voice or at another pace: the same report to every app, with other sound and times.

    Raises:
        ClipMissing: when the audio is read: a clip is not in the store any more, or damaged.
    """
    parts = _chapters(rendition, context)
    tags = _tags(rendition, context, parts, authors=base.authors, link=base.link, published=base.published)
    file = EpisodeFile.of(rendition.heard, tags)
    read = _reader(context.sentences, rendition)
    named = revision(rendition, parts, _described(tags) | _signer_described(context))
    audio, length = _audio(file, read, _name(base.article, base.language, named), tags, context)
    episode = replace(
        base,
        revision=named,
        duration_ms=duration_ms(rendition),
        enclosure_bytes=length,
        chapters=parts,
        voice=rendition.voice.name,
        alternates=(),
        picture=False,
    )
    texts = _texts(rendition, episode, parts, tags.album)
    return BuiltEpisode(episode=episode, audio=audio, alternates={}, texts=texts)


def store_episode(blobs: BlobStore, edition: BuiltEpisode) -> None:
    """Write an episode's files under names that no other revision has; the audio, which is asked for first, last."""
    episode = edition.episode
    name = _name(episode.article, episode.language, episode.revision)
    for ending, content in edition.texts.items():
        blobs.put(name + ending, content)
    for form, content in edition.alternates.items():
        blobs.put(name + form, content)
    blobs.put(name + EpisodeFileKind.AUDIO, edition.audio())


def _name(article: ArticleId, language: LanguageTag, named: Revision) -> str:
    return f"media/{article}/{language}/{named}"


def _audio(
    file: EpisodeFile, read: Callable[[ContentKey], Frames], name: str, tags: EpisodeTags, context: RenderContext
) -> tuple[Callable[[], Iterator[Frames]], int]:
    """The MP3 file, and its length; unsigned, it is made while it is read."""
    if context.signer is None:
        return (lambda: file.pieces(read)), file.length
    whole = _signed(context, name, EpisodeFileKind.AUDIO, tags, lambda: b"".join(file.pieces(read)))
    return (lambda: iter([whole])), len(whole)


def _signed(
    context: RenderContext, name: str, kind: EpisodeFileKind, tags: EpisodeTags, make: Callable[[], bytes]
) -> bytes:
    """A signed file. One that is there under this name stays as it is: signing again would give other bytes."""
    if context.signer is None or not context.signer.signs(kind.media_type):
        return make()
    with suppress(BlobMissing):
        return context.blobs.get(name + kind)
    provenance = Provenance(title=tags.title, notice=tags.notice, source_type=tags.source_type)
    return context.signer.signed(make(), kind.media_type, provenance)


def _signer_described(context: RenderContext) -> dict[str, str]:
    """Names the certificate, so that a file that another one signs has another name."""
    return {"signed by": context.signer.version} if context.signer else {}


def _texts(rendition: Rendition, episode: Episode, parts: tuple[Chapter, ...], show: str) -> dict[str, bytes]:
    shown = cues(rendition)
    return {
        SCRIPT: script_json(rendition, shown),
        EpisodeFileKind.VTT: vtt(shown, episode.language, speaker=show),
        EpisodeFileKind.SRT: srt(shown),
        EpisodeFileKind.TRANSCRIPT: transcript_json(shown),
        EpisodeFileKind.HTML: transcript_html(shown, episode.language, title=episode.title),
        EpisodeFileKind.CHAPTERS: chapters_json(parts, title=episode.title, show=show),
    }


def _chapters(rendition: Rendition, context: RenderContext) -> tuple[Chapter, ...]:
    phrases = context.phrases(rendition.script.language)
    return chapters(rendition, ChapterTitles(key_points=phrases.key_points.rstrip(".:"), report=phrases.report))


def _described(tags: EpisodeTags) -> dict[str, str]:
    """Metadata in a file's tag that does not come from its rendition."""
    return {
        "album": tags.album,
        "artist": tags.artist,
        "published": tags.published.isoformat(),
        "link": tags.link or "",
        "notice": tags.notice,
        "source type": tags.source_type,
        "cover": hashlib.sha256(tags.cover or b"").hexdigest(),
    }


def _tags(
    rendition: Rendition,
    context: RenderContext,
    parts: tuple[Chapter, ...],
    *,
    authors: Sequence[str],
    link: str | None,
    published: datetime,
) -> EpisodeTags:
    show, phrases = context.shows(rendition.script.language), context.phrases(rendition.script.language)
    notices = spoken_notices(phrases, translation_state(rendition.script), Disclosure.OPENING)
    return EpisodeTags(
        title=rendition.script.title,
        artist=", ".join(authors) or show.author,
        album=show.title,
        language=languages.three_letters(rendition.script.language),
        published=published,
        chapters=parts,
        lyrics=[text for line in rendition.script.lines if (text := one_line(line.text))],
        link=link,
        notice=" ".join(notices.opening),
        source_type=source_type(rendition.voice.engine),
        cover=cover(show.title, rendition.script.language, context.blobs, side_pixels=cover_sizes.EMBEDDED),
        cover_type=TYPE,
    )


def _reader(store: SentenceStore, rendition: Rendition) -> Callable[[ContentKey], Frames]:
    """Reads the clips of a rendition, in its order, some while those before them are written.

    They are read and checked by a thread of their own, which ends when nobody can ask any more.
    """
    clips = rendition.heard
    places = {clip.key: place for place, clip in reversed(list(enumerate(clips)))}
    here: dict[ContentKey, Frames] = {}
    coming: dict[int, Future[Mapping[ContentKey, memoryview]]] = {}
    reader = ThreadPoolExecutor(1, thread_name_prefix="clips")

    def fetched(place: int) -> Future[Mapping[ContentKey, memoryview]]:
        return coming.pop(place, None) or reader.submit(store.audio, clips[place : place + _AHEAD])

    def read(key: ContentKey) -> Frames:
        if key not in here:
            place = places[key]
            found = fetched(place).result()
            here.clear()
            here.update(found)
            coming.clear()
            coming[place + _AHEAD] = fetched(place + _AHEAD)
        try:
            return here[key]
        except KeyError:
            raise ClipMissing(f"The clip {key} is missing or damaged.", "Render the report again.") from None

    return read
