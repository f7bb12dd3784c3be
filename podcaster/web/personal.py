"""A listener's own feed and briefing over HTTP; a raw ASGI application."""

import asyncio
import re

from podcaster.errors import PodcasterError
from podcaster.web.asgi import Receive, Scope, Send, refuse
from podcaster.web.briefing import Briefings, answer_briefing
from podcaster.web.personal_feed import PersonalFeeds, answer_feed
from podcaster.web.private import TOKEN, UNCACHED, listener_at
from podcaster.web.published import Publications
from podcaster.web.services import Services

_PATH = re.compile(f"/l/({TOKEN})/(feed\\.xml|briefing\\.mp3)")


class PersonalFiles:
    """Answers /l/{token}/feed.xml and /l/{token}/briefing.mp3."""

    def __init__(self, services: Services) -> None:
        publications = Publications(services.library)
        self._library = services.library
        self._blobs = services.blobs
        self._feeds = PersonalFeeds(services, publications)
        self._briefings = Briefings(services, publications)

    def knows(self, path: str) -> bool:
        """Whether an address is one of these, whoever's."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        token, file = found.groups() if found else ("", "")
        try:
            wanted = (await asyncio.to_thread(listener_at, token, self._library)).preferences
            if file == "feed.xml":
                await answer_feed(await asyncio.to_thread(self._feeds.of, wanted), scope, send)
            else:
                briefing = await asyncio.to_thread(self._briefings.of, wanted)
                await answer_briefing(briefing, scope, send, self._blobs)
        except PodcasterError as error:
            await refuse(scope, send, error, UNCACHED)
