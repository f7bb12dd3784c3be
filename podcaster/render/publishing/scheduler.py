"""Publishes scheduled episodes when they are due."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from podcaster.errors import EpisodeUnknown, PodcasterError, StorageFailed
from podcaster.model.changes import Actor, Channel
from podcaster.ports import Clock, Library, ScheduledEpisode, StoredBlob, acting
from podcaster.render.publishing.background_loop import background_loop
from podcaster.render.publishing.publication import Publication
from podcaster.units import ArticleId, LanguageTag

_EVERY_S: Final = 1.0
_LONGEST_S: Final = 240.0
"""Between two tries of an episode that cannot be published, unless its draft changes meanwhile."""
_LONGEST_STORE_S: Final = 30.0
"""Between two tries while a store or the library fails, which comes back by itself."""
_DRAFTS_EVERY_S: Final = 5.0
"""Between two looks at whether a draft has changed: a request each in a bucket."""
log = structlog.get_logger()


@dataclass(slots=True)
class _Wait:
    """The state of something that failed; times are seconds of a monotonic clock."""

    wait_s: float = 0.0
    next_try: float = 0.0
    next_look: float = 0.0
    drafts: frozenset[StoredBlob] | None = None
    """Draft files as they were before the last try; None: they could not be listed."""
    error: str = ""

    def failed(self, now: float, error: Exception) -> bool:
        """Wait twice as long as the last time; whether this is another error."""
        longest = _LONGEST_STORE_S if isinstance(error, StorageFailed) else _LONGEST_S
        self.wait_s = min(max(2 * self.wait_s, _EVERY_S), longest)
        self.next_try, self.next_look = now + self.wait_s, now + _DRAFTS_EVERY_S
        said, self.error = self.error, f"{type(error).__name__}: {error}"
        return said != self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationScheduler:
    """Times are stored in the library, so one that passed while no process ran is caught up on at once."""

    library: Library
    publication: Publication
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    _waits: dict[tuple[ArticleId, LanguageTag, datetime], _Wait] = field(default_factory=dict)
    _library: _Wait = field(default_factory=_Wait)

    def publish_due(self) -> None:
        """Publish everything whose time has come. Several processes may do it at once.

        What cannot be published stays due, keeps no other from being published, and is tried again: ever more rarely, and
        soon after its draft has changed.
        """
        due = {(each.article, each.language, each.at): each for each in self.library.schedules(until=self.clock())}
        for key in self._waits.keys() - due.keys():
            del self._waits[key]
        for key, each in due.items():
            wait = self._waits.get(key) or _Wait()
            if self._is_time(each, wait) and not self._try(each, wait):
                self._waits[key] = wait

    def _is_time(self, due: ScheduledEpisode, wait: _Wait) -> bool:
        now = self.monotonic()
        if now >= wait.next_try:
            wait.drafts = self._drafts(due)
            return True
        if now < wait.next_look:
            return False
        wait.next_look = now + _DRAFTS_EVERY_S
        before, wait.drafts = wait.drafts, self._drafts(due)
        return wait.drafts is not None and wait.drafts != before

    def _drafts(self, due: ScheduledEpisode) -> frozenset[StoredBlob] | None:
        try:
            return self.publication.drafts(due.article, due.language)
        except PodcasterError:  # the try says so
            return None

    def _try(self, due: ScheduledEpisode, wait: _Wait) -> bool:
        """Publish it; False and the next try's time in `wait` where that fails. Each error is logged and noted once."""
        about = {"article": due.article, "language": due.language}
        try:
            self._publish(due)
        except PodcasterError as error:
            if wait.failed(self.monotonic(), error):
                log.warning("cannot publish what is due", **about, error=str(error))
            self._note(due, str(error))
        except Exception as error:  # the others are due as well
            if wait.failed(self.monotonic(), error):
                log.exception("cannot publish what is due", **about)
            self._note(due, "It failed for a reason that nobody foresaw: the worker's log has it.")
        else:
            return True
        return False

    def _note(self, due: ScheduledEpisode, error: str) -> None:
        if due.error == error:
            return
        try:
            self.library.fail_schedule(due, error)
        except PodcasterError as failed:
            log.warning("cannot note why it is not published", article=due.article, error=str(failed))

    def _publish(self, due: ScheduledEpisode) -> None:
        try:
            with acting(Actor(name=due.editor, channel=Channel.SCHEDULE)):
                self.publication.release(due.article, due.language, due=due.at)
            log.info("published by schedule", article=due.article, language=due.language, editor=due.editor)
        except EpisodeUnknown:
            log.warning("nothing is there to be published", article=due.article, language=due.language)
        self.library.drop_schedule(due.article, due.language, at=due.at)

    def running(self) -> AbstractContextManager[None]:
        """Within the block, what is due is published within a second or two."""
        return background_loop(self._run, name="scheduler")

    def _run(self, ended: threading.Event) -> None:
        while not ended.wait(_EVERY_S):
            self.look()

    def look(self) -> None:
        """Publish what is due; a library that does not answer is asked more rarely, and logged once for each error."""
        if self.monotonic() < self._library.next_try:
            return
        try:
            self.publish_due()
        except Exception as error:  # without this thread nothing would be published any more
            if self._library.failed(self.monotonic(), error):
                log.warning(
                    "cannot look for what is due", error=str(error), exc_info=not isinstance(error, PodcasterError)
                )
        else:
            self._library.wait_s, self._library.error = 0.0, ""
