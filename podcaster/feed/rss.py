"""RSS 2.0 with the itunes and podcast namespaces, as Apple Podcasts, PSP-1 and Podcasting 2.0 ask for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from feedgen.feed import FeedGenerator

from podcaster.article.text import one_line
from podcaster.episode.notes import ENGLISH, NotesPhrases, notes_html
from podcaster.episode.plain_text import shortened, within_bytes
from podcaster.feed import category
from podcaster.feed.addresses import Addresses, EpisodeFile
from podcaster.feed.podcast_namespace import ATOM, ITUNES, PODCAST, ChannelTags, ItemTags, Tag, podcast_guid
from podcaster.model import AudioFormat, Episode, Show

_TITLE_CHARACTERS: Final = 255
"""PSP-1: node values, unless otherwise specified."""
_PERSON_CHARACTERS: Final = 128
"""podcast:person: names that are longer may be truncated by aggregators."""
_DESCRIPTION_BYTES: Final = 4000
"""PSP-1 and Apple, for shows and episodes."""
_CODECS: Final[Mapping[AudioFormat, str]] = {AudioFormat.AAC: "mp4a.40.2", AudioFormat.OPUS: "opus"}
"""RFC 6381."""
_TIMED: Final = (EpisodeFile.VTT, EpisodeFile.SRT, EpisodeFile.TRANSCRIPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An episode as it stands in a feed."""

    episode: Episode
    changed: datetime
    """When this revision was published, with a time zone."""


def render_feed(
    show: Show,
    entries: Sequence[Entry],
    *,
    name: str,
    addresses: Addresses,
    phrases: NotesPhrases = ENGLISH,
    podroll: Mapping[str, Show] | None = None,
    older: str | None = None,
    private: bool = False,
    built: datetime | None = None,
) -> bytes:
    """The feed `name` with its entries in the order given, newest first; UTF-8. Equal arguments give equal bytes.

    Args:
        show: What the channel says of itself.
        entries: The episodes.
        name: The feed's name, which gives its address and with it its podcast:guid.
        addresses: Where everything is reached.
        phrases: The show notes' own words, in the show's language.
        podroll: Feeds to recommend, by name: the same show in other languages.
        older: Name of the feed with the episodes before these (RFC 5005 §3).
        built: The lastBuildDate; None: the newest `changed` among the entries, and left out where there are none.
        private: For one listener, at an address that the feed itself does not know: no self link, and itunes:block.

    Raises:
        SettingsWrong: the show's category is none of Apple's.
    """
    own_address = None if private else addresses.feed(name)
    generator = _channel(show, name=name, addresses=addresses, own_address=own_address)
    generator.tags.content = [
        *_build_date(entries, built),
        *_channel_tags(show, addresses.feed(name)),
        *_next(older, addresses),
        *_podroll(podroll or {}, addresses),
        *([Tag(name=f"{{{ITUNES}}}block", text="Yes")] if private else []),
    ]
    for entry in entries:
        _add_item(generator, entry.episode, show, addresses=addresses, phrases=phrases)
    xml: bytes = generator.rss_str(pretty=True)
    return xml


def _channel(
    show: Show,
    *,
    name: str,
    addresses: Addresses,
    own_address: str | None,
) -> Any:  # noqa: ANN401 # feedgen has no annotations
    generator = FeedGenerator()
    generator.load_extension("podcast")
    generator.register_extension("tags", ChannelTags, ItemTags, atom=False)
    # feedgen writes the time of the run here, and sets the whole process's locale to format it.
    generator._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001 # there is no other way to leave it out
    title = shortened(show.title, _TITLE_CHARACTERS) or name
    description = within_bytes(show.description, _DESCRIPTION_BYTES) or title
    generator.title(title)
    generator.description(description)
    if own_address is not None:
        generator.link(href=own_address, rel="self", type="application/rss+xml")
    generator.link(href=addresses.site, rel="alternate")
    generator.language(show.language)
    generator.generator(f"podcaster {_own_version()}")
    if show.copyright:
        generator.copyright(one_line(show.copyright))
    if show.image:
        generator.image(url=one_line(show.image), title=title, link=addresses.site)
    author = one_line(show.author) or title
    generator.podcast.itunes_author(author)
    generator.podcast.itunes_owner(name=author, email=one_line(show.email))
    generator.podcast.itunes_summary(description)
    generator.podcast.itunes_type("episodic")
    main, sub = category.parse(show.category)
    generator.podcast.itunes_category({"cat": main, "sub": sub} if sub else {"cat": main})
    return generator


def _channel_tags(show: Show, feed_url: str) -> Iterator[Tag]:
    yield _explicit(show)
    if show.image:
        yield Tag(name=f"{{{ITUNES}}}image", attributes={"href": show.image})
    yield Tag(name=f"{{{PODCAST}}}guid", text=podcast_guid(feed_url))
    yield Tag(name=f"{{{PODCAST}}}locked", text="yes", attributes={"owner": show.email})
    yield Tag(name=f"{{{PODCAST}}}medium", text="podcast")
    yield Tag(name=f"{{{PODCAST}}}txt", text="true", attributes={"purpose": "ai-content"})


def _build_date(entries: Sequence[Entry], built: datetime | None) -> Iterator[Tag]:
    moment = built or max((entry.changed for entry in entries), default=None)
    if moment is not None:
        yield Tag(name="lastBuildDate", text=_date(moment))


def _next(older: str | None, addresses: Addresses) -> Iterator[Tag]:
    if older is not None:
        attributes = {"href": addresses.feed(older), "rel": "next", "type": "application/rss+xml"}
        yield Tag(name=f"{{{ATOM}}}link", attributes=attributes)


def _podroll(shows: Mapping[str, Show], addresses: Addresses) -> Iterator[Tag]:
    remote_items = [
        Tag(
            name=f"{{{PODCAST}}}remoteItem",
            attributes={
                "feedGuid": podcast_guid(addresses.feed(name)),
                "feedUrl": addresses.feed(name),
                "title": shortened(show.title, _TITLE_CHARACTERS),
            },
        )
        for name, show in shows.items()
    ]
    if remote_items:
        yield Tag(name=f"{{{PODCAST}}}podroll", children=remote_items)


def _add_item(
    generator: Any,  # noqa: ANN401 # feedgen has no annotations
    episode: Episode,
    show: Show,
    *,
    addresses: Addresses,
    phrases: NotesPhrases,
) -> None:
    item = generator.add_entry(order="append")
    title = shortened(episode.title, _TITLE_CHARACTERS) or episode.article
    summary = within_bytes(episode.summary, _DESCRIPTION_BYTES) or title
    item.title(title)
    item.guid(episode.guid, permalink=False)
    link = addresses.page(episode) or episode.link
    if link:
        item.link(href=_uri(link))
    item.description(summary)
    item.content(notes_html(episode, phrases), type="CDATA")
    item.enclosure(addresses.enclosure(episode), str(episode.enclosure_bytes), EpisodeFile.AUDIO.media_type)
    item.category([{"term": topic} for topic in map(one_line, episode.topics) if topic])
    item.podcast.itunes_author(shortened(", ".join(episode.authors), _TITLE_CHARACTERS))
    item.podcast.itunes_duration(max(1, round(episode.duration_ms / 1000)))
    item.podcast.itunes_summary(summary)
    item.podcast.itunes_episode_type("full")
    item.tags.content = list(_item_tags(episode, show, addresses))


def _item_tags(episode: Episode, show: Show, addresses: Addresses) -> Iterator[Tag]:
    yield Tag(name="pubDate", text=_date(episode.published))
    yield _explicit(show)
    for file in (*_TIMED, EpisodeFile.HTML):
        url = addresses.file(episode, file)
        if url:
            rel = {"rel": "captions"} if file in _TIMED else {}
            attributes = {"url": url, "type": file.media_type, "language": episode.language, **rel}
            yield Tag(name=f"{{{PODCAST}}}transcript", attributes=attributes)
    url = addresses.file(episode, EpisodeFile.CHAPTERS)
    if url and episode.chapters:
        yield Tag(name=f"{{{PODCAST}}}chapters", attributes={"url": url, "type": EpisodeFile.CHAPTERS.media_type})
    yield from _alternates(episode, addresses)
    for author in episode.authors:
        name = shortened(author, _PERSON_CHARACTERS)
        if name:
            yield Tag(name=f"{{{PODCAST}}}person", text=name, attributes={"role": "author", "group": "writing"})
    if episode.image:
        yield Tag(name=f"{{{PODCAST}}}image", attributes={"href": _uri(episode.image), "purpose": "social"})


def _alternates(episode: Episode, addresses: Addresses) -> Iterator[Tag]:
    """The same sound in other forms (`podcast:alternateEnclosure`); `bitrate` is the file's average, in bits a second."""
    for each in episode.alternates:
        file = EpisodeFile(each.format)
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


def _explicit(show: Show) -> Tag:
    """`true` or `false`, as Apple and PSP-1 have it; feedgen knows only the `yes` and `no` of before."""
    return Tag(name=f"{{{ITUNES}}}explicit", text=str(show.explicit).lower())


def _uri(address: str) -> str:
    """An address with its letters beyond ASCII percent-encoded (RFC 3987 §3.1), as RSS wants it."""
    return quote(one_line(address), safe="%:/?#[]@!$&'()*+,;=~")


def _date(when: datetime) -> str:
    """RFC 2822 §3.3, in UTC."""
    return format_datetime(when.astimezone(UTC))


@cache
def _own_version() -> str:
    return version("podcaster")
