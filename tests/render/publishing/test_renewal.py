"""Another base URL reaches every feed, page and list by itself; shows and episodes stay what they were to apps."""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from lxml import etree

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.database import SqlLibrary, open_library
from podcaster.feed.addresses import Addresses
from podcaster.ports import FeedPointer
from podcaster.render.publishing.feed_renewal import FeedRenewal
from podcaster.render.publishing.guid_base_url import guid_base_url
from podcaster.settings import load
from podcaster.wiring import Container
from support.command_line import Command, started
from support.databases import data_folder
from support.examples import DAY, NOW, episode_of
from support.small_service import feed_publisher_on
from support.waiting import until

OLD, NEW = "https://old.example", "https://new.example"
GUID = "{https://podcastindex.org/namespace/1.0}guid"
EPISODES = 160


def environment(folder: Path, base_url: str) -> dict[str, str]:
    given = {"PODCASTER_DATA": str(folder), "PODCASTER_LANGUAGES": "en,es", "PODCASTER_BASE_URL": base_url}
    return {**os.environ, **given}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A service's folder: feeds of two languages, a topic and an author in each, pages of archives, all under `OLD`."""
    data_folder(tmp_path)
    container = Container(load(environment(tmp_path, OLD), tmp_path))
    for place in range(EPISODES):
        for language in ("en", "es"):
            made = episode_of(
                f"report-{place}",
                language,
                guid=f"urn:{place}:{language}",
                topics=("Trade",),
                published=DAY + timedelta(hours=place),
            )
            container.library.publish(made, NOW)
    container.prepare_service()
    container.close()
    return tmp_path


@contextmanager
def serving(folder: Path, base_url: str) -> Iterator[tuple[str, Command]]:
    command = ("serve", "--port", "0", "--no-work")
    with started(folder, *command, environment=environment(folder, base_url)) as (process, said):
        yield said.readline().split()[-1], process
        process.send(signal.SIGTERM)
        process.wait(timeout=90)


def documents(library: SqlLibrary) -> Mapping[str, FeedPointer]:
    """Every feed, and every page of its archive."""
    found = dict(library.feeds())
    for name in list(found):
        page = library.archive_below(name, None)
        while page is not None:
            found[page.pointer.name] = page.pointer
            page = library.archive_below(name, page.newest)
    return found


def contents(folder: Path) -> Mapping[str, bytes]:
    library = open_library(f"sqlite:///{folder}/podcaster.sqlite")
    blobs = open_blobs(next(each.parent for each in folder.rglob("feeds") if each.is_dir()))
    found = {name: blobs.get(pointer.blob) for name, pointer in documents(library).items()}
    library.close()
    return found


def guids(found: Mapping[str, bytes]) -> Mapping[str, list[str]]:
    """Addresses of each show and its episodes."""
    return {name: [each.text or "" for each in etree.fromstring(xml).iter("guid", GUID)] for name, xml in found.items()}


def test_a_restart_under_another_base_url_moves_everything_though_it_is_killed_on_the_way(folder: Path) -> None:
    before = contents(folder)
    assert {"en", "es", "es/trade", "es/by/ann-other", "es/archive/1", "es/trade/archive/1"} <= set(before)
    with serving(folder, OLD) as (url, _):
        own = httpx.post(f"{url}/listeners", json={"languages": ["es"]}, trust_env=False).json()
    path = own["feed"].removeprefix(OLD)
    with serving(folder, NEW) as (_, process):
        process.send(signal.SIGKILL)
    assert set(contents(folder)) == set(before), "nothing is half there"
    with serving(folder, NEW) as (url, _):
        until(lambda: not any(OLD.encode() in xml for xml in contents(folder).values()))
        now = contents(folder)
        assert set(now) == set(before)
        assert all(NEW.encode() in xml for xml in now.values())
        assert guids(now) == guids(before)
        with httpx.Client(base_url=url, trust_env=False, timeout=20) as web:
            for address in ("/feeds/es/trade.xml", "/feeds/es/archive/1.xml", "/feeds.opml", path):
                until(lambda address=address: OLD not in web.get(address).raise_for_status().text)
                assert NEW in web.get(address).text, address


def test_what_is_as_it_should_be_is_not_printed_and_what_was_stopped_goes_on(folder: Path) -> None:
    library, blobs = open_library(f"sqlite:///{folder}/podcaster.sqlite"), open_blobs(folder / "blobs")
    moved = replace(feed_publisher_on(library, blobs), addresses=Addresses.served(NEW, former_base_url=OLD))
    renewal, running, stopped = FeedRenewal(feed_publisher=moved), threading.Event(), threading.Event()
    stopped.set()
    assert renewal.renew(stopped) == 0
    steps = moved.outdated()
    for _ in range(3):
        next(steps)[1]()
    assert renewal.renew(running) == len(documents(library)) - 3
    assert renewal.renew(running) == 0
    library.close()


@pytest.mark.parametrize(
    "here", ["http://127.0.0.1:8000", "http://localhost:8000", "http://10.1.2.3", "http://[::1]:80", "http://context"]
)
def test_a_show_gets_its_guid_where_others_reach_it_and_keeps_it(tmp_path: Path, here: str) -> None:
    """Everybody has an address of this machine: guids that were made of it would be everybody's."""
    blobs = open_blobs(tmp_path)
    assert guid_base_url(here, blobs) == here
    assert guid_base_url(OLD, blobs) == OLD
    assert guid_base_url(NEW, blobs) == guid_base_url(here, blobs) == OLD
