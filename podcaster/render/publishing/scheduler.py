"""Publishes scheduled episodes when they are due."""

import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

import structlog

from podcaster.errors import EpisodeUnknown, PodcasterError
from podcaster.model.changes import Actor, Channel
from podcaster.ports import Clock, Library, ScheduledEpisode, acting
from podcaster.render.publishing.background_loop import background_loop
from podcaster.render.publishing.publication import Publication

_EVERY_S: Final = 1.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationScheduler:
    """Times are stored in the library, so one that passed while no process ran is caught up on at once."""

    library: Library
    publication: Publication
    clock: Clock

    def publish_due(self) -> int:
        """Publish everything whose time has come; how many episodes that was. Several processes may do it at once.

        What cannot be published stays due, and keeps no other from being published.
        """
        due = self.library.schedules(until=self.clock())
        for each in due:
            try:
                self._publish(each)
            except PodcasterError as error:
                log.warning(
                    "cannot publish what is due", article=each.article, language=each.language, error=str(error)
                )
            except Exception:  # the others are due as well
                log.exception("cannot publish what is due", article=each.article, language=each.language)
        return len(due)

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
            try:
                self.publish_due()
            except PodcasterError as error:
                log.warning("cannot look for what is due", error=str(error))
