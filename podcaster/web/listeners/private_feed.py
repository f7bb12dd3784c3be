"""The feed of one listener: its bytes are those of every listener of equal choices, and hold no token."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from podcaster.feed.rss import render_feed
from podcaster.listener.preferences import Preferences
from podcaster.web.http.asgi import Scope, Send, header, respond
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.negotiation import IDENTITY, accepted_coding
from podcaster.web.listeners.daily_briefings import Mornings, PersonalAddresses
from podcaster.web.listeners.private_address import PRIVATE
from podcaster.web.listeners.published_reports import Publications, Shared
from podcaster.web.media.compressed_texts import COMPRESSORS
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
    """Bytes by content coding."""

    digest: str
    bodies: Mapping[str, bytes]


class PersonalFeeds:
    """Makes feeds of choices, and answers with them."""

    def __init__(self, services: Services, publications: Publications, mornings: Mornings) -> None:
        self._services = services
        self._publications = publications
        self._mornings = mornings
        self._feeds = Shared(publications, self._made, most=_HELD, moment=mornings.last)

    def of(self, preferences: Preferences, generation: int) -> PersonalFeed:
        """The feed for these choices, of what is published in a generation; blocks."""
        return self._feeds.of(preferences, generation)

    def _made(self, preferences: Preferences) -> PersonalFeed:
        language = preferences.languages[0]
        show = self._services.show(language)
        entries = [*self._publications.selected(preferences), *self._mornings.of(preferences)]
        xml = render_feed(
            replace(show, image=show.image or f"{self._services.base_url}/covers/{self._services.languages[0]}.jpg"),
            sorted(entries, key=lambda entry: entry.episode.published, reverse=True),
            # Nothing answers there: a feed that nobody else may know still needs a podcast:guid that stays.
            name=f"l/{preferences.choices}",
            addresses=PersonalAddresses.served(self._services.base_url, guids_below=self._services.guids_below),
            phrases=self._services.phrases(language),
            private=True,
        )
        bodies = {IDENTITY: xml, **{coding: pack(xml) for coding, pack in COMPRESSORS.items()}}
        return PersonalFeed(digest=hashlib.sha256(xml).hexdigest(), bodies=bodies)


async def answer_feed(feed: PersonalFeed, scope: Scope, send: Send) -> None:
    """One request. There is no Last-Modified: other choices may give an older feed, which is a change all the same."""
    coding = accepted_coding(header(scope, b"accept-encoding"), tuple(COMPRESSORS))
    etag = f'"{feed.digest[:32]}-{coding}"'
    headers = [*_HEADERS, (b"etag", etag.encode())]
    if coding != IDENTITY:
        headers.append((b"content-encoding", coding.encode()))
    if is_unchanged(etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
        await respond(send, 304, headers)
        return
    await respond(send, 200, headers, feed.bodies[coding], head_only=scope["method"] == "HEAD")
