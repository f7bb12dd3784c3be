"""ASGI application for private feeds, personal briefings and daily briefings."""

import asyncio
import re

from podcaster.episode.chapters import chapters_json
from podcaster.errors import ListenerUnknown, PodcasterError
from podcaster.feed.addresses import EpisodeFileKind
from podcaster.listener.digests import secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.web.http.asgi import Receive, Scope, Send, refuse, respond
from podcaster.web.listeners.daily_briefings import DAILY_BRIEFINGS, KEPT, NAME, DailyBriefings
from podcaster.web.listeners.personal_briefing import Briefings, SplicedResponses
from podcaster.web.listeners.preview import BRIEFING, queried_preferences
from podcaster.web.listeners.private_feed import PersonalFeed, PersonalFeeds, answer_feed
from podcaster.web.listeners.private_urls import STREAM_PREFIX, TOKEN, UNCACHED, listener_and_generation_at
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.web.listeners.splicing_plans import SplicedBriefing, SplicingPlans
from podcaster.web.media.clip_reader import ClipReader
from podcaster.web.services import Services

_PATH = re.compile(
    f"/l/({TOKEN})/(feed\\.xml|briefing\\.mp3)|{STREAM_PREFIX}({TOKEN})/briefing\\.mp3"
    f"|({re.escape(BRIEFING)})"
    f"|{re.escape(DAILY_BRIEFINGS)}({NAME})(\\.mp3|\\.chapters\\.json)"
)


_MOST_PREVIEWED = 32
"""Previews that are kept."""
_PREVIEWED = ((b"cache-control", b"no-cache"),)


class PersonalFiles:
    """Serves /l/{token}/feed.xml, /l/{token}/briefing.mp3, and /s/{token}/briefing.mp3 for speakers.

    Also serves /briefings/{name}.mp3, the daily briefings in private feeds, with their chapters, and
    /listeners/briefing.mp3, the briefing for the choices of a query, which visitors hear before they sign up.
    """

    def __init__(self, services: Services) -> None:
        publications = PublishedEntries(services.library)
        self._library = services.library
        self._clock = services.clock
        plans = SplicingPlans(services)
        self._daily_briefings = DailyBriefings(services, publications, plans)
        self._feeds = PersonalFeeds(services, publications, self._daily_briefings)
        self._briefings = Briefings(publications, plans)
        self._clips = ClipReader(services.blobs)
        self._spliced = SplicedResponses(self._clips, plans)
        # Visitors choose as they like: what listeners hear every day stays in caches of its own.
        previewed = SplicingPlans(services, most=_MOST_PREVIEWED)
        self._previews = Briefings(publications, previewed, most=_MOST_PREVIEWED)
        self._spliced_previews = SplicedResponses(self._clips, previewed)

    def knows(self, path: str) -> bool:
        """Whether a path belongs to this application."""
        return _PATH.fullmatch(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET or HEAD request."""
        found = _PATH.fullmatch(scope["path"])
        token, file, stream, preview, name, form = found.groups(default="") if found else ("", "", "", "", "", "")
        try:
            if name:
                await self._answer_daily_briefing(name, form, scope, receive, send)
            elif preview:
                briefing = await asyncio.to_thread(self._previews.of, queried_preferences(scope["query_string"]))
                await self._spliced_previews.respond(briefing, scope, receive, send, kept=_PREVIEWED)
            elif file == "feed.xml":
                await answer_feed(await asyncio.to_thread(self._feed, token), scope, send)
            else:
                briefing = await asyncio.to_thread(self._briefing, token, stream)
                await self._spliced.respond(briefing, scope, receive, send)
        except PodcasterError as error:
            await refuse(scope, send, error, UNCACHED)

    def close(self) -> None:
        """Close open files."""
        self._clips.close()

    async def _answer_daily_briefing(self, name: str, form: str, scope: Scope, receive: Receive, send: Send) -> None:
        briefing = await asyncio.to_thread(self._daily_briefings.named, name)
        if form == EpisodeFileKind.AUDIO:
            await self._spliced.respond(briefing, scope, receive, send, kept=KEPT)
            return
        body = chapters_json(tuple(briefing.chapters), title=briefing.title, show=briefing.show)
        headers = ((b"content-type", EpisodeFileKind.CHAPTERS.media_type.encode()), *KEPT)
        await respond(send, 200, headers, body, head_only=scope["method"] == "HEAD")

    def _feed(self, token: str) -> PersonalFeed:
        listener, generation = listener_and_generation_at(token, self._library)
        return self._feeds.of(listener.preferences, generation)

    def _briefing(self, token: str, stream: str) -> SplicedBriefing:
        if not token:
            return self._briefings.of(self._streamed(stream))
        listener, generation = listener_and_generation_at(token, self._library)
        return self._briefings.of(listener.preferences, generation)

    def _streamed(self, stream: str) -> Preferences:
        found = self._library.stream(secret_digest(stream), self._clock())
        if found is None:
            raise ListenerUnknown("This address has expired.", "Ask your speaker for your briefing again.")
        return found
