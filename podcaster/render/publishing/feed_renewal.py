"""Rewrites feeds that were written under older settings, one document at a time, in the background."""

import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

import structlog

from podcaster.errors import PodcasterError
from podcaster.render.publishing.background_loop import background_loop
from podcaster.render.publishing.feed_publisher import FeedPublisher

_TOLD_EVERY: Final = 100
_RESTED: Final = 1.0
"""As long as a document took, so that who is answered meanwhile has half of the processor at least."""
_AGAIN_AFTER_S: Final = 30.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRenewal:
    """Base URL, title, cover, hubs: each document says under which it was printed, so one that was killed goes on.

    Nothing is claimed: two that print the same at the same time write the same bytes, and one of them is swapped in.
    """

    feed_publisher: FeedPublisher

    def under_way(self) -> AbstractContextManager[None]:
        """Rewrite outdated documents once, in a thread that ends with the block."""
        return background_loop(self._renew, name="renewal")

    def _renew(self, ended: threading.Event) -> None:
        while not ended.is_set():
            try:
                self.renew(ended)
            except PodcasterError as error:
                log.warning("feeds not printed anew", error=str(error))
                ended.wait(_AGAIN_AFTER_S)
            else:
                return

    def renew(self, ended: threading.Event) -> int:
        """Print what is outdated until `ended` is set; how many documents that were.

        Raises:
            StorageFailed: the library or the store fails; what was printed until then stays.
        """
        printed = 0
        for name, print_it in self.feed_publisher.outdated():
            if ended.is_set():
                break
            begun = time.monotonic()
            print_it()
            printed += 1
            if printed % _TOLD_EVERY == 0:
                log.info("feeds are printed anew", documents=printed, feed=name)
            ended.wait(_RESTED * (time.monotonic() - begun))
        if printed:
            log.info("feeds were printed anew", documents=printed, all=not ended.is_set())
        return printed
