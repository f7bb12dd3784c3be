"""A feed's date moves when something changes, never back, and not at all otherwise."""

from datetime import datetime, timedelta
from pathlib import Path

import feedparser
from lxml import etree

from podcaster.adapters.blobs import open_blobs
from podcaster.episode.notes import ENGLISH
from podcaster.feed.addresses import Addresses
from podcaster.model import Show
from podcaster.ports import BlobStore, Clock, Library
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.publication import Publication
from podcaster.units import ArticleId, LanguageTag
from support.databases import new_library
from support.examples import NOW, episode_of

ES = LanguageTag("es")


def feed_publisher_of(library: Library, blobs: BlobStore, clock: Clock) -> FeedPublisher:
    return FeedPublisher(
        library=library, blobs=blobs, addresses=Addresses.served("http://podcasts.example"), clock=clock,
        phrases=lambda _: ENGLISH,
        shows=lambda language: Show(
            language=language, title="Reports", description="All.", base_url="http://podcasts.example", author="A", email="a@b.c"
        ),
    )  # fmt: skip


def test_the_date_of_a_feed_moves_with_its_content_alone(tmp_path: Path) -> None:
    moments = [NOW]
    library, blobs = new_library(tmp_path), open_blobs(tmp_path)
    feed_publisher = feed_publisher_of(library, blobs, lambda: moments[-1])
    publication = Publication(
        library=library, blobs=blobs, feed_publisher=feed_publisher, clock=lambda: moments[-1], publish_drafts=True
    )

    def printed() -> tuple[datetime, str, int]:
        moments.append(moments[-1] + timedelta(hours=1))
        feed_publisher.update_feed(ES)
        pointer = library.feeds()["es"]
        feed = feedparser.parse(blobs.get(pointer.blob))
        assert feed.feed.updated == pointer.changed.strftime("%a, %d %b %Y %H:%M:%S +0000")
        return pointer.changed, pointer.digest, len(feed.entries)

    empty = printed()
    assert printed() == empty
    publication.offer(episode_of("one", guid="urn:one"))
    publication.offer(episode_of("two", guid="urn:two"))
    full = printed()
    assert full[0] > empty[0]
    assert printed() == full
    publication.withdraw(ArticleId("two"), ES)
    fewer = printed()
    assert (fewer[0] > full[0], fewer[2]) == (True, 1)
    assert printed() == fewer
    publication.withdraw(ArticleId("one"), ES)
    none = printed()
    assert (none[0] > fewer[0], none[2]) == (True, 0)
    assert printed() == none
    library.close()


def test_languages_recommend_one_another_from_the_first_episode_to_the_last(tmp_path: Path) -> None:
    library, blobs = new_library(tmp_path), open_blobs(tmp_path)
    feed_publisher = feed_publisher_of(library, blobs, lambda: NOW)
    publication = Publication(
        library=library, blobs=blobs, feed_publisher=feed_publisher, clock=lambda: NOW, publish_drafts=True
    )

    def recommended() -> dict[str, list[str]]:
        feeds = {name: etree.fromstring(blobs.get(pointer.blob)) for name, pointer in library.feeds().items()}
        return {
            name: [each.get("feedUrl").rpartition("/")[2] for each in feed.iterfind(".//{*}podroll/{*}remoteItem")]
            for name, feed in feeds.items()
            if "/" not in name
        }

    feed_publisher.update_feed(LanguageTag("pt"))
    for language in ("es", "en"):
        publication.offer(episode_of("one", language=language, guid=f"urn:{language}"))
    assert recommended() == {"en": ["es.xml"], "es": ["en.xml"], "pt": ["en.xml", "es.xml"]}
    publication.withdraw(ArticleId("one"), ES)
    assert recommended() == {"en": [], "es": ["en.xml"], "pt": ["en.xml"]}
    library.close()
