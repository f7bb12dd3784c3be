"""Transcripts are texts: sent in the coding that a client likes best, each with a tag of its own; sound never is."""

import gzip
from collections.abc import Iterator

import brotli
import httpx
import pytest
import zstandard

from support.small_service import SmallService, client, served, small_service

TEXT = "WEBVTT\n\nUna línea que se repite.\n".encode() * 300
UNPACK = {"br": brotli.decompress, "zstd": zstandard.decompress, "gzip": gzip.decompress, "identity": bytes}
NAME = "media/a-report/es/0000000000000001"
TEXTS = (".vtt", ".srt", ".json", ".html", ".chapters.json")


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("texts")) as made, served(made.services) as url:
        for ending in (*TEXTS, ".mp3", ".m4a", ".opus"):
            made.blobs.put(NAME + ending, TEXT)
        yield made, url


def asked(web: httpx.Client, method: str, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """An answer, and its body as it came."""
    with web.stream(method, path, headers={"accept-encoding": "identity", **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("coding", ["br", "zstd", "gzip", "identity"])
def test_a_text_comes_in_the_coding_that_is_liked_best(
    serving: tuple[SmallService, str], ending: str, coding: str
) -> None:
    with client(serving[1]) as web:
        path, liked = f"/{NAME}{ending}", {"accept-encoding": f"{coding}, gzip;q=0.1"}
        answer, body = asked(web, "GET", path, **liked)
        assert answer.headers.get("content-encoding", "identity") == coding
        assert UNPACK[coding](body) == TEXT
        assert (len(body) < len(TEXT) / 10) == (coding != "identity")
        assert int(answer.headers["content-length"]) == len(body)
        assert (answer.headers["vary"], answer.headers["access-control-allow-origin"]) == ("accept-encoding", "*")
        assert "immutable" in answer.headers["cache-control"]
        head, nothing = asked(web, "HEAD", path, **liked)
        assert ({**head.headers, "date": ""}, nothing) == ({**answer.headers, "date": ""}, b"")
        tags = {each: asked(web, "HEAD", path, **{"accept-encoding": each})[0].headers["etag"] for each in UNPACK}
        assert len(set(tags.values())) == 4
        for each, tag in tags.items():
            unchanged, _ = asked(web, "GET", path, **{**liked, "if-none-match": tag})
            assert unchanged.status_code == (304 if each == coding else 200)


def test_a_range_is_of_the_plain_text(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        for _ in range(3):
            answer, body = asked(web, "GET", f"/{NAME}.vtt", **{"accept-encoding": "br", "range": "bytes=8-20"})
            assert (answer.status_code, body, "content-encoding" in answer.headers) == (206, TEXT[8:21], False)
            assert answer.headers["vary"] == "accept-encoding"


def test_sound_is_never_compressed(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        for ending in (".mp3", ".m4a", ".opus"):
            answer, body = asked(web, "GET", f"/{NAME}{ending}", **{"accept-encoding": "br, zstd, gzip"})
            assert (body, "content-encoding" in answer.headers, "vary" in answer.headers) == (TEXT, False, False)


def test_a_text_that_is_not_there_is_not_there_in_any_coding(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        assert web.get("/media/another/es/0000000000000001.vtt", headers={"accept-encoding": "br"}).status_code == 404
