"""RSS items: the elements of an episode."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from podcaster.article.text import one_line
from podcaster.episode.notes import NotesPhrases, notes_html
from podcaster.episode.truncation import truncate, truncate_bytes
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.podcast_namespace import ITUNES, PODCAST, Tag, ai_content, explicit, rfc_2822
from podcaster.feed.section import sections_of
from podcaster.model import AudioFormat, Episode, Show

TITLE_CHARACTERS: Final = 255
"""Limit of PSP-1 for node values."""
DESCRIPTION_BYTES: Final = 4000
"""Limit of PSP-1 and Apple for descriptions of shows and episodes."""
_PERSON_CHARACTERS: Final = 128
"""podcast:person: aggregators may truncate longer names."""
_CODECS: Final[Mapping[AudioFormat, str]] = {AudioFormat.AAC: "mp4a.40.2", AudioFormat.OPUS: "opus"}
"""Codecs parameters (RFC 6381)."""
_TIMED: Final = (EpisodeFileKind.VTT, EpisodeFileKind.SRT, EpisodeFileKind.TRANSCRIPT)


def add_item(
    generator: Any,  # noqa: ANN401 # feedgen has no annotations
    episode: Episode,
    show: Show,
    *,
    addresses: Addresses,
    phrases: NotesPhrases,
) -> None:
    """Append an episode to the feed."""
    item = generator.add_entry(order="append")
    title = truncate(episode.title, TITLE_CHARACTERS) or episode.article
    summary = truncate_bytes(episode.summary, DESCRIPTION_BYTES) or title
    item.title(title)
    item.guid(episode.guid, permalink=False)
    link = addresses.page(episode) or episode.link
    if link:
        item.link(href=_uri(link))
    item.description(summary)
    item.content(notes_html(episode, phrases), type="CDATA")
    item.enclosure(addresses.enclosure(episode), str(episode.enclosure_bytes), EpisodeFileKind.AUDIO.media_type)
    item.category([{"term": topic} for topic in map(one_line, episode.topics) if topic])
    item.podcast.itunes_author(truncate(", ".join(episode.authors), TITLE_CHARACTERS))
    item.podcast.itunes_duration(max(1, round(episode.duration_ms / 1000)))
    item.podcast.itunes_summary(summary)
    item.podcast.itunes_episode_type("full")
    item.tags.content = list(_item_tags(episode, show, addresses))


def _item_tags(episode: Episode, show: Show, addresses: Addresses) -> Iterator[Tag]:
    yield Tag(name="pubDate", text=rfc_2822(episode.published))
    yield explicit(show)
    yield ai_content()
    for file in (*_TIMED, EpisodeFileKind.HTML):
        url = addresses.file(episode, file)
        if url:
            rel = {"rel": "captions"} if file in _TIMED else {}
            attributes = {"url": url, "type": file.media_type, "language": episode.language, **rel}
            yield Tag(name=f"{{{PODCAST}}}transcript", attributes=attributes)
    url = addresses.file(episode, EpisodeFileKind.CHAPTERS)
    if url and episode.chapters:
        yield Tag(name=f"{{{PODCAST}}}chapters", attributes={"url": url, "type": EpisodeFileKind.CHAPTERS.media_type})
    yield from _alternates(episode, addresses)
    for author in episode.authors:
        name = truncate(author, _PERSON_CHARACTERS)
        if name:
            yield Tag(name=f"{{{PODCAST}}}person", text=name, attributes={"role": "author", "group": "writing"})
    yield from _pictures(episode, addresses)


def _pictures(episode: Episode, addresses: Addresses) -> Iterator[Tag]:
    """The report's own picture, which may have any shape, and the square one of its first topic."""
    if episode.image:
        yield Tag(name=f"{{{PODCAST}}}image", attributes={"href": _uri(episode.image), "purpose": "social"})
    drawn = next(filter(None, map(addresses.topic_cover, sections_of(episode))), None)
    if drawn:
        yield Tag(name=f"{{{ITUNES}}}image", attributes={"href": drawn})
        attributes = {"href": drawn, "purpose": "artwork", "aspect-ratio": "1/1", "width": "3000", "type": "image/jpeg"}
        yield Tag(name=f"{{{PODCAST}}}image", attributes=attributes)


def _alternates(episode: Episode, addresses: Addresses) -> Iterator[Tag]:
    """The other audio formats as `podcast:alternateEnclosure`; `bitrate` is the file's average, in bits per second."""
    for each in episode.alternates:
        file = EpisodeFileKind(each.format)
        url = addresses.file(episode, file)
        if url:
            attributes = {
                "type": file.media_type,
                "length": str(each.length_bytes),
                "bitrate": str(round(each.length_bytes * 8_000 / max(episode.duration_ms, 1))),
                "codecs": _CODECS[each.format],
                "title": each.format.name,
            }
            source = Tag(name=f"{{{PODCAST}}}source", attributes={"uri": url})
            yield Tag(name=f"{{{PODCAST}}}alternateEnclosure", attributes=attributes, children=[source])


def _uri(address: str) -> str:
    """Percent-encode the non-ASCII characters of a URL (RFC 3987 §3.1), as RSS requires."""
    return quote(one_line(address), safe="%:/?#[]@!$&'()*+,;=~")
