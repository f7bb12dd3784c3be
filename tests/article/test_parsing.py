"""The door: what is refused, with which words, and what never gets in."""

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.dates import parse_date
from podcaster.article.parsing import read_article
from podcaster.article.serialisation import from_record, to_record
from podcaster.article.text import clean, one_line
from podcaster.article.topics import topics_of
from podcaster.errors import (
    AddressRefused,
    NoArticleFound,
    PodcasterError,
    SourceEmpty,
    SourceNotText,
    SourceTooLarge,
    SourceUnreachable,
)

PAGES = TrafilaturaReader()
REPORT = (
    b"A title\n\nBY Ann Other\n\nThis is the text of a report, long enough to be taken for one by whoever reads it.\n"
)


@given(st.text())
def test_clean_text_always_goes_into_xml_and_is_clean_already(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("title")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text in {cleaned, None if cleaned == "" else cleaned}
    assert clean(cleaned) == cleaned
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", SourceEmpty),
        (b" \n\t\n", SourceEmpty),
        (b"%PDF-1.7 ...", SourceNotText),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), SourceNotText),
        (bytes(range(256)) * 40, SourceNotText),
        (b"x" * 30_000_000, SourceTooLarge),
        (b"Only a title", NoArticleFound),
        (b"<html><body><p>Hi</p></body></html>", NoArticleFound),
        (b"<html>" + b"<div>" * 50_000 + b"deep" + b"</div>" * 50_000, NoArticleFound),
    ],
    ids=["empty", "blank", "pdf", "png", "bytes", "30 MB", "title alone", "tiny page", "deep page"],
)
def test_bad_input_is_refused_in_one_line_with_a_remedy(body: bytes, error: type[PodcasterError]) -> None:
    with pytest.raises(error) as refused:
        read_article(body, pages=PAGES, name="report")
    assert "\n" not in str(refused.value)
    assert refused.value.remedy.endswith(".")


def test_the_same_report_has_the_same_id_however_often_it_comes() -> None:
    first, second = (read_article(REPORT, pages=PAGES) for _ in range(2))
    assert first.id == second.id
    assert first.id.startswith("a-title-")
    assert from_record(to_record(first)) == first


def test_one_long_text_node_does_not_empty_a_page() -> None:
    page = (
        b"<html><head><title>Long</title></head><body><article><p>"
        + b"A sentence of the report. " * 60_000
        + b"</p></article></body></html>"
    )
    article = read_article(page, pages=PAGES)
    assert sum(len(block.text) for block in article.body) > 1_000_000


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("US/CHINA: Will it hold?", ("US", "China")),
        ("SOUTH KOREA: A vote", ("South Korea",)),
        ("EU: A tariff", ("EU",)),
        ("What next: a guess", ()),
        ("Germany: The bill", ("Germany",)),
    ],
)
def test_topics_stand_before_the_colon(title: str, topics: tuple[str, ...]) -> None:
    assert topics_of(title) == topics


@pytest.mark.parametrize(
    "text",
    ["March 4, 2026", "4 March 2026", "4 de marzo de 2026", "2026-03-04", "Wednesday, March 4, 2026", "2026年3月4日"],
)
def test_days_are_understood_as_people_write_them(text: str) -> None:
    assert parse_date(text) == datetime(2026, 3, 4, tzinfo=UTC)


class Pages(http.server.BaseHTTPRequestHandler):
    """A site of our own."""

    def do_GET(self) -> None:
        if self.path == "/report":
            self.answer(200, REPORT)
        elif self.path == "/big":
            self.answer(200, b"x" * 200_000)
        elif self.path == "/away":
            self.answer(302, b"", ("Location", "http://169.254.169.254/latest/meta-data/"))
        elif self.path == "/round":
            self.answer(302, b"", ("Location", "/round"))
        else:
            self.answer(404, b"")

    def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (
            *headers,
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_where_loopback_is_allowed(site: str) -> None:
    fetched = GuardedFetcher(allow_loopback=True).get(f"{site}/report", limit_bytes=10_000)
    assert fetched.body == REPORT
    assert (fetched.content_type, fetched.charset) == ("text/plain", "utf-8")


def test_loopback_is_not_fetched_unless_it_is_allowed(site: str) -> None:
    with pytest.raises(AddressRefused, match="PODCASTER_ALLOW_LOOPBACK"):
        GuardedFetcher().get(f"{site}/report", limit_bytes=10_000)


def test_a_redirect_to_the_metadata_service_is_refused(site: str) -> None:
    with pytest.raises(AddressRefused):
        GuardedFetcher(allow_loopback=True).get(f"{site}/away", limit_bytes=10_000)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://user:password@127.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http:///nowhere",
        "gopher://127.0.0.1/",
    ],
)
def test_no_spelling_of_a_private_address_is_fetched(url: str) -> None:
    with pytest.raises(AddressRefused):
        GuardedFetcher().get(url, limit_bytes=10_000)


@pytest.mark.parametrize(
    ("path", "error"), [("/big", SourceTooLarge), ("/none", SourceUnreachable), ("/round", SourceUnreachable)]
)
def test_what_cannot_be_taken_says_why(site: str, path: str, error: type[PodcasterError]) -> None:
    with pytest.raises(error):
        GuardedFetcher(allow_loopback=True).get(site + path, limit_bytes=100_000)
