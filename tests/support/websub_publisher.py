"""A publisher with a hub: offers episodes, tells the hub."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.database import SqlLibrary
from podcaster.adapters.websub import WebSubHub
from podcaster.episode.notes import ENGLISH
from podcaster.feed.addresses import Addresses
from podcaster.feed.websub_ping import SETTLING
from podcaster.model import Episode, Show
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.websub import HubNotifier
from podcaster.units import LanguageTag
from support.examples import NOW
from support.websub_hub import HubServer

BASE = "https://podcasts.example"
SOON = SETTLING + timedelta(seconds=1)


def show(language: LanguageTag) -> Show:
    return Show(language=language, title="Reports", description="All.", base_url=BASE, author="A", email="a@b.c")


@dataclass
class Desk:
    """Somebody who publishes, and somebody who tells."""

    library: SqlLibrary
    folder: Path
    hub: HubServer
    now: datetime = NOW

    def clock(self) -> datetime:
        return self.now

    def offer(self, episode: Episode) -> None:
        blobs = open_blobs(self.folder)
        feed_publisher = FeedPublisher(
            library=self.library,
            blobs=blobs,
            shows=show,
            addresses=Addresses.served(BASE),
            clock=self.clock,
            phrases=lambda _: ENGLISH,
            hubs=[self.hub.url],
        )
        Publication(
            library=self.library, blobs=blobs, feed_publisher=feed_publisher, clock=self.clock, publish_drafts=True
        ).offer(episode)

    def tell(self, *, after: timedelta = SOON, seconds: float = 10.0) -> list[str]:
        """Notifications of the hub once so much time has passed."""
        self.now += after
        self.hub.told.clear()
        herald = HubNotifier(
            hub=self.hub.url,
            pings=self.library,
            client=WebSubHub(seconds=httpx.Timeout(seconds)),
            topic=Addresses.served(BASE).feed,
            clock=self.clock,
            chance=lambda: 0.5,
        )
        while herald.notify_due():
            pass
        return sorted(self.hub.told)

    def waits(self) -> list[float]:
        """Minutes between the times that the hub is tried, until it is left alone for two days."""
        waits, waited = [], timedelta()
        while waited < timedelta(days=2):
            step = max(timedelta(seconds=5), waited / 20)
            waited += step
            if self.tell(after=step):
                waits.append(waited.total_seconds() / 60)
                waited = timedelta()
        return waits
