"""Tags that feedgen lacks or writes in an outdated form: the podcast namespace, itunes:explicit, dates.

The classes follow feedgen's extension protocol: it creates them without arguments, lets the caller set `content`, and
then passes in the finished elements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from lxml import etree

from podcaster.article.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from lxml.etree import _Element as Element

    from podcaster.model import Show

PODCAST: Final = "https://podcastindex.org/namespace/1.0"
ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM: Final = "http://www.w3.org/2005/Atom"
HISTORY: Final = "http://purl.org/syndication/history/1.0"
"""RFC 5005."""
_FEED_GUIDS: Final = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def podcast_guid(feed_url: str) -> str:
    """The `podcast:guid` of a feed: a UUIDv5 of its URL without scheme and trailing slashes."""
    _, _, rest = feed_url.rpartition("://")
    return str(uuid5(_FEED_GUIDS, rest.rstrip("/")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An XML element to be written, named `{namespace}local` as in lxml."""

    name: str
    text: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: Sequence[Tag] = ()

    def write(self, parent: Element) -> None:
        """Append the element to a parent."""
        attributes = {key: one_line(value) for key, value in self.attributes.items()}
        element = etree.SubElement(parent, self.name, attributes)
        element.text = None if self.text is None else one_line(self.text)
        for child in self.children:
            child.write(element)


class ChannelTags:
    """Tags of a channel, for `FeedGenerator.register_extension`."""

    def __init__(self) -> None:
        self.content: Sequence[Tag] = ()

    def extend_ns(self) -> dict[str, str]:
        """The namespace prefixes that the feed declares."""
        archived = any(tag.name.startswith(f"{{{HISTORY}}}") for tag in self.content)
        return {"podcast": PODCAST, "itunes": ITUNES, "atom": ATOM, **({"fh": HISTORY} if archived else {})}

    def extend_rss(self, rss: Element) -> None:
        """Append the tags to the channel of an `rss` element."""
        for tag in self.content:
            tag.write(rss[0])


class ItemTags:
    """Tags of an item, for `FeedGenerator.register_extension`."""

    def __init__(self) -> None:
        self.content: Sequence[Tag] = ()

    def extend_rss(self, item: Element) -> None:
        """Append the tags to an `item` element."""
        for tag in self.content:
            tag.write(item)


def explicit(show: Show) -> Tag:
    """itunes:explicit as `true` or `false`, which Apple and PSP-1 require; feedgen writes the old `yes` and `no`."""
    return Tag(name=f"{{{ITUNES}}}explicit", text=str(show.explicit).lower())


def ai_content() -> Tag:
    """podcast:txt with the purpose `ai-content`: a voice, or more, is a machine's."""
    return Tag(name=f"{{{PODCAST}}}txt", text="true", attributes={"purpose": "ai-content"})


def rfc_2822(when: datetime) -> str:
    """A date in RFC 2822 §3.3 format, in UTC."""
    return format_datetime(when.astimezone(UTC))
