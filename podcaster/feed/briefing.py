"""A flash briefing: an episode list that Alexa reads out or plays (Flash Briefing Skill API, feed format reference)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree

from podcaster.article.text import one_line
from podcaster.episode.truncation import truncate
from podcaster.feed.addresses import Addresses, EpisodeFile
from podcaster.feed.podcast_namespace import podcast_guid
from podcaster.model import Episode, Show

MOST_ITEMS: Final = 5
TEXT_CHARACTERS: Final = 4_500
_STREAM_MS: Final = range(10 * 1000, 10 * 60 * 1000)
"""A stream lasts ten seconds at least, and is shorter than ten minutes."""
_TITLE_CHARACTERS: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingItem:
    """One report of a briefing: to be played, or to be read out."""

    uid: str
    updated: datetime
    title: str
    text: str
    """What Alexa reads out; empty where there is a stream."""
    link: str
    stream: str | None = None
    """Over https."""
    stream_bytes: int = 0


def briefing_items(
    show: Show, episodes: Sequence[Episode], *, addresses: Addresses, changed: datetime
) -> Sequence[BriefingItem]:
    """The five newest of some episodes, newest first.

    An episode under 10 minutes is a stream where the service is reached over https; every other one is read out by
    Alexa: its title and as many of its key points as fit. A show without episodes has one item, which says what it is,
    since Alexa takes an empty briefing for a broken one.

    Args:
        show: Whose briefing it is.
        episodes: In any order.
        addresses: Where audio and pages are reached.
        changed: The date of the item of a show without episodes, with a time zone.
    """
    newest = sorted(episodes, key=lambda each: (each.published, each.guid), reverse=True)[:MOST_ITEMS]
    return [_item(each, addresses) for each in newest] or [_announcement(show, addresses, changed)]


def briefing_json(items: Sequence[BriefingItem]) -> bytes:
    """A briefing as JSON, in UTF-8; equal items give equal bytes."""
    written = [
        {
            "uid": each.uid,
            "updateDate": each.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.0Z"),
            "titleText": each.title,
            # Alexa wants the field to be there, and empty where there is a stream.
            "mainText": each.text,
            **({"streamUrl": each.stream} if each.stream else {}),
            "redirectionUrl": each.link,
        }
        for each in items
    ]
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def briefing_rss(show: Show, items: Sequence[BriefingItem], *, addresses: Addresses) -> bytes:
    """A briefing as RSS 2.0, in UTF-8; equal arguments give equal bytes."""
    rss = etree.Element("rss", version="2.0")
    channel = etree.SubElement(rss, "channel")
    for name, text in (("title", show.title), ("link", addresses.site), ("description", show.description)):
        etree.SubElement(channel, name).text = one_line(text)
    etree.SubElement(channel, "language").text = show.language
    for each in items:
        item = etree.SubElement(channel, "item")
        etree.SubElement(item, "guid", isPermaLink="false").text = each.uid
        published = format_datetime(each.updated.astimezone(UTC), usegmt=True)
        parts = (("title", each.title), ("description", each.text), ("pubDate", published), ("link", each.link))
        for name, text in parts:
            etree.SubElement(item, name).text = text
        if each.stream:
            kind = EpisodeFile.AUDIO.media_type
            etree.SubElement(item, "enclosure", url=each.stream, type=kind, length=str(each.stream_bytes))
    written: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def spoken_summary(episode: Episode, characters: int = TEXT_CHARACTERS) -> str:
    """An episode's title and key points as sentences, as many as have room; its summary where it has no points."""
    text = truncate(_sentence(episode.title), characters)
    for part in episode.key_points or filter(None, [episode.summary]):
        longer = f"{text} {_sentence(part)}"
        if len(longer) > characters:
            break
        text = longer
    return text


def _item(episode: Episode, addresses: Addresses) -> BriefingItem:
    audio = addresses.audio(episode)
    streamed = audio.startswith("https://") and episode.duration_ms in _STREAM_MS
    return BriefingItem(
        uid=episode.guid,
        updated=episode.published,
        title=truncate(episode.title, _TITLE_CHARACTERS),
        text="" if streamed else spoken_summary(episode),
        link=addresses.page(episode) or addresses.site,
        stream=audio if streamed else None,
        stream_bytes=episode.enclosure_bytes if streamed else 0,
    )


def _announcement(show: Show, addresses: Addresses, changed: datetime) -> BriefingItem:
    return BriefingItem(
        uid=f"urn:uuid:{podcast_guid(addresses.first_feed(show.language))}",
        updated=changed,
        title=truncate(show.title, _TITLE_CHARACTERS),
        text=truncate(f"{_sentence(show.title)} {show.description}", TEXT_CHARACTERS),
        link=addresses.site,
    )


def _sentence(text: str) -> str:
    line = one_line(text)
    return line if not line or line[-1] in ".!?…。！？।؟" else f"{line}."
