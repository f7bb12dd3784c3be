"""Feeds from memory: whole, never going back, and there as soon as they are published."""

import re
import threading
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from podcaster.errors import StorageFailed
from podcaster.ports import FeedPointer, Library
from support.examples import NOW
from support.small_service import SmallService, client, revision_of, served, small_service
from support.waiting import until


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made:
        made.publish()
        with served(made.services) as url:
            yield made, url


def put_feed(made: SmallService, generation: int) -> None:
    """A feed of which every part says which one it is."""
    xml = f"<rss>{f'[{generation}]' * 20_000}</rss>".encode()
    digest = sha256(xml).hexdigest()
    made.blobs.put(f"feeds/eu/{digest}.xml", xml)
    made.library.swap_feed(
        FeedPointer(name="eu", blob=f"feeds/eu/{digest}.xml", digest=digest, generation=generation, changed=NOW)
    )


def test_a_feed_that_is_republished_all_the_while_is_never_torn_and_never_goes_back(
    serving: tuple[SmallService, str],
) -> None:
    made, url = serving
    put_feed(made, 1)
    ended = threading.Event()

    def publish() -> None:
        for generation in range(2, 40):
            put_feed(made, generation)
        ended.set()

    publisher = threading.Thread(target=publish)
    publisher.start()
    seen: list[int] = []
    with client(url) as web:
        while not ended.is_set() or seen[-1] < 39:
            answer = web.get("/feeds/eu.xml")
            found = set(re.findall(r"\[(\d+)\]", answer.text))
            assert len(found) == 1
            assert answer.text == f"<rss>{f'[{next(iter(found))}]' * 20_000}</rss>"
            seen.append(int(found.pop()))
    publisher.join()
    assert seen == sorted(seen)


def test_a_feed_is_there_the_moment_after_its_first_episode(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url) as web:
        for language in ("ca", "gl", "pt"):
            made.publish(language=language, guid=f"urn:{language}")
            answer = web.get(f"/feeds/{language}.xml")
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")


def test_a_feed_that_cannot_be_read_stops_no_other(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.library.swap_feed(FeedPointer(name="xx", blob="feeds/xx/lost.xml", digest="0" * 64, generation=9, changed=NOW))
    made.publish(language="ca", guid="urn:ca")
    with client(url) as web:
        assert web.get("/feeds/ca.xml").status_code == 200
        assert web.get("/feeds/xx.xml").status_code == 404


def test_while_the_library_is_away_listeners_get_what_was_there(tmp_path: Path) -> None:
    class Away:
        """A library that goes away when it is told to."""

        def __init__(self, library: Library) -> None:
            self.library = library
            self.away = False
            self.asked = threading.Event()

        def __getattr__(self, name: str) -> object:
            return getattr(self.library, name)

        def feeds(self) -> Mapping[str, FeedPointer]:
            if self.away:
                self.asked.set()
                raise StorageFailed("The database is locked.", "Wait.")
            return self.library.feeds()

    with small_service(tmp_path) as made:
        made.publish()
        library = Away(made.library)
        services = made.services.__class__(
            **{name: getattr(made.services, name) for name in made.services.__slots__} | {"library": library}
        )
        with served(services) as url, client(url) as web:
            before = web.get("/feeds/es.xml").content
            library.away = True
            assert library.asked.wait(20)
            assert web.get("/feeds/es.xml").content == before
            unknown = web.get("/feeds/eu.xml")
            assert (unknown.status_code, unknown.headers["retry-after"]) == (503, "5")
            library.away = False
            made.publish(language="eu", guid="urn:eu")
            for _ in range(200):
                if web.get("/feeds/eu.xml").status_code == 200:
                    break
            else:
                pytest.fail("it did not come back")


def test_every_form_of_a_feed_has_its_own_tag_and_answers_to_no_other(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        tags = {}
        for coding in ("identity", "gzip", "br", "zstd"):
            head = web.head("/feeds/es.xml", headers={"accept-encoding": coding})
            tags[coding] = head.headers["etag"]
            assert int(head.headers["content-length"]) > 100
        assert len(set(tags.values())) == 4
        for coding in tags:
            for other, tag in tags.items():
                answer = web.head(
                    "/feeds/es.xml", headers={"accept-encoding": coding, "if-none-match": f'"x", W/{tag}'}
                )
                assert answer.status_code == (304 if coding == other else 200)
                assert answer.headers["vary"] == "accept-encoding"


def test_opml_lists_the_feeds_and_is_asked_for_conditionally(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        first = web.get("/feeds.opml")
        again = web.get("/feeds.opml", headers={"if-none-match": first.headers["etag"]})
        dated = web.get("/feeds.opml", headers={"if-modified-since": first.headers["last-modified"]})
    assert 'xmlUrl="http://podcasts.example/feeds/es.xml"' in first.text
    assert (again.status_code, dated.status_code) == (304, 304)
    assert again.content == b""


def test_a_language_without_an_episode_has_a_feed_that_is_announced_nowhere(serving: tuple[SmallService, str]) -> None:
    """It may be one that cannot be made here."""
    made, _ = serving
    put_feed(made, 1)
    with served(made.services) as url, client(url) as web:
        assert web.get("/feeds/eu.xml").status_code == 200
        listed, home = web.get("/feeds.opml").text, web.get("/").text
    assert re.findall(r"/feeds/(\w+)\.xml", listed) == ["es"]
    assert set(re.findall(r"/feeds/(\w+)\.xml", home)) == {"es"}


@pytest.mark.parametrize("path", ["/feeds/", "/feeds", "/feedsx", "/feeds/es", "/feeds/es.xml/", "/feeds/../es.xml"])
def test_no_other_address_is_a_feed(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as web:
        assert web.get(path).status_code == 404


def test_a_new_revision_is_in_the_feed_within_a_moment(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish(revision=revision_of(5))
    with client(url) as web:
        until(lambda: str(revision_of(5)) in web.get("/feeds/es.xml").text)
