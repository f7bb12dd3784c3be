"""A listener's own feed and briefing over HTTP; a raw ASGI application."""

import asyncio
import re

from podcaster.errors import ListenerUnknown, PodcasterError
from podcaster.listener.linking import secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.web.asgi import Receive, Scope, Send, refuse
from podcaster.web.briefing import Briefings, answer_briefing
from podcaster.web.personal_feed import PersonalFeeds, answer_feed
from podcaster.web.private import STREAM_PREFIX, TOKEN, UNCACHED, listener_at
from podcaster.web.published import Publications
from podcaster.web.services import Services

_PATH = re.compile(f"/l/({TOKEN})/(feed\\.xml|briefing\\.mp3)|{STREAM_PREFIX}({TOKEN})/briefing\\.mp3")


class PersonalFiles:
    """Answers /l/{token}/feed.xml, /l/{token}/briefing.mp3, and /s/{token}/briefing.mp3, which speakers are given."""

    def __init__(self, services: Services) -> None:
        publications = Publications(services.library)
        self._library = services.library
        self._clock = services.clock
        self._blobs = services.blobs
        self._feeds = PersonalFeeds(services, publications)
        self._briefings = Briefings(services, publications)

    def knows(self, path: str) -> bool:
        """Whether an address is one of these, whoever's."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        token, file, stream = found.groups(default="") if found else ("", "", "")
        try:
            wanted = await asyncio.to_thread(self._wanted, token, stream)
            if file == "feed.xml":
                await answer_feed(await asyncio.to_thread(self._feeds.of, wanted), scope, send)
            else:
                briefing = await asyncio.to_thread(self._briefings.of, wanted)
                await answer_briefing(briefing, scope, send, self._blobs)
        except PodcasterError as error:
            await refuse(scope, send, error, UNCACHED)

    def _wanted(self, token: str, stream: str) -> Preferences:
        if token:
            return listener_at(token, self._library).preferences
        found = self._library.stream(secret_digest(stream), self._clock())
        if found is None:
            raise ListenerUnknown("This address has ended.", "Ask your speaker for your briefing again.")
        return found
