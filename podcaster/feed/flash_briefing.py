"""Flash briefings: lists of items that Alexa reads out or plays (Flash Briefing Skill API, feed format reference)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree

from podcaster.article.text import one_line
from podcaster.episode.truncation import truncate
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.podcast_namespace import podcast_guid
from podcaster.model import Episode, Show

MOST_ITEMS: Final = 5
TEXT_CHARACTERS: Final = 4_500
_STREAM_MS: Final = range(10 * 1000, 10 * 60 * 1000)
"""Alexa plays streams of ten seconds at least and under ten minutes."""
_TITLE_CHARACTERS: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class FlashBriefingItem:
    """One report of a flash briefing, as a stream or as text to be read out."""

    uid: str
    updated: datetime
    title: str
    text: str
    """Text for Alexa to read out; empty if there is a stream."""
    link: str
    stream: str | None = None
    """URL of the audio, https only."""
    stream_bytes: int = 0


def flash_briefing_items(
    show: Show, episodes: Sequence[Episode], *, addresses: Addresses, changed: datetime
) -> Sequence[FlashBriefingItem]:
    """The five newest episodes as briefing items, newest first.

    An episode under 10 minutes becomes a stream if the service has an https URL. Alexa reads out any other: its title and
    as many key points as fit. A show without episodes gets one item that announces it, because Alexa reports an empty
    briefing as broken.

    Args:
        show: The show of the briefing.
        episodes: Episodes in any order.
        addresses: URLs of audio and pages.
        changed: Date of the announcement of a show without episodes, with a time zone.
    """
    newest = sorted(episodes, key=lambda each: (each.published, each.guid), reverse=True)[:MOST_ITEMS]
    return [_item(each, addresses) for each in newest] or [_announcement(show, addresses, changed)]


def flash_briefing_json(items: Sequence[FlashBriefingItem]) -> bytes:
    """A flash briefing as JSON in UTF-8; equal items give equal bytes."""
    written = [
        {
            "uid": each.uid,
            "updateDate": each.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.0Z"),
            "titleText": each.title,
            # Alexa requires the field, and wants it empty beside a stream.
            "mainText": each.text,
            **({"streamUrl": each.stream} if each.stream else {}),
            "redirectionUrl": each.link,
        }
        for each in items
    ]
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def flash_briefing_rss(show: Show, items: Sequence[FlashBriefingItem], *, addresses: Addresses) -> bytes:
    """A flash briefing as RSS 2.0 in UTF-8; equal arguments give equal bytes."""
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
            kind = EpisodeFileKind.AUDIO.media_type
            etree.SubElement(item, "enclosure", url=each.stream, type=kind, length=str(each.stream_bytes))
    written: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def spoken_summary(episode: Episode) -> str:
    """Title and key points as sentences, as many as fit; the summary if there are no key points."""
    text = truncate(_sentence(episode.title), TEXT_CHARACTERS)
    for part in episode.key_points or filter(None, [episode.summary]):
        longer = f"{text} {_sentence(part)}"
        if len(longer) > TEXT_CHARACTERS:
            break
        text = longer
    return text


def _item(episode: Episode, addresses: Addresses) -> FlashBriefingItem:
    audio = addresses.audio(episode)
    streamed = audio.startswith("https://") and episode.duration_ms in _STREAM_MS
    return FlashBriefingItem(
        uid=episode.guid,
        updated=episode.published,
        title=truncate(episode.title, _TITLE_CHARACTERS),
        text="" if streamed else spoken_summary(episode),
        link=addresses.page(episode) or addresses.site,
        stream=audio if streamed else None,
        stream_bytes=episode.enclosure_bytes if streamed else 0,
    )


def _announcement(show: Show, addresses: Addresses, changed: datetime) -> FlashBriefingItem:
    return FlashBriefingItem(
        uid=f"urn:uuid:{podcast_guid(addresses.guid_feed_url(show.language))}",
        updated=changed,
        title=truncate(show.title, _TITLE_CHARACTERS),
        text=truncate(f"{_sentence(show.title)} {show.description}", TEXT_CHARACTERS),
        link=addresses.site,
    )


def _sentence(text: str) -> str:
    line = one_line(text)
    return line if not line or line[-1] in ".!?…。！？।؟" else f"{line}."
