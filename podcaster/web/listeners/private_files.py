"""A listener's own feed and briefing over HTTP; a raw ASGI application."""

import asyncio
import re

from podcaster.episode.chapters import chapters_json
from podcaster.errors import ListenerUnknown, PodcasterError
from podcaster.feed.addresses import EpisodeFile
from podcaster.listener.linking import secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.web.http.asgi import Receive, Scope, Send, refuse, respond
from podcaster.web.listeners.daily_briefings import KEPT, MORNINGS, NAME, Mornings
from podcaster.web.listeners.personal_briefing import Briefings, SplicedAnswers
from podcaster.web.listeners.private_address import STREAM_PREFIX, TOKEN, UNCACHED, visit_at
from podcaster.web.listeners.private_feed import PersonalFeed, PersonalFeeds, answer_feed
from podcaster.web.listeners.published_reports import Publications
from podcaster.web.listeners.splice_plans import Briefing, SplicingPlans
from podcaster.web.media.clip_reader import ClipReader
from podcaster.web.services import Services

_PATH = re.compile(
    f"/l/({TOKEN})/(feed\\.xml|briefing\\.mp3)|{STREAM_PREFIX}({TOKEN})/briefing\\.mp3"
    f"|{re.escape(MORNINGS)}({NAME})(\\.mp3|\\.chapters\\.json)"
)


class PersonalFiles:
    """Answers /l/{token}/feed.xml, /l/{token}/briefing.mp3, and /s/{token}/briefing.mp3, which speakers are given.

    And /briefings/{name}.mp3, the mornings' episodes in such feeds, with their chapters.
    """

    def __init__(self, services: Services) -> None:
        publications = Publications(services.library)
        self._library = services.library
        self._clock = services.clock
        plans = SplicingPlans(services)
        self._mornings = Mornings(services, publications, plans)
        self._feeds = PersonalFeeds(services, publications, self._mornings)
        self._briefings = Briefings(publications, plans)
        self._clips = ClipReader(services.blobs)
        self._spliced = SplicedAnswers(self._clips, plans)

    def knows(self, path: str) -> bool:
        """Whether an address is one of these, whoever's."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        token, file, stream, name, form = found.groups(default="") if found else ("", "", "", "", "")
        try:
            if name:
                await self._answer_morning(name, form, scope, receive, send)
            elif file == "feed.xml":
                await answer_feed(await asyncio.to_thread(self._feed, token), scope, send)
            else:
                briefing = await asyncio.to_thread(self._briefing, token, stream)
                await self._spliced.give(briefing, scope, receive, send)
        except PodcasterError as error:
            await refuse(scope, send, error, UNCACHED)

    def close(self) -> None:
        """Let go of every file."""
        self._clips.close()

    async def _answer_morning(self, name: str, form: str, scope: Scope, receive: Receive, send: Send) -> None:
        briefing = await asyncio.to_thread(self._mornings.named, name)
        if form == EpisodeFile.AUDIO:
            await self._spliced.give(briefing, scope, receive, send, kept=KEPT)
            return
        body = chapters_json(tuple(briefing.chapters), title=briefing.title, show=briefing.show)
        headers = ((b"content-type", EpisodeFile.CHAPTERS.media_type.encode()), *KEPT)
        await respond(send, 200, headers, body, head_only=scope["method"] == "HEAD")

    def _feed(self, token: str) -> PersonalFeed:
        listener, generation = visit_at(token, self._library)
        return self._feeds.of(listener.preferences, generation)

    def _briefing(self, token: str, stream: str) -> Briefing:
        if not token:
            return self._briefings.of(self._streamed(stream))
        listener, generation = visit_at(token, self._library)
        return self._briefings.of(listener.preferences, generation)

    def _streamed(self, stream: str) -> Preferences:
        found = self._library.stream(secret_digest(stream), self._clock())
        if found is None:
            raise ListenerUnknown("This address has ended.", "Ask your speaker for your briefing again.")
        return found
