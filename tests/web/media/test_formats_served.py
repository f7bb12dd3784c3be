"""AAC and Opus from the service, with jingles: what the feed says of a file is what a player gets."""

import io
from collections.abc import Iterator

import av
import pytest
from lxml import etree
from mutagen.mp4 import MP4

from support.running_service import ARTICLES, Service, running_service
from support.waiting import until

NAMESPACES = {"podcast": "https://podcastindex.org/namespace/1.0"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = {"PODCASTER_FORMATS": "mp3,m4a,opus", "PODCASTER_JINGLES": "opening,closing"}
    with running_service(tmp_path_factory.mktemp("formats") / "a folder", **settings) as made:
        yield made


@pytest.fixture(scope="module")
def item(service: Service) -> etree._Element:
    """The Spanish episode, as its feed has it."""
    body = (ARTICLES / "two-authors.txt").read_bytes()
    with service.editor() as client:
        answer = client.post("/api/articles", content=body, headers={"content-type": "text/plain"})
    state = service.finished(answer.json()["render"])
    assert state["state"] == "done", state
    with service.client() as client:
        until(lambda: b"<item>" in client.get("/feeds/es.xml").content)
        return etree.fromstring(client.get("/feeds/es.xml").content).find("channel/item")


def offers(item: etree._Element) -> list[dict[str, str]]:
    sources = item.iterfind("podcast:alternateEnclosure", NAMESPACES)
    return [{**each.attrib, **each.find("podcast:source", NAMESPACES).attrib} for each in sources]  # type: ignore[union-attr]


def test_every_offer_is_a_file_of_that_type_and_length(service: Service, item: etree._Element) -> None:
    assert [offer["type"] for offer in offers(item)] == ["audio/mp4", "audio/ogg"]
    with service.client() as client:
        for offer in offers(item):
            head, whole = client.head(offer["uri"]), client.get(offer["uri"])
            part = client.get(offer["uri"], headers={"range": "bytes=1000-1999"})
            known = client.get(offer["uri"], headers={"if-none-match": whole.headers["etag"]})
            assert head.headers["content-length"] == offer["length"] == str(len(whole.content))
            assert head.headers["content-type"] == offer["type"]
            assert "immutable" in whole.headers["cache-control"]
            assert (part.status_code, part.content) == (206, whole.content[1000:2000])
            assert known.status_code == 304


def test_every_form_lasts_as_long_as_the_mp3_file(service: Service, item: etree._Element) -> None:
    enclosure = item.find("enclosure")
    assert enclosure is not None
    lengths = []
    with service.client() as client:
        for address in (str(enclosure.get("url")), *(offer["uri"] for offer in offers(item))):
            with av.open(io.BytesIO(client.get(address).content), "r") as container:
                lengths.append(sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0)))
    assert lengths == pytest.approx([lengths[0]] * 3, abs=0.06)


def test_chapters_of_the_mp4_file_are_those_of_the_feed(service: Service, item: etree._Element) -> None:
    chapters = item.find("podcast:chapters", NAMESPACES)
    assert chapters is not None
    with service.client() as client:
        told = client.get(str(chapters.get("url"))).json()["chapters"]
        made = MP4(io.BytesIO(client.get(offers(item)[0]["uri"]).content))
    assert [each.title for each in made.chapters] == [each["title"] for each in told]
    assert [each.start for each in made.chapters] == pytest.approx([each["startTime"] for each in told], abs=0.001)


def test_words_of_the_transcript_stand_within_their_sentences(service: Service, item: etree._Element) -> None:
    (address,) = [
        str(each.get("url"))
        for each in item.iterfind("podcast:transcript", NAMESPACES)
        if each.get("type") == "application/json"
    ]
    with service.client() as client:
        segments = client.get(address).json()["segments"]
    assert segments[0]["startTime"] > 1.5  # the opening jingle
    assert sum(len(segment.get("words", ())) for segment in segments) > 50
    for segment in segments:
        words = segment.get("words", [])
        assert "".join(word["body"] for word in words).replace(" ", "") in {"", segment["body"].replace(" ", "")}
        times = [segment["startTime"], *(time for word in words for time in (word["startTime"], word["endTime"]))]
        assert times == sorted(times)
        assert times[-1] <= segment["endTime"]
