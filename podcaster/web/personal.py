"""A listener's own feed over HTTP; a raw ASGI application."""

import asyncio
import re

from podcaster.errors import PodcasterError
from podcaster.web.asgi import Receive, Scope, Send, refuse
from podcaster.web.personal_feed import PersonalFeeds, answer_feed
from podcaster.web.private import PRIVATE, TOKEN, listener_at
from podcaster.web.published import Publications
from podcaster.web.services import Services

_PATH = re.compile(f"/l/({TOKEN})/feed\\.xml")
_UNCACHED = tuple((name, value) for name, value in PRIVATE if name != b"cache-control")


class PersonalFiles:
    """Answers /l/{token}/feed.xml."""

    def __init__(self, services: Services) -> None:
        self._library = services.library
        self._feeds = PersonalFeeds(services, Publications(services.library))

    def knows(self, path: str) -> bool:
        """Whether an address is one of these, whoever's."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        token = found[1] if found else ""
        try:
            listener = await asyncio.to_thread(listener_at, token, self._library)
            feed = await asyncio.to_thread(self._feeds.of, listener.preferences)
            await answer_feed(feed, scope, send)
        except PodcasterError as error:
            await refuse(scope, send, error, _UNCACHED)
