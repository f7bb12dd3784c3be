"""RSS 2.0 with the itunes and podcast namespaces, by the rules of Apple Podcasts, PSP-1 and Podcasting 2.0."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from feedgen.feed import FeedGenerator

from podcaster.article.text import one_line
from podcaster.episode.notes import ENGLISH, NotesPhrases
from podcaster.episode.truncation import truncate, truncate_bytes
from podcaster.feed import category
from podcaster.feed.addresses import Addresses
from podcaster.feed.item import DESCRIPTION_BYTES, TITLE_CHARACTERS, add_item
from podcaster.feed.podcast_namespace import (
    ATOM,
    HISTORY,
    ITUNES,
    PODCAST,
    ChannelTags,
    ItemTags,
    Tag,
    ai_content,
    explicit,
    podcast_guid,
    rfc_2822,
)
from podcaster.model import Episode, Show
from podcaster.release import release_version

MEDIA_TYPE: Final = "application/rss+xml"
_LICENSE_CHARACTERS: Final = 128
"""Limit of podcast:license."""
_ITEM, _CHANNEL_END = b"    <item>\n", b"  </channel>\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An episode in a feed."""

    episode: Episode
    changed: datetime
    """Publication time of this revision, with a time zone."""


def render_feed(
    show: Show,
    entries: Sequence[FeedEntry],
    *,
    name: str,
    addresses: Addresses,
    phrases: NotesPhrases = ENGLISH,
    podroll: Mapping[str, Show] | None = None,
    older: str | None = None,
    private: bool = False,
) -> bytes:
    """The feed `name` in UTF-8, with entries in the order given, newest first. Equal arguments give equal bytes.

    Args:
        show: Metadata of the channel.
        entries: The episodes.
        name: Name of the feed, from which its URL and podcast:guid follow.
        addresses: URLs of feeds, files and pages.
        phrases: Fixed phrases of the show notes, in the show's language.
        podroll: Feeds to recommend, by name: the show in other languages.
        older: Name of the archive page with the episodes before these (RFC 5005).
        private: Whether this is one listener's feed: without a self link, and with itunes:block.

    Raises:
        SettingsWrong: The show's category is not one of Apple's.
    """
    channel = render_channel(
        show,
        name=name,
        addresses=addresses,
        built=max((entry.changed for entry in entries), default=None),
        podroll=podroll,
        older=older,
        private=private,
    )
    episodes = [entry.episode for entry in entries]
    return insert_items(channel, render_items(show, episodes, addresses=addresses, phrases=phrases))


def render_channel(
    show: Show,
    *,
    name: str,
    addresses: Addresses,
    built: datetime | None,
    podroll: Mapping[str, Show] | None = None,
    older: str | None = None,
    page: str | None = None,
    hubs: Sequence[str] = (),
    private: bool = False,
) -> bytes:
    """The feed `name` without items. Takes the arguments of `render_feed`, and two more.

    `page` is the name of the archive page to render (RFC 5005 §4), or None for the feed itself. `hubs` are WebSub hubs
    that tell subscribers of changes (W3C WebSub §4); archive pages have none, since nobody subscribes to them.
    """
    own_address = None if private else addresses.feed(page or name)
    generator = _channel(show, name=name, addresses=addresses, own_address=own_address)
    generator.tags.content = [
        *([] if built is None else [Tag(name="lastBuildDate", text=rfc_2822(built))]),
        *_channel_tags(show, addresses.guid_feed_url(name)),
        *_archived(name, page, addresses),
        *_older(older, addresses),
        *(_link("hub", hub, None) for hub in hubs if page is None),
        *_podroll(podroll or {}, addresses),
        *([Tag(name=f"{{{ITUNES}}}block", text="Yes")] if private else []),
    ]
    xml: bytes = generator.rss_str(pretty=True)
    return xml


def render_items(
    show: Show, episodes: Sequence[Episode], *, addresses: Addresses, phrases: NotesPhrases = ENGLISH
) -> Sequence[bytes]:
    """Items of episodes in UTF-8, the same bytes in every feed of the show's language."""
    if not episodes:
        return []
    generator = _channel(show, name=show.language, addresses=addresses, own_address=None)
    for episode in episodes:
        add_item(generator, episode, show, addresses=addresses, phrases=phrases)
    xml: bytes = generator.rss_str(pretty=True)
    # Splitting is safe: text never contains a raw `<`, not even within CDATA, which holds escaped HTML.
    _, *items = xml.removesuffix(b"</rss>\n").removesuffix(_CHANNEL_END).split(_ITEM)
    return [_ITEM + item for item in items]


def insert_items(channel: bytes, items: Iterable[bytes]) -> bytes:
    """Insert items from `render_items` into a feed from `render_channel`."""
    head, end, tail = channel.rpartition(_CHANNEL_END)
    return b"".join((head, *items, end, tail))


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
    title = truncate(show.title, TITLE_CHARACTERS) or name
    description = truncate_bytes(show.description, DESCRIPTION_BYTES) or title
    generator.title(title)
    generator.description(description)
    if own_address is not None:
        generator.link(href=own_address, rel="self", type=MEDIA_TYPE)
    generator.link(href=addresses.site, rel="alternate")
    generator.language(show.language)
    generator.generator(f"podcaster {release_version()}")
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


def _channel_tags(show: Show, first_url: str) -> Iterator[Tag]:
    yield explicit(show)
    if show.image:
        yield Tag(name=f"{{{ITUNES}}}image", attributes={"href": show.image})
    yield Tag(name=f"{{{PODCAST}}}guid", text=podcast_guid(first_url))
    yield Tag(name=f"{{{PODCAST}}}locked", text="yes", attributes={"owner": show.email})
    if show.license:
        url = {"url": show.license_url} if show.license_url else {}
        yield Tag(name=f"{{{PODCAST}}}license", text=truncate(show.license, _LICENSE_CHARACTERS), attributes=url)
    yield Tag(name=f"{{{PODCAST}}}medium", text="podcast")
    yield ai_content()


def _archived(name: str, page: str | None, addresses: Addresses) -> Iterator[Tag]:
    """Tags that mark an archive page and link to its feed."""
    if page is not None:
        yield Tag(name=f"{{{HISTORY}}}archive")
        yield _link("current", addresses.feed(name))


def _older(older: str | None, addresses: Addresses) -> Iterator[Tag]:
    """Links to the previous episodes: `next` for podcast apps (RFC 5005 §3), `prev-archive` for archives (§4)."""
    if older is not None:
        yield _link("next", addresses.feed(older))
        yield _link("prev-archive", addresses.feed(older))


def _link(rel: str, address: str, kind: str | None = MEDIA_TYPE) -> Tag:
    attributes = {"href": address, "rel": rel, **({"type": kind} if kind else {})}
    return Tag(name=f"{{{ATOM}}}link", attributes=attributes)


def _podroll(shows: Mapping[str, Show], addresses: Addresses) -> Iterator[Tag]:
    remote_items = [
        Tag(
            name=f"{{{PODCAST}}}remoteItem",
            attributes={
                "feedGuid": podcast_guid(addresses.guid_feed_url(name)),
                "feedUrl": addresses.feed(name),
                "title": truncate(show.title, TITLE_CHARACTERS),
            },
        )
        for name, show in shows.items()
    ]
    if remote_items:
        yield Tag(name=f"{{{PODCAST}}}podroll", children=remote_items)
