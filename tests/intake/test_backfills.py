"""An archive that is taken in beside the day's work, over a real queue: bounded, pausable, and none lost or made twice."""

import gzip
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.errors import AddressRefused, BackfillUnknown, Conflict, SourceEmpty
from podcaster.model import RenderState
from podcaster.model.changes import Action, Actor, Channel
from podcaster.ports import ArchiveFile, Submission
from podcaster.source.archive import Backfill, BackfillProgress, BackfillState, ItemState, Tally, progress_of
from podcaster.wiring import Container
from support import documents
from support.examples import NOW
from support.paths import SUPPORT, TESTS
from support.quick_container import Made, quick_container
from support.waiting import PATIENCE_S, until
from support.web_server import Answer, Asked, answering

WORKER = SUPPORT / "backfill_worker.py"


@dataclass
class Archive:
    """A publisher with an archive of so many reports, behind a sitemap index."""

    count: int
    url: str = ""
    broken: dict[str, int] = field(default_factory=dict)
    """Statuses by path."""
    pages: dict[str, bytes] = field(default_factory=dict)
    """Others, by path and query."""
    headers: dict[str, str] = field(default_factory=dict)
    """That go with them."""
    asked: list[str] = field(default_factory=list)
    held: int = 0
    """Requests that are under way, and that were at most."""
    most: int = 0

    def feed(self, numbers: Iterable[int], inside: str = "") -> bytes:
        """RSS with these reports, and what else stands in its channel."""
        items = "".join(f"<item><link>{self.url}/reports/{number}</link></item>" for number in numbers)
        return f"<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel>{inside}{items}</channel></rss>".encode()

    def body(self, path: str) -> bytes | None:
        if path in self.pages:
            return self.pages[path]
        if path == "/sitemap.xml":
            parts = "".join(f"<sitemap><loc>{self.url}/part{part}.xml</loc></sitemap>" for part in range(2))
            return f"<sitemapindex>{parts}</sitemapindex>".encode()
        if path.startswith("/part"):
            numbers = range(int(path[5]), self.count, 2)
            pages = "".join(f"<url><loc>{self.url}/reports/{number}</loc></url>" for number in numbers)
            return f"<urlset>{pages}<url><loc>{self.url}/about</loc></url></urlset>".encode()
        if path.startswith("/reports/"):
            title = f"Harbour report {path.rpartition('/')[2]}"
            text = f"The ferries of {title} are full in the morning, and the town wants more of them. " * 3
            head = f'<html lang="en"><head><title>{title}</title></head><body><article>'
            return f"{head}<h1>{title}</h1><p>{text}</p></article></body></html>".encode()
        return None


@pytest.fixture
def archive() -> Iterator[Archive]:
    with archive_of(12) as made:
        yield made


@contextmanager
def archive_of(count: int) -> Iterator[Archive]:
    made, lock = Archive(count), threading.Lock()

    def answer(asked: Asked) -> Answer:
        with lock:
            made.asked.append(asked.path)
            made.held += 1
            made.most = max(made.most, made.held)
        body = made.body(asked.path)
        status = made.broken.get(asked.path, 404 if body is None else 200)
        body = b"no" if status != 200 or body is None else body
        with lock:
            made.held -= 1
        kind = "text/html" if b"<html" in body else "application/xml"
        return status, {"Content-Type": kind, **(made.headers if status != 200 else {})}, body

    with answering(answer) as made.url:
        yield made


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def container(tmp_path: Path, made: Made) -> Iterator[Container]:
    with quick_container(tmp_path, "en", made=made, workers=2, backfill_renders=4) as container:
        yield container


def working(container: Container) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(container.queue.working())
    stack.enter_context(container.polling.working())
    return stack


def over(container: Container, backfill: str) -> BackfillProgress:
    until(lambda: container.backfills.progress(backfill).backfill.state.final)
    return container.backfills.progress(backfill)


def report_of(title: str) -> bytes:
    text = f"The ferries of {title} are full in the morning, and the town wants more of them."
    return f"# {title}\n\n{text}\n\nA vote is planned for the autumn of the next year.\n".encode()


def titles(container: Container) -> list[str]:
    return [each.article.title for each in container.library.articles(limit=200)]


def test_a_page_that_is_there_to_link_to_a_pdf_gives_the_report_in_it(container: Container, archive: Archive) -> None:
    archive.pages["/cape"] = b"<html><body><h1>The lighthouse</h1><a href='/cape.pdf'>Download</a></body></html>"
    archive.pages["/cape.pdf"] = documents.one_column().pdf
    handed_in = container.read(Submission(url=f"{archive.url}/cape", name=f"{archive.url}/cape"))
    assert (handed_in.title, handed_in.url) == (documents.TITLE, f"{archive.url}/cape")
    with working(container):
        done = over(container, container.backfills.add(urls=[f"{archive.url}/cape"], name="The cape").id)
    assert done.tally.reports == {ItemState.DONE: 1}
    assert titles(container) == [documents.TITLE]


def renders(container: Container) -> list[str]:
    return [
        one.state
        for each in container.library.articles(limit=200)
        for one in container.library.renders(each.article.id)
    ]


def test_a_whole_archive_is_taken_in_each_report_once_and_one_request_at_a_time(
    container: Container, archive: Archive
) -> None:
    added = container.backfills.add(listing=f"{archive.url}/sitemap.xml", only=f"{archive.url}/reports/")
    with working(container):
        done = over(container, added.id)
    assert done.backfill.state is BackfillState.DONE
    assert (done.tally.total, done.tally.reports) == (12, {ItemState.DONE: 12})
    assert sorted(titles(container)) == sorted(f"Harbour report {number}" for number in range(12))
    assert renders(container) == [RenderState.DONE] * 12
    assert not any(
        render.urgent for each in container.library.articles() for render in container.library.renders(each.article.id)
    )
    assert len(container.library.episodes(limit=100)) == 12
    came = [each for each in container.library.changes(limit=200) if each.action is Action.ARTICLE_ADDED]
    assert {each.actor for each in came} == {Actor(name=added.name, channel=Channel.BACKFILL)}
    assert archive.most == 1
    assert archive.asked.count("/robots.txt") == 1
    assert "/about" not in archive.asked


def taken_in(container: Container, listing: str, **options: str) -> BackfillProgress:
    """An archive's back-fill, once it has ended."""
    with working(container):
        return over(container, container.backfills.add(listing=listing, **options).id)


def test_an_archived_feed_is_followed_from_page_to_page(container: Container, archive: Archive) -> None:
    """RFC 5005: what people subscribe to has the newest, and leads to the older ones; a circle ends."""
    archive.pages |= {
        "/feed": archive.feed([9, 8], "<atom:link rel='next' href='/no'/><atom:link rel='prev-archive' href='/2'/>"),
        "/2": archive.feed([7, 6], "<atom:link rel='prev-archive' href='1'/>"),
        "/1": archive.feed([5, 4], "<atom:link rel='next' href='/2'/>"),
    }
    done = taken_in(container, f"{archive.url}/feed")
    assert sorted(titles(container)) == [f"Harbour report {number}" for number in range(4, 10)]
    assert (done.backfill.state, done.tally.reports) == (BackfillState.DONE, {ItemState.DONE: 6})
    assert [archive.asked.count(page) for page in ("/feed", "/2", "/1", "/no")] == [1, 2, 1, 0]


def test_an_atom_feed_in_pages_is_followed_too(container: Container, archive: Archive) -> None:
    def page(number: int, more: str) -> bytes:
        entry = f"<entry><id>{number}</id><link href='{archive.url}/reports/{number}'/></entry>"
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='/x'/>{more}{entry}</feed>".encode()

    archive.pages |= {"/atom": page(1, "<link rel='next' href='?page=2'/>"), "/atom?page=2": page(2, "")}
    assert taken_in(container, f"{archive.url}/atom").tally.reports == {ItemState.DONE: 2}


def test_a_feed_of_wordpress_is_followed_to_its_last_page(container: Container, archive: Archive) -> None:
    """Its feeds do not say that there are more pages; behind the last one it answers with 404."""
    made_by = "<generator>https://wordpress.org/?v=6.8</generator>"
    archive.pages |= {
        "/feed/?x=1": archive.feed([5, 4], made_by),
        "/feed/?x=1&paged=2": archive.feed([3, 2], made_by),
        "/feed/?x=1&paged=3": archive.feed([1], made_by),
    }
    done = taken_in(container, f"{archive.url}/feed/?x=1")
    assert done.tally.reports == {ItemState.DONE: 5}
    assert "/feed/?x=1&paged=4" in archive.asked
    assert container.backfills.items(done.backfill.id, ItemState.FAILED) == []


def test_a_feed_that_says_the_same_on_every_page_has_one(container: Container, archive: Archive) -> None:
    """Pages that a cache made one, and reports that `only` leaves aside, lead nowhere for ever."""
    same = archive.feed([5, 4], "<generator>https://wordpress.org/?v=6.8</generator>")
    archive.pages |= {"/feed": same, **{f"/feed?paged={page}": same for page in range(2, 9)}}
    done = taken_in(container, f"{archive.url}/feed", only=f"{archive.url}/reports/5")
    assert done.tally.reports == {ItemState.DONE: 1}
    assert "/feed?paged=3" not in archive.asked


def test_an_archive_without_an_end_is_followed_so_far_and_no_further(container: Container, archive: Archive) -> None:
    for page in range(1, 9):
        archive.pages[f"/feed{page}"] = archive.feed([page], f"<atom:link rel='next' href='/feed{page + 1}'/>")
    bounded = replace(container.backfills, most_listings=3)
    added = bounded.add(listing=f"{archive.url}/feed1")
    while bounded.move_on() or bounded.progress(added.id).tally.listings:
        pass
    assert [page for page in archive.asked if "feed" in page] == ["/feed1", "/feed2", "/feed3"]
    (failed,) = bounded.items(added.id, ItemState.FAILED)
    assert (failed.name, failed.error) == (
        f"{archive.url}/feed3",
        "The archive has more feeds and sitemaps than 3; what this one leads to is left aside.",
    )


def test_a_sitemap_may_be_compressed(container: Container, archive: Archive) -> None:
    """sitemaps.org allows files that are gzip themselves, whatever the connection does."""
    found = "".join(f"<url><loc>{archive.url}/reports/{number}</loc></url>" for number in (1, 2))
    archive.pages["/sitemap.xml.gz"] = gzip.compress(f"<urlset>{found}</urlset>".encode())
    archive.pages["/bomb.xml.gz"] = gzip.compress(b" " * 20_000_000 + b"<urlset/>")
    assert taken_in(container, f"{archive.url}/sitemap.xml.gz").tally.reports == {ItemState.DONE: 2}
    (failed,) = container.backfills.items(
        taken_in(container, f"{archive.url}/bomb.xml.gz").backfill.id, ItemState.FAILED
    )
    assert "more than 10,000,000 bytes" in failed.error


def test_few_renders_are_in_the_queue_at_a_time(tmp_path: Path) -> None:
    """The others wait in a table, and neither the queue nor the memory knows of them."""
    made = Made()
    counted: list[int] = []
    with (
        archive_of(1_000) as archive,
        quick_container(tmp_path, "en", made=made, workers=2, backfill_renders=4) as container,
    ):
        made.act = lambda _: counted.append(len(container.library.unfinished_renders()))
        added = container.backfills.add(listing=f"{archive.url}/sitemap.xml", only=f"{archive.url}/reports/")
        with container.queue.working():
            with container.polling.working():
                until(lambda: container.backfills.progress(added.id).tally.reports.get(ItemState.DONE, 0) >= 12)
                assert container.backfills.progress(added.id).tally.total == 1_000
                paused = container.backfills.pause(added.id)
                assert (paused.backfill.state, paused.expected_end) == (BackfillState.PAUSED, None)
            # The rounds have ended, and with them the report that was being read.
            until(lambda: not container.library.unfinished_renders())
            container.backfills.move_on()
            had = len(archive.asked)
            stood = container.backfills.progress(added.id)
            assert not container.backfills.move_on()
            assert container.backfills.progress(added.id) == stood
            assert len(archive.asked) == had
        with working(container):
            container.backfills.resume(added.id)
            until(
                lambda: (
                    container.backfills.progress(added.id).tally.reports[ItemState.DONE]
                    > stood.tally.reports[ItemState.DONE]
                )
            )
            cancelled = container.backfills.cancel(added.id)
            until(lambda: not container.library.unfinished_renders())
        assert 0 < max(counted) <= 4
        assert cancelled.backfill.state is BackfillState.CANCELLED
        assert container.backfills.progress(added.id).tally.left == 0
        for what in (container.backfills.pause, container.backfills.resume):
            with pytest.raises(Conflict, match="is cancelled"):
                what(added.id)


def test_what_fails_is_named_and_stops_nothing(container: Container, archive: Archive, made: Made) -> None:
    archive.broken = {"/reports/1": 410, "/reports/3": 500}

    def mute(line: str) -> None:
        if "report 5" in line:
            raise ZeroDivisionError

    made.act = mute
    added = container.backfills.add(listing=f"{archive.url}/sitemap.xml")
    with working(container):
        done = over(container, added.id)
    assert done.backfill.state is BackfillState.DONE
    failed = {
        each.name.rpartition("/")[2]: each.error for each in container.backfills.items(added.id, ItemState.FAILED)
    }
    assert set(failed) == {"1", "3", "5", "about"}
    assert "410" in failed["1"]
    assert "500" in failed["3"]
    assert failed["5"].startswith("en: failed: An unforeseen error")
    assert archive.asked.count("/reports/3") == 5
    assert done.tally.reports == {ItemState.DONE: 9, ItemState.FAILED: 4}


def test_files_come_in_too_the_same_bytes_once_and_are_not_kept(container: Container) -> None:
    bodies = [report_of(f"Harbour {number}") for number in (1, 2, 1)]
    files = [ArchiveFile(name=f"{place}.md", body=body) for place, body in enumerate(bodies)]
    added = container.backfills.add(files=files, name="the nineties")
    assert len(list(container.blobs.names("backfills/"))) == 2
    with working(container):
        done = over(container, added.id)
    assert (done.backfill.name, done.tally.reports) == ("the nineties", {ItemState.DONE: 2})
    assert sorted(titles(container)) == ["Harbour 1", "Harbour 2"]
    assert list(container.blobs.names("backfills/")) == []


def test_the_same_archive_again_makes_nothing_again(container: Container, archive: Archive) -> None:
    with working(container):
        for _ in range(2):
            done = over(
                container, container.backfills.add(urls=[f"{archive.url}/reports/{number}" for number in (1, 2, 1)]).id
            )
            assert done.tally.reports == {ItemState.DONE: 2}
    assert renders(container) == [RenderState.DONE] * 2


def test_a_host_that_asks_to_be_left_alone_is(container: Container, archive: Archive) -> None:
    archive.broken, archive.headers = {"/reports/1": 429}, {"Retry-After": "3600"}
    added = container.backfills.add(urls=[f"{archive.url}/reports/1", f"{archive.url}/reports/2"])
    with working(container):
        until(lambda: bool(container.backfills.progress(added.id).backfill.said))
    assert not container.backfills.move_on()
    held = container.backfills.progress(added.id).backfill
    assert held.not_before - held.added > timedelta(minutes=59)
    assert archive.asked == ["/robots.txt", "/reports/1"]


def test_an_editor_who_wants_a_report_of_it_now_does_not_wait_for_it(container: Container) -> None:
    body = report_of("Harbour")
    added = container.backfills.add(files=[ArchiveFile(name="a.md", body=body)])
    assert container.backfills.move_on()
    assert [each.urgent for each in container.library.unfinished_renders()] == [False]
    urgent = container.newsroom.submit(Submission(body=body, name="a.md"))
    assert [each.id for each in container.library.unfinished_renders()] == [urgent.id]
    with working(container):
        assert over(container, added.id).tally.reports == {ItemState.DONE: 1}


def test_a_worker_ends_without_waiting_for_an_urgent_render_that_goes_before_it(
    container: Container, archive: Archive, made: Made
) -> None:
    begun, goes_on = threading.Event(), threading.Event()
    made.act = lambda _: (begun.set(), goes_on.wait(PATIENCE_S))
    container.backfills.add(listing=f"{archive.url}/sitemap.xml")
    with container.queue.working():
        urgent = container.newsroom.submit(Submission(body=report_of("Harbour"), name="a.md"))
        assert begun.wait(PATIENCE_S)
        assert not container.backfills.move_on()
        assert archive.asked == []
        with container.polling.working():
            pass
        assert container.library.render(urgent.id).state is RenderState.RUNNING
        goes_on.set()


def test_what_is_no_archive_is_refused(container: Container) -> None:
    for address in ("ftp://example.com/feed", "https://", "https://[Efd06::27:2]/", "https://[half/"):
        with pytest.raises(AddressRefused):
            container.backfills.add(listing=address)
    with pytest.raises(SourceEmpty):
        container.backfills.add()
    with pytest.raises(BackfillUnknown):
        container.backfills.progress("none")
    with pytest.raises(BackfillUnknown):
        container.backfills.cancel("none")


def test_rate_and_end_are_those_of_late_and_since_it_was_resumed() -> None:
    backfill = Backfill(id="b", name="b", added=NOW, since=NOW, not_before=NOW)
    tally = Tally(listings=0, reports={ItemState.WAITING: 40, ItemState.DONE: 30, ItemState.RENDERING: 2}, recent=20)
    now = progress_of(backfill, tally, NOW + timedelta(minutes=5))
    assert (now.rate_per_minute, now.expected_end) == (4, NOW + timedelta(minutes=5 + 42 / 4))
    later = progress_of(backfill, tally, NOW + timedelta(days=1))
    assert later.rate_per_minute == 2
    assert progress_of(backfill, tally, NOW).rate_per_minute is None


@pytest.mark.faults
@pytest.mark.timeout(400)
def test_killed_in_the_middle_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with archive_of(12) as archive, quick_container(tmp_path, "en") as container:
        added = container.backfills.add(listing=f"{archive.url}/sitemap.xml", only=f"{archive.url}/reports/")
        command = [sys.executable, str(WORKER), str(tmp_path)]
        environment = {**os.environ, "PYTHONPATH": str(TESTS)}
        for done in (2, 6):
            with subprocess.Popen(command, env=environment) as process:
                until(
                    lambda: container.backfills.progress(added.id).tally.reports.get(ItemState.DONE, 0) >= done  # noqa: B023
                )
                process.send_signal(signal.SIGKILL)
        with subprocess.Popen(command, env=environment) as process:
            end = over(container, added.id)
            process.send_signal(signal.SIGTERM)
        assert end.tally.reports == {ItemState.DONE: 12}
        assert renders(container) == [RenderState.DONE] * 12
        assert len(container.library.episodes(limit=100)) == 12
