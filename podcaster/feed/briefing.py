"""A flash briefing: an episode list that Alexa reads out or plays (Flash Briefing Skill API, feed format reference)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from podcaster.article.text import one_line
from podcaster.episode.plain_text import shortened
from podcaster.feed.addresses import Addresses
from podcaster.feed.podcast_namespace import podcast_guid
from podcaster.model import Episode, Show

MOST_ITEMS: Final = 5
TEXT_CHARACTERS: Final = 4_500
_STREAM_MS: Final = range(10 * 1000, 10 * 60 * 1000)
"""A stream lasts ten seconds at least, and is shorter than ten minutes."""
_TITLE_CHARACTERS: Final = 255


def render_briefing(show: Show, episodes: Sequence[Episode], *, addresses: Addresses, changed: datetime) -> bytes:
    """The five newest of some episodes as JSON, in UTF-8, newest first. Equal arguments give equal bytes.

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
    items = [_item(each, addresses) for each in newest] or [_announcement(show, addresses, changed)]
    return json.dumps(items, ensure_ascii=False, indent=1).encode()


def _item(episode: Episode, addresses: Addresses) -> dict[str, str]:
    audio = addresses.audio(episode)
    streamed = audio.startswith("https://") and episode.duration_ms in _STREAM_MS
    return {
        "uid": episode.guid,
        "updateDate": _date(episode.published),
        "titleText": shortened(episode.title, _TITLE_CHARACTERS),
        # Alexa wants the field to be there, and empty where there is a stream.
        "mainText": "" if streamed else spoken_summary(episode),
        **({"streamUrl": audio} if streamed else {}),
        "redirectionUrl": addresses.page(episode) or addresses.site,
    }


def _announcement(show: Show, addresses: Addresses, changed: datetime) -> dict[str, str]:
    return {
        "uid": f"urn:uuid:{podcast_guid(addresses.feed(show.language))}",
        "updateDate": _date(changed),
        "titleText": shortened(show.title, _TITLE_CHARACTERS),
        "mainText": shortened(_sentence(show.title) + " " + show.description, TEXT_CHARACTERS),
        "redirectionUrl": addresses.site,
    }


def spoken_summary(episode: Episode, characters: int = TEXT_CHARACTERS) -> str:
    """An episode's title and key points as sentences, as many as have room; its summary where it has no points."""
    text = shortened(_sentence(episode.title), characters)
    for part in episode.key_points or filter(None, [episode.summary]):
        longer = f"{text} {_sentence(part)}"
        if len(longer) > characters:
            break
        text = longer
    return text


def _sentence(text: str) -> str:
    line = one_line(text)
    return line if not line or line[-1] in ".!?…。！？।؟" else f"{line}."


def _date(moment: datetime) -> str:
    """As the reference has it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.0Z")
