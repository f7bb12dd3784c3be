"""Sources that are watched, against a real HTTP server: what comes in, what is changed, what goes."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from podcaster.errors import Conflict, SourceNotFeed
from podcaster.model.changes import Action, Channel
from podcaster.settings import Settings
from podcaster.source.listing import read_listing
from podcaster.source.rules import IntakeRules
from podcaster.source.schedule import next_poll, retry_after_s
from podcaster.source.watched import PollOutcome, PollResult, WatchedSource
from podcaster.units import ArticleId
from podcaster.wiring import Container
from support import documents
from support.databases import data_folder
from support.examples import episode_of
from support.page_reader import shared_reader
from support.quick_voices import quick_voices
from support.web_server import Answer, Asked, answering

NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
WORDS = "The harbour board has voted for a second quay. The ferries are full in the morning, and the town wants more of them. "


@dataclass
class Site:
    """A publisher: pages by path, as (status, headers, body); what was asked for."""

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    """Further elements of the items, by name."""

    def report(self, name: str, title: str, text: str = WORDS * 4) -> None:
        page = f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>'
        self.pages[f"/{name}"] = (200, {"Content-Type": "text/html", "ETag": f'"{hash(page)}"'}, page.encode())

    def feed(self, *items: tuple[str, str], etag: str = '"1"', extra: str = "") -> None:
        made = "".join(
            f"<item><guid>{name}</guid><title>{title}</title><link>{self.url}/{name}</link>{self.said.get(name, '')}</item>"
            for name, title in items
        )
        body = f"<rss version='2.0'><channel><title>News</title>{made}{extra}</channel></rss>"
        self.pages["/feed"] = (200, {"Content-Type": "application/rss+xml", "ETag": etag}, body.encode())

    def fails(self, path: str, status: int, **headers: str) -> None:
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, b"no")


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    def answer(asked: Asked) -> Answer:
        status, headers, body = made.pages.get(asked.path, (404, {}, b"nothing"))
        condition = asked.headers.get("If-None-Match", "")
        made.asked.append((asked.path, condition))
        had = condition and headers.get("ETag") == condition
        return (304, headers, b"") if had else (status, headers, body)

    with answering(answer) as made.url:
        yield made


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(
        Settings(
            data=data_folder(tmp_path), voices=quick_voices(), allow_loopback=True, source_delay_s=0, languages=("en",)
        )
    )
    with shared_reader(made):
        yield made
    made.close()


def watched(container: Container, site: Site, path: str = "/feed", **options: object) -> WatchedSource:
    return container.sources.add(site.url + path, **options)  # type: ignore[arg-type]


def last(source: WatchedSource) -> PollResult:
    assert source.last is not None
    return source.last


def reports(container: Container) -> dict[str, ArticleId]:
    return {each.article.title: each.article.id for each in container.library.articles()}


def one_report_in(container: Container, site: Site) -> tuple[WatchedSource, ArticleId]:
    """A source that has been read once, and the one report that came in."""
    site.report("a", "A second quay")
    site.feed(("a", "A second quay"))
    source = watched(container, site)
    container.sources.poll(source.id)
    return source, reports(container)["A second quay"]


def test_a_new_report_comes_in_and_is_rendered_once(container: Container, site: Site) -> None:
    site.report("a", "A second quay")
    site.feed(("a", "A second quay"))
    source = watched(container, site)
    result = last(container.sources.poll(source.id))
    assert (result.outcome, result.new) == (PollOutcome.READ, 1)
    again = last(container.sources.poll(source.id))
    assert (again.outcome, again.new, again.changed) == (PollOutcome.UNCHANGED, 0, 0)
    assert len(container.library.renders(reports(container)["A second quay"])) == 1
    assert site.asked[-1] == ("/feed", '"1"'), "the second time is conditional, and no page is fetched"


def test_a_changed_report_keeps_its_id_though_its_title_changed(container: Container, site: Site) -> None:
    source, before = one_report_in(container, site)
    site.report("a", "A third quay", WORDS * 3 + "The vote is on Friday.")
    site.feed(("a", "A third quay"), etag='"2"')
    assert last(container.sources.poll(source.id)).changed == 1
    assert reports(container) == {"A third quay": before}
    assert len(container.library.renders(before)) == 2


def test_a_report_whose_page_is_gone_twice_leaves_the_feeds_and_comes_back_when_listed_anew(
    container: Container, site: Site
) -> None:
    source, name = one_report_in(container, site)
    container.library.publish(episode_of(str(name), "en"), NOW)
    site.feed(etag='"2"')
    site.fails("/a", 410)
    assert last(container.sources.poll(source.id)).withdrawn == 0
    assert container.library.episodes(article=name), "once may be a mishap"
    assert last(container.sources.poll(source.id)).withdrawn == 1
    assert not container.library.episodes(article=name)
    assert all(each.state.final for each in container.library.renders(name))
    site.report("a", "A second quay")
    site.feed(("a", "A second quay"), etag='"3"')
    container.sources.poll(source.id)
    assert not container.library.renders(name)[0].state.final


def test_a_report_that_an_editor_took_away_is_not_brought_back_by_its_source(container: Container, site: Site) -> None:
    source, name = one_report_in(container, site)
    (added,) = container.library.changes(article=name, action=Action.ARTICLE_ADDED)
    assert (added.actor.channel, added.actor.name) == (Channel.SOURCE, source.url)
    container.articles.remove(name, expected=None)
    site.report("a", "A second quay", WORDS * 3 + "The vote is on Friday.")
    site.feed(("a", "A second quay, revised"), etag='"2"')
    container.sources.poll(source.id)
    assert (reports(container), container.library.is_removed(name)) == ({}, True)
    assert len(container.library.renders(name)) == 1


def test_a_report_that_only_left_the_listing_stays(container: Container, site: Site) -> None:
    source, name = one_report_in(container, site)
    container.library.publish(episode_of(str(name), "en"), NOW)
    site.feed(etag='"2"')
    for _ in range(3):
        assert last(container.sources.poll(source.id)).withdrawn == 0
    assert container.library.episodes(article=name)


def test_an_atom_feed_takes_a_report_back(container: Container, site: Site) -> None:
    site.report("a", "A second quay")
    entry = f"<entry><id>tag:a</id><title>A second quay</title><link href='{site.url}/a'/></entry>"
    gone = (
        "<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='tag:a' when='2026-05-04T00:00:00Z'/>"
    )
    for content in (entry, gone):
        site.pages["/feed"] = (200, {}, f"<feed xmlns='http://www.w3.org/2005/Atom'>{content}</feed>".encode())
        if content is entry:
            source = watched(container, site)
            container.sources.poll(source.id)
            name = reports(container)["A second quay"]
            container.library.publish(episode_of(str(name), "en"), NOW)
    assert last(container.sources.poll(source.id)).withdrawn == 1
    assert not container.library.episodes(article=name)


def test_a_source_that_fails_is_left_alone_for_longer_and_longer(container: Container, site: Site) -> None:
    site.fails("/feed", 500)
    source = watched(container, site, interval_s=100)
    waits = []
    for failures in (1, 2, 3):
        done = container.sources.poll(source.id)
        assert (done.failures, last(done).outcome) == (failures, PollOutcome.FAILED)
        assert done.polled is not None
        waits.append((done.next_poll - done.polled).total_seconds())
    assert 180 <= waits[0] <= 220
    assert 360 <= waits[1] <= 440
    assert 720 <= waits[2] <= 880
    site.feed()
    assert container.sources.poll(source.id).failures == 0


def test_a_source_that_asks_for_time_is_given_it(container: Container, site: Site) -> None:
    site.fails("/feed", 429, Retry_After="7200")
    done = container.sources.poll(watched(container, site, interval_s=60).id)
    assert done.polled is not None
    assert done.next_poll - done.polled >= timedelta(hours=2)


def test_a_page_that_asks_for_time_stops_the_round_and_is_taken_later(container: Container, site: Site) -> None:
    site.report("b", "Fuller ferries")
    site.fails("/a", 429, Retry_After="3600")
    site.feed(("a", "A second quay"), ("b", "Fuller ferries"))
    source = watched(container, site)
    done = container.sources.poll(source.id)
    assert done.polled is not None
    assert done.next_poll - done.polled >= timedelta(hours=1)
    assert ("/b", "") not in site.asked
    site.report("a", "A second quay")
    assert last(container.sources.poll(source.id)).new == 2


def test_robots_txt_is_respected(container: Container, site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private")
    site.report("private", "A second quay")
    site.report("b", "Fuller ferries")
    site.feed(("private", "A second quay"), ("b", "Fuller ferries"))
    result = last(container.sources.poll(watched(container, site).id))
    assert (result.new, result.refused) == (1, 1)
    assert ("/private", "") not in site.asked


def test_of_a_long_archive_only_the_newest_are_taken(container: Container, site: Site) -> None:
    for number in range(4):
        site.report(f"r{number}", f"Report number {number}")
    site.feed(*((f"r{number}", f"Report number {number}") for number in range(4)))
    result = last(container.sources.poll(watched(container, site, first=2).id))
    assert (result.new, len(reports(container))) == (2, 2)


def test_a_sitemap_index_is_followed_and_limited_to_a_part_of_the_site(container: Container, site: Site) -> None:
    site.report("reports/a", "A second quay")
    site.report("about", "About the harbour")
    locations = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in ("reports/a", "about"))
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    site.pages["/one"] = (200, {}, f"<urlset {space}>{locations}</urlset>".encode())
    site.pages["/index"] = (
        200,
        {},
        f"<sitemapindex {space}><sitemap><loc>/one</loc></sitemap></sitemapindex>".encode(),
    )
    source = watched(container, site, "/index", only=f"{site.url}/reports/")
    assert last(container.sources.poll(source.id)).new == 1
    assert list(reports(container)) == ["A second quay"]


def test_a_source_is_watched_once_and_asked_by_one_at_a_time(container: Container, site: Site) -> None:
    source = watched(container, site)
    with pytest.raises(Conflict):
        watched(container, site)
    now = datetime.now(UTC)
    assert container.library.claim_source(now, now + timedelta(minutes=1)) is not None
    assert container.library.claim_source(now, now + timedelta(minutes=1)) is None
    with pytest.raises(Conflict):
        container.sources.poll(source.id)
    later = now + timedelta(minutes=2)
    assert container.library.claim_source(later, later) is not None, "who died holds it no longer"


def test_a_source_that_was_removed_is_asked_no_more_and_its_reports_stay(container: Container, site: Site) -> None:
    site.report("a", "A second quay")
    site.feed(("a", "A second quay"))
    source = watched(container, site)
    container.sources.poll(source.id)
    container.sources.remove(source.id)
    assert container.sources.poll_due() is None
    assert list(reports(container)) == ["A second quay"]


def test_whoever_works_asks_what_is_due(container: Container, site: Site) -> None:
    site.report("a", "A second quay")
    site.feed(("a", "A second quay"))
    watched(container, site)
    came = threading.Event()
    with container.polling.working():
        while not came.wait(0.05):
            if reports(container):
                came.set()
    assert list(reports(container)) == ["A second quay"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>no feed</body></html>",
        b"\xff\xfe\x00<",
        b"<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;</rss>".encode("utf-16"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(SourceNotFeed):
        read_listing(body, url="https://example.com/feed")


def test_a_hostile_feed_is_read_as_far_as_it_is_one() -> None:
    deep = b"<rss><channel>" + b"<a>" * 100_000
    addresses = b"".join(
        b"<item><link>" + each + b"</link></item>"
        for each in (b"javascript:alert(1)", b"file:///etc/passwd", b"http://[", b"//x/y")
    )
    found = read_listing(b"<rss><channel>" + addresses + b"</channel></rss>", url="https://example.com/feed")
    assert [each.url for each in found.entries] == ["https://x/y"]
    assert read_listing(deep, url="https://example.com/feed").entries == ()


@given(st.binary(max_size=2_000))
@example(b"\xa4\x80\x80\x80")
def test_no_bytes_end_in_another_error(body: bytes) -> None:
    for whole in (body, b"<rss><channel><item><link>http://a/b</link>" + body):
        try:
            read_listing(whole, url="https://example.com/feed", charset="utf-8")
        except SourceNotFeed:
            continue


def test_a_date_or_a_number_says_when_to_come_back() -> None:
    assert retry_after_s("120", NOW) == 120
    assert retry_after_s("Mon, 04 May 2026 07:30:00 GMT", NOW) == 3600
    assert retry_after_s("soon", NOW) is None


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(60, 604_800))
def test_a_source_is_asked_again_within_a_day_or_its_interval(failures: int, chance: float, interval: int) -> None:
    wait = (next_poll(NOW, interval_s=interval, failures=failures, chance=chance) - NOW).total_seconds()
    assert interval * 0.89 <= wait <= max(interval, 24 * 3600) * 1.11


def sitemap(*addresses: str, name: str = "urlset") -> bytes:
    inside = "url" if name == "urlset" else "sitemap"
    made = "".join(f"<{inside}><loc>{address}</loc></{inside}>" for address in addresses)
    return f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{made}</{name}>'.encode()


def test_a_sitemap_index_is_read_in_turns_and_through_an_index_within(site: Site, container: Container) -> None:
    for number in range(7):
        site.report(f"report-{number}", f"Report {number}", WORDS * 3 + f"This is number {number}.")
        site.pages[f"/part-{number}.xml"] = (200, {}, sitemap(f"{site.url}/report-{number}"))
    inner = sitemap(*(f"{site.url}/part-{number}.xml" for number in (5, 6)), name="sitemapindex")
    site.pages["/inner.xml"] = (200, {}, inner)
    parts = [*(f"{site.url}/part-{number}.xml" for number in range(5)), f"{site.url}/inner.xml"]
    site.pages["/index.xml"] = (200, {}, sitemap(*parts, name="sitemapindex"))
    source = watched(container, site, "/index.xml")
    new = [last(container.sources.poll(source.id)).new for _ in range(2)]
    assert sum(new) == 7


def test_a_sitemap_that_cannot_be_read_costs_no_other_and_is_named(site: Site, container: Container) -> None:
    site.report("a", "A quay")
    site.pages["/part.xml"] = (200, {}, sitemap(f"{site.url}/a"))
    site.pages["/index.xml"] = (200, {}, sitemap(f"{site.url}/gone.xml", f"{site.url}/part.xml", name="sitemapindex"))
    result = last(container.sources.poll(watched(container, site, "/index.xml").id))
    assert result.new == 1
    assert "gone.xml" in result.error


def test_a_source_that_yields_nothing_says_so(site: Site, container: Container) -> None:
    site.pages["/feed"] = (200, {}, b"<rss version='2.0'><channel><title>News</title></channel></rss>")
    assert "lists no report" in last(container.sources.poll(watched(container, site).id)).error
    site.feed(("a", "A quay"))
    site.pages["/other"] = site.pages["/feed"]
    result = last(container.sources.poll(watched(container, site, "/other", only=f"{site.url}/elsewhere/").id))
    assert "None of the 1 reports" in result.error


@pytest.mark.parametrize(
    "page", [(403, {}, b"no"), (200, {"Content-Type": "text/html"}, b"<h1>A quay</h1><div></div>")]
)
def test_the_feed_s_own_text_and_date_are_used_where_the_page_has_none(
    site: Site, container: Container, page: tuple[int, dict[str, str], bytes]
) -> None:
    site.pages["/a"] = page
    site.pages["/feed"] = (
        200, {},
        f"<rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel><title>News</title><item><title>A quay</title>"
        f"<link>{site.url}/a</link><pubDate>Thu, 02 May 2024 08:00:00 GMT</pubDate>"
        f"<c:encoded><![CDATA[<p>{WORDS * 4}</p>]]></c:encoded></item></channel></rss>".encode(),
    )  # fmt: skip
    assert last(container.sources.poll(watched(container, site).id)).new == 1
    (stored,) = container.library.articles()
    assert (stored.article.title, stored.article.published) == ("A quay", datetime(2024, 5, 2, 8, tzinfo=UTC))
    assert stored.article.body[0].text.startswith("The harbour board")


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<link>{0}/a</link>", "<a href='report.pdf'>Download</a>"),
        ("<enclosure url='{0}/report.pdf' type='application/pdf' length='1'/>", ""),
        ("<link>{0}/a</link><enclosure url='{0}/report.pdf' type='application/pdf' length='1'/>", ""),
    ],
)
def test_a_report_in_pdf_comes_in_from_an_enclosure_or_from_behind_its_page(
    site: Site, container: Container, item: str, link: str
) -> None:
    pdf = documents.one_column().pdf
    site.pages["/report.pdf"] = (200, {"Content-Type": "application/pdf"}, pdf)
    site.pages["/a"] = (
        200,
        {"Content-Type": "text/html"},
        f"<h1>Our report</h1><p>{link}</p>".encode(),
    )
    items = f"<item><title>Our report</title><guid>r-1</guid>{item.format(site.url)}</item>"
    site.pages["/feed"] = (200, {}, f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode())
    assert last(container.sources.poll(watched(container, site).id)).new == 1
    (stored,) = container.library.articles()
    assert stored.article.title == documents.TITLE


def test_rules_admit_reports_by_path_label_author_language_and_length_and_name_the_rest(
    container: Container, site: Site
) -> None:
    german = (
        "Der Hafenrat hat für einen zweiten Kai gestimmt. Die Fähren sind am Morgen voll, und die Stadt will mehr davon. "
        * 4
    )
    names = ("reports/in", "sport/path", "reports/label", "reports/author", "reports/german", "reports/short")
    for name in names:
        site.report(
            name, f"Report {name}", german if name.endswith("german") else WORDS * (1 if "short" in name else 4)
        )
    site.said = {
        "reports/in": "<category>Harbour</category>",
        "reports/label": "<category>harbour</category><category>Sport</category>",
        "reports/author": "<author>jo@example.org (Jo Hill)</author>",
    }
    site.feed(*((name, f"Report {name}") for name in names))
    rules = IntakeRules(
        only_paths=("/reports/",),
        skip_labels=("sport",),
        skip_authors=("Jo Hill",),
        only_languages=("en",),
        least_words=50,
    )
    source = watched(container, site, rules=rules)
    result = last(container.sources.poll(source.id))
    assert (result.new, result.skipped, result.refused) == (1, 5, 0)
    assert set(reports(container)) == {"Report reports/in"}
    skipped = {each.url.removeprefix(site.url): each.skipped for each in container.sources.skipped(source.id)}
    assert skipped == {
        "/sport/path": "path: /sport/path",
        "/reports/label": "label: Sport",
        "/reports/author": "author: Jo Hill",
        "/reports/german": "language: de",
        "/reports/short": "length: 23",
    }
    asked = {path for path, _ in site.asked}
    assert not asked & {"/sport/path", "/reports/label", "/reports/author"}, "judged by the listing, not fetched"


def test_changed_rules_judge_anew_what_the_old_ones_skipped_and_leave_what_is_in(
    container: Container, site: Site
) -> None:
    for name in ("a", "b"):
        site.report(name, f"Report {name}")
    site.said = {"a": "<category>Harbour</category>", "b": "<category>Sport</category>"}
    site.feed(("a", "Report a"), ("b", "Report b"))
    source = watched(container, site, rules=IntakeRules(only_labels=("Harbour",)))
    container.sources.poll(source.id)
    assert set(reports(container)) == {"Report a"}
    changed = container.sources.change_rules(source.id, IntakeRules(only_labels=("Sport",)))
    assert changed.next_poll <= datetime.now(UTC)
    assert last(container.sources.poll(source.id)).new == 1
    assert set(reports(container)) == {"Report a", "Report b"}
    assert not container.sources.skipped(source.id)
    (noted,) = container.library.changes(action=Action.SOURCE_CHANGED)
    assert (noted.subject, noted.after) == (source.url, {"rules": {"only_labels": ["Sport"]}})


def test_what_the_rules_skip_does_not_count_towards_the_first_reports(container: Container, site: Site) -> None:
    names = [f"sport/{number}" for number in range(5)] + ["reports/1", "reports/2", "reports/3"]
    for name in names:
        site.report(name, f"Report {name}")
    site.feed(*((name, f"Report {name}") for name in names))
    source = watched(container, site, rules=IntakeRules(skip_paths=("/sport/*",)), first=2)
    assert last(container.sources.poll(source.id)).new == 2
    assert set(reports(container)) == {"Report reports/1", "Report reports/2"}
