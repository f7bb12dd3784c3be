"""The promise of a PageReader, and of the process that pages are read in."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.adapters.trafilatura.process import PageLimits
from podcaster.article.page import PageReader
from podcaster.article.parsing import read_article
from podcaster.errors import NoArticleFound

PROGRAM = "podcaster.adapters.trafilatura.extraction_program"
MARK = "MARK_OF_A_TEST"
"""In the environment of a program, so that whatever it has started is known by it."""
LARGE = b"<html><body><article>" + b"<div><p>A <b>word</b> of it.</p></div>" * 200_000 + b"</article></body></html>"
"""Takes many seconds, and more than a gigabyte."""
BLANK = b"<html><body></body></html>"
AT_HOME = """
import os, sys, threading, time
from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.adapters.trafilatura.process import PageLimits
page = sys.stdin.buffer.read()
reader = TrafilaturaReader(PageLimits(idle_seconds=600))
"""


def report(name: str) -> bytes:
    sentences = f"This is a sentence of the report on {name}, and it is long enough to be taken for one. " * 6
    return f"<html><head><title>{name}</title></head><body><article><p>{sentences}</p></article></body></html>".encode()


def words(reader: PageReader, page: bytes) -> str:
    return " ".join(block.text for block in reader.read(page, charset="utf-8", url=None).body)


def programs(parent: int | None = None) -> AbstractSet[int]:
    """The prepared processes of a program, or the forks of one."""
    found = set()
    for each in Path("/proc").glob("[0-9]*"):
        try:
            state, above = (each / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (each / "cmdline").read_bytes()
        except OSError:
            continue
        if int(above) == (parent or os.getpid()) and state != "Z" and PROGRAM.encode() in command.split(b"\0"):
            found.add(int(each.name))
    return found


def marked(mark: str) -> AbstractSet[int]:
    """Every process that has this in its environment."""
    found = set()
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (each / "environ").read_bytes().split(b"\0"):
                found.add(int(each.name))
        except OSError:
            continue
    return found


def until_ended(pid: int) -> None:
    """As long as the test's own limit allows."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        select.select([process], [], [])
    finally:
        os.close(process)


@pytest.fixture
def reader() -> Iterator[TrafilaturaReader]:
    before = programs()
    with TrafilaturaReader() as pages:
        yield pages
    assert programs() <= before


@pytest.fixture
def own(reader: TrafilaturaReader) -> int:
    """The process that a reader of this test has, which has read a page."""
    before = programs()
    assert "heat pumps" in words(reader, report("heat pumps"))
    (started,) = programs() - before
    return started


def test_a_page_gives_its_report_and_an_empty_one_no_body(reader: TrafilaturaReader) -> None:
    draft = reader.read(report("tolls"), charset="", url="https://example.org/tolls")
    assert (draft.title, draft.url) == ("tolls", "https://example.org/tolls")
    assert "report on tolls" in draft.body[0].text
    assert reader.read(BLANK, charset="", url=None).body == ()


def test_an_address_of_any_length_and_a_charset_go_with_the_page(reader: TrafilaturaReader) -> None:
    address = "https://example.org/" + "a" * 300_000
    page = "<html><body><article><p>" + "Straße und Größe, größer als zuvor. " * 20 + "</p></article></body></html>"
    draft = reader.read(page.encode("latin-1"), charset="iso-8859-1", url=address)
    assert draft.url == address
    assert draft.body[0].text.startswith("Straße und Größe")


def test_pages_are_read_by_one_start_of_the_program(reader: TrafilaturaReader, own: int) -> None:
    before = programs()
    assert "ferries" in words(reader, report("ferries"))
    assert programs() == before
    assert own in before


def test_nothing_starts_before_there_is_a_page(reader: TrafilaturaReader) -> None:
    before = programs()
    read_article(b"# A title\n\n" + b"A sentence of the report, which is Markdown. " * 9, pages=reader, name="a.md")
    assert programs() == before


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (PageLimits(memory_bytes=200 << 20), "limits of memory and time"),
        (PageLimits(cpu_seconds=1), "limits of memory and time"),
        (PageLimits(seconds=3), "could not be read in 3 s"),
    ],
    ids=["memory", "processor", "time"],
)
def test_a_page_that_takes_too_much_costs_its_fork_and_nothing_else(limits: PageLimits, message: str) -> None:
    before = programs()
    with TrafilaturaReader(limits) as reader:
        words(reader, report("heat pumps"))
        (started,) = programs() - before
        with pytest.raises(NoArticleFound, match=message) as refused:
            reader.read(LARGE, charset="", url=None)
        assert refused.value.remedy == "Hand in the text of the report."
        for fork in programs(started):
            until_ended(fork)
        assert "ferries" in words(reader, report("ferries"))
        assert programs() - before == {started}


def test_a_program_that_was_killed_is_replaced(reader: TrafilaturaReader, own: int) -> None:
    os.kill(own, signal.SIGKILL)
    assert "ferries" in words(reader, report("ferries"))
    assert own not in programs()


def test_a_program_that_does_not_answer_is_replaced_for_the_next_page() -> None:
    before = programs()
    with TrafilaturaReader(PageLimits(seconds=3)) as reader:
        words(reader, report("heat pumps"))
        (stopped,) = programs() - before
        os.kill(stopped, signal.SIGSTOP)
        with pytest.raises(NoArticleFound, match="could not be read in 3 s"):
            words(reader, report("ferries"))
        assert "tolls" in words(reader, report("tolls"))
        assert stopped not in programs()


def test_a_page_under_way_is_read_to_its_end_where_the_program_is_killed(reader: TrafilaturaReader, own: int) -> None:
    page = report("reefs").replace(b"</p>", b"</p>" + b"<p>One more sentence on it, which is a paragraph.</p>" * 4_000)
    with ThreadPoolExecutor(1) as thread_pool:
        reading = thread_pool.submit(words, reader, page)
        while not programs(own) and not reading.done():
            time.sleep(0.001)
        os.kill(own, signal.SIGKILL)
        assert "ferries" in words(reader, report("ferries"))
        assert "reefs" in reading.result()


def test_a_program_without_work_ends_and_the_next_page_starts_another() -> None:
    before = programs()
    with TrafilaturaReader(PageLimits(idle_seconds=1)) as reader:
        words(reader, report("heat pumps"))
        for started in programs() - before:
            until_ended(started)
        assert programs() == before
        assert "ferries" in words(reader, report("ferries"))


def test_threads_at_once_get_the_words_of_their_own_pages_from_one_program(reader: TrafilaturaReader) -> None:
    before = programs()
    names = [f"subject{number}x" for number in range(24)]
    with ThreadPoolExecutor(8) as thread_pool:
        read = list(thread_pool.map(lambda name: words(reader, report(name)), names))
    assert [[name for name in names if name in text] for text in read] == [[name] for name in names]
    assert len(programs() - before) == 1


def test_a_fork_of_the_program_that_reads_has_a_process_of_its_own() -> None:
    forking = """
reader.read(page, charset="", url=None)
child = os.fork()
title = reader.read(page, charset="", url=None).title
mine = next(each.process for pid, each in reader._own.items() if pid == os.getpid())
print(title, mine._process.pid, flush=True)
if child:
    assert os.waitpid(child, 0)[1] == 0
    print(reader.read(page, charset="", url=None).title, mine._process.pid)
"""
    done = subprocess.run(
        [sys.executable, "-c", AT_HOME + forking], input=report("dykes"), capture_output=True, check=True
    )
    lines = done.stdout.decode().splitlines()
    assert {line.split()[0] for line in lines} == {"dykes"}
    assert len(lines) == 3
    assert len(set(lines)) == 2


@pytest.mark.parametrize("under_way", [False, True], ids=["between pages", "while it reads"])
def test_the_program_and_its_forks_end_with_a_parent_that_was_killed(tmp_path: Path, *, under_way: bool) -> None:
    reading = "reader.read(page, charset='', url=None)\nprint('read', flush=True)\ntime.sleep(600)"
    mark = str(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", AT_HOME + reading],
        env={**os.environ, MARK: mark},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        parent.stdin.write(LARGE if under_way else report("dykes"))
        parent.stdin.close()
        try:
            if not under_way:
                assert parent.stdout.readline() == b"read\n"
            while len(left := marked(mark) - {parent.pid}) != (2 if under_way else 1):
                time.sleep(0.01)
        finally:
            parent.kill()
    for each in left:
        until_ended(each)
    assert not marked(mark)


def test_the_command_leaves_no_process_behind(tmp_path: Path) -> None:
    page = tmp_path / "dykes.html"
    page.write_bytes(report("dykes"))
    done = subprocess.run(
        [sys.executable, "-m", "podcaster", "read", str(page)],
        env={**os.environ, MARK: str(tmp_path)},
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert b"report on dykes" in done.stdout
    for each in marked(str(tmp_path)):  # a fork has answered before it has ended
        until_ended(each)
    assert not marked(str(tmp_path))
