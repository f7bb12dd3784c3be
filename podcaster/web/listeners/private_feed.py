"""Private feeds, shared by all listeners with equal preferences; a feed contains no token."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from podcaster.feed.rss import render_feed
from podcaster.listener.preferences import Preferences
from podcaster.web.http.asgi import Scope, Send, header, respond
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.content_codings import COMPRESSORS
from podcaster.web.http.negotiation import IDENTITY, accepted_coding
from podcaster.web.listeners.daily_briefings import DailyBriefings, PersonalAddresses
from podcaster.web.listeners.private_urls import PRIVATE
from podcaster.web.listeners.published_reports import PreferenceCache, PublishedEntries
from podcaster.web.services import Services

_HELD = 64
_HEADERS = (
    (b"content-type", b"application/rss+xml; charset=utf-8"),
    (b"vary", b"accept-encoding"),
    (b"access-control-allow-origin", b"*"),
    *PRIVATE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalFeed:
    """A feed's bytes by content coding."""

    digest: str
    bodies: Mapping[str, bytes]


class PersonalFeeds:
    """Makes private feeds for preferences, and caches them."""

    def __init__(self, services: Services, publications: PublishedEntries, briefing_times: DailyBriefings) -> None:
        self._services = services
        self._publications = publications
        self._daily_briefings = briefing_times
        self._feeds = PreferenceCache(publications, self._made, most=_HELD, moment=briefing_times.last)

    def of(self, preferences: Preferences, generation: int) -> PersonalFeed:
        """The feed for these preferences, as of a generation; blocks."""
        return self._feeds.of(preferences, generation)

    def _made(self, preferences: Preferences) -> PersonalFeed:
        language = preferences.languages[0]
        show = self._services.show(language)
        entries = [*self._publications.selected(preferences), *self._daily_briefings.of(preferences)]
        xml = render_feed(
            replace(show, image=show.image or f"{self._services.base_url}/covers/{self._services.languages[0]}.jpg"),
            sorted(entries, key=lambda entry: entry.episode.published, reverse=True),
            # Not a URL: a private feed still needs a stable podcast:guid.
            name=f"l/{preferences.choices}",
            addresses=PersonalAddresses.served(
                self._services.base_url,
                former_base_url=self._services.former_base_url,
                topic_covers=not show.image,
            ),
            phrases=self._services.phrases(language),
            private=True,
        )
        bodies = {IDENTITY: xml, **{coding: pack(xml) for coding, pack in COMPRESSORS.items()}}
        return PersonalFeed(digest=hashlib.sha256(xml).hexdigest(), bodies=bodies)


async def answer_feed(feed: PersonalFeed, scope: Scope, send: Send) -> None:
    """Answer one request. There is no Last-Modified, because other preferences may give an older feed."""
    coding = accepted_coding(header(scope, b"accept-encoding"), tuple(COMPRESSORS))
    etag = f'"{feed.digest[:32]}-{coding}"'
    headers = [*_HEADERS, (b"etag", etag.encode())]
    if coding != IDENTITY:
        headers.append((b"content-encoding", coding.encode()))
    if is_unchanged(etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
        await respond(send, 304, headers)
        return
    await respond(send, 200, headers, feed.bodies[coding], head_only=scope["method"] == "HEAD")
