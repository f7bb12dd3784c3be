"""Every feed of the demo and what it leads to, read by programs of others, which agree with one another."""

import io
import itertools
import json
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import feedparser
import httpx
import podcastparser
import pytest
import webvtt
from jsonschema import Draft202012Validator
from lxml import etree
from PIL import Image

from support.paths import TESTS
from support.running_service import running_service

pytestmark = pytest.mark.timeout(300)
LANGUAGES = ("en", "es", "pt-BR")
TYPES = {".md": "text/markdown", ".html": "text/html", ".txt": "text/plain"}
LEAST, MOST = 1400, 3000
"""Least length of a cover's side, in pixels."""


@dataclass(frozen=True)
class Demo:
    """The demo's service, and all its feeds by their addresses."""

    url: str
    feeds: dict[str, bytes]

    def get(self, address: str) -> httpx.Response:
        assert address.startswith(f"{self.url}/"), address
        with httpx.Client(trust_env=False, timeout=60) as client:
            answer = client.get(address)
        assert answer.status_code == 200, address
        return answer

    def offered(self, ending: str) -> list[str]:
        """The addresses of all episodes' files of a kind."""
        found = {
            str(address)
            for feed in self.feeds.values()
            for address in etree.fromstring(feed).xpath(
                "//*[local-name()='transcript' or local-name()='chapters']/@url"
            )
        }
        wanted = sorted(
            each for each in found if each.endswith(ending) and each.count(".", each.rfind("/")) == ending.count(".")
        )
        assert len(wanted) >= len(LANGUAGES)
        return wanted


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("judges") / "a folder"
    with running_service(folder, PODCASTER_LANGUAGES=",".join(LANGUAGES)) as service, service.editor() as client:
        renders = []
        for sample in sorted((TESTS.parent / "samples").iterdir()):
            if sample.suffix in TYPES:
                headers = {"content-type": TYPES[sample.suffix]}
                renders.append(
                    client.post("/api/articles", content=sample.read_bytes(), headers=headers).json()["render"]
                )
        for render in renders:
            assert service.finished(render)["state"] == "done"
        listed = etree.fromstring(client.get("/feeds.opml").content).xpath("//outline/@xmlUrl")
        yield Demo(service.url, {str(address): client.get(str(address)).content for address in listed})


def read(address: str, feed: bytes) -> tuple[Any, dict[str, Any]]:
    """By feedparser and by podcastparser."""
    found = feedparser.parse(feed)
    assert not found.bozo, (address, found.get("bozo_exception"))
    return found, podcastparser.parse(address, io.BytesIO(feed))


def test_two_readers_agree_on_every_feed(demo: Demo) -> None:
    kinds = {"/by/" in address: address for address in demo.feeds}
    assert (len(kinds), len(demo.feeds) > 5 * len(LANGUAGES)) == (2, True)
    for address, feed in demo.feeds.items():
        one, other = read(address, feed)
        assert (one.feed.title, one.feed.link, one.feed.language) == (other["title"], other["link"], other["language"])
        assert one.feed.image.href == other["cover_url"]
        assert [each.href for each in one.feed.links if each.rel == "self"] == [address]
        assert len(one.entries) == len(other["episodes"]) > 0, address
        newest_first = sorted(other["episodes"], key=lambda each: -int(each["published"]))
        for entry, episode in zip(one.entries, newest_first, strict=True):
            [enclosure], [same] = entry.enclosures, episode["enclosures"]
            assert (entry.id, entry.title, entry.link) == (episode["guid"], episode["title"], episode["link"])
            assert (enclosure.href, int(enclosure.length)) == (same["url"], same["file_size"])
            assert enclosure.type == same["mime_type"] == "audio/mpeg"
            assert timegm(entry.published_parsed) == episode["published"]
            assert int(entry.itunes_duration) == episode["total_time"] > 0


def test_no_two_episodes_of_a_feed_share_an_address_or_a_guid(demo: Demo) -> None:
    """Apple ignores the second one."""
    for address, feed in demo.feeds.items():
        document = etree.fromstring(feed)
        for values in (document.xpath("//enclosure/@url"), document.xpath("//item/guid/text()")):
            assert len(values) == len(set(values)), address


def test_every_address_in_a_feed_is_ascii_and_leads_to_what_it_says(demo: Demo) -> None:
    for feed in demo.feeds.values():
        addresses = etree.fromstring(feed).xpath("//@url | //@href | //@uri | //link/text()")
        assert addresses
        assert all(str(each).isascii() and " " not in str(each) for each in addresses)
    for feed in [each for address, each in demo.feeds.items() if urlsplit(address).path.count("/") == 2]:
        for address in etree.fromstring(feed).xpath("//item/link/text()"):
            assert demo.get(str(address)).headers["content-type"].startswith("text/html")


def test_every_cover_is_a_picture_that_directories_take(demo: Demo) -> None:
    pictures = "//channel/*[local-name()='image']/@href | //item/*[local-name()='image'][not(@purpose='social')]/@href"
    covers = {str(address) for feed in demo.feeds.values() for address in etree.fromstring(feed).xpath(pictures)}
    assert covers > {f"{demo.url}/covers/{language}.jpg" for language in LANGUAGES}
    assert all(re.fullmatch(rf"{demo.url}/covers/[\w-]+(/[a-z0-9-]+)?\.jpg", cover) for cover in covers)
    for cover in covers:
        answer = demo.get(cover)
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB")
            assert picture.width == picture.height
            assert LEAST <= picture.width <= MOST
        head = httpx.head(cover, trust_env=False)
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(answer.content)))


@pytest.mark.parametrize(("ending", "schema"), [(".json", "transcript"), (".chapters.json", "chapters")])
def test_every_json_file_is_as_the_namespace_has_it(demo: Demo, ending: str, schema: str) -> None:
    judge = Draft202012Validator(json.loads((TESTS / "schemas" / f"{schema}.json").read_text()))
    judge.check_schema(judge.schema)
    for address in demo.offered(ending):
        document = demo.get(address).json()
        assert [error.message for error in judge.iter_errors(document)] == [], address
        parts = document["segments" if schema == "transcript" else "chapters"]
        assert all(part["startTime"] < part["endTime"] for part in parts)
        assert all(one["endTime"] <= other["startTime"] for one, other in itertools.pairwise(parts))
    assert not judge.is_valid({"version": "1.0.0", "segments": [{"body": "no time"}], "chapters": [{"title": "none"}]})


def test_every_caption_is_read_by_a_parser_and_says_what_the_transcript_says(demo: Demo) -> None:
    for address in demo.offered(".vtt"):
        answer = demo.get(address)
        assert answer.headers["content-type"].startswith("text/vtt")
        vtt = webvtt.from_buffer(io.BytesIO(answer.content))
        srt = webvtt.from_buffer(io.BytesIO(demo.get(address.replace(".vtt", ".srt")).content), "srt")
        said = [segment["body"] for segment in demo.get(address.replace(".vtt", ".json")).json()["segments"]]
        for captions in (vtt, srt):
            assert " ".join(" ".join(caption.text.split()) for caption in captions) == " ".join(" ".join(said).split())
        assert [(each.start, each.end) for each in vtt] == [(each.start, each.end) for each in srt]
