"""One fault after the other while reports come in: nothing that was accepted is lost, nothing is published twice."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import feedparser
import httpx
import pytest

from support.loopback import NO_TLS
from support.nginx import PROGRAM, free_port, in_front, nginx
from support.own_postgres import OwnPostgres
from support.quick_voices import quick_voices
from support.waiting import until

LANGUAGES = ("en", "es")
PAUSE_S = 4.0
"""Between two faults: some reports come in and are made."""

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(400),
    pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="needs nginx and root"),
]


@dataclass
class Cluster:
    """Two web processes behind nginx, two workers, PostgreSQL, and files on a disk of 60 MB."""

    folder: Path
    postgres: OwnPostgres
    stack: ExitStack
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=lambda: {"web1": free_port(), "web2": free_port()})
    url: str = ""
    key: str = ""
    accepted: dict[str, str] = field(default_factory=dict)
    """Article ids by title."""
    broken: list[str] = field(default_factory=list)
    """Promises that did not hold for a reader."""
    leaving: set[str] = field(default_factory=set)
    """Addresses of files that somebody is taking down: both answers are right."""
    withdrawn: set[str] = field(default_factory=set)
    """Addresses of files that nobody may get."""

    def environment(self, name: str) -> dict[str, str]:
        return {
            **os.environ,
            "PODCASTER_DATA": str(self.folder / "data"),
            "PODCASTER_DATABASE_URL": self.postgres.url,
            "PODCASTER_STORAGE_URL": str(self.folder / "disk" / "blobs"),
            "PODCASTER_LANGUAGES": ",".join(LANGUAGES),
            "PODCASTER_PUBLISH_DRAFTS": "true",
            "PODCASTER_PROOF": "off",
            "PODCASTER_BASE_URL": self.url,
            "PODCASTER_VOICES": str(quick_voices()),
            "PODCASTER_WORKER_NAME": name,
        }

    def start(self, name: str) -> None:
        arguments = ["worker"] if name not in self.ports else ["serve", "--no-work", "--port", str(self.ports[name])]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "podcaster", *arguments],
                env=self.environment(name),
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        if name in self.ports:
            until(lambda: is_ready(f"http://127.0.0.1:{self.ports[name]}/readyz"))

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        self.processes[name].send_signal(how)
        self.processes[name].wait(60)

    def end(self) -> None:
        """Kill what still runs; what it said last is shown where the test fails."""
        for name, process in self.processes.items():
            process.kill()
            process.wait()
            print(name, "\n".join((self.folder / f"{name}.log").read_text(encoding="utf-8").splitlines()[-12:]))

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.url,
            trust_env=False,
            verify=NO_TLS,
            timeout=20,
            headers={"authorization": f"Bearer {self.key}"},
        )

    def submit(self, place: int) -> None:
        """Hand a report in, again with its key until it is accepted."""
        title = f"Report number {place} of many"
        text = f"# {title}\n\nA levy of {place} percent falls on the operator. It starts in July 2028 in Norway, says the ministry.\n"
        headers = {"content-type": "text/markdown", "idempotency-key": f"report-{place}"}

        def taken() -> bool:
            with suppress(httpx.TransportError), self.client() as web:
                answer = web.post("/api/articles", content=text.encode(), headers=headers)
                if answer.status_code == 202:
                    self.accepted[title] = answer.json()["article"]
                    return True
                assert answer.status_code >= 500, answer.text
            return False

        until(taken)


def is_ready(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(url, trust_env=False, verify=NO_TLS, timeout=3).is_success
    return False


@contextmanager
def opened() -> Iterator[Cluster]:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)
        (Path(folder) / "disk").mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", f"{folder}/disk"], check=True)
        stack.callback(subprocess.run, ["umount", "-l", f"{folder}/disk"], check=True)
        postgres = OwnPostgres()
        stack.callback(postgres.close)
        cluster = Cluster(Path(folder), postgres, stack)
        first, second = (f"http://127.0.0.1:{port}" for port in cluster.ports.values())
        configuration, port = in_front(first, Path(folder) / "elsewhere", second=second)
        cluster.url = f"http://127.0.0.1:{port}"
        added = [sys.executable, "-m", "podcaster", "keys", "add", "desk", "--scope", "admin", "--json"]
        made = subprocess.run(added, env=cluster.environment("keys"), cwd=folder, capture_output=True, check=True)
        cluster.key = json.loads(made.stdout)["key"]
        stack.callback(cluster.end)
        for name in ("web1", "web2", "w1", "w2"):
            cluster.start(name)
        stack.enter_context(nginx(Path(folder) / "nginx", configuration, port))
        yield cluster


def read(cluster: Cluster, over: Event) -> None:
    """A listener's app: every feed is whole, what it names is there, nothing is there twice, nothing withdrawn is served."""
    with cluster.client() as web:
        del web.headers["authorization"]
        while not over.wait(0.2):
            with suppress(httpx.TransportError):
                for path in sorted(cluster.withdrawn):
                    if (status := web.get(path).status_code) == 200:
                        cluster.broken.append(f"{path} was withdrawn and answers {status}")
                check_feeds(cluster, web)


def check_feeds(cluster: Cluster, web: httpx.Client) -> None:
    for language in LANGUAGES:
        answer = web.get(f"/feeds/{language}.xml")
        if answer.status_code != 200:
            continue
        feed = feedparser.parse(answer.content)
        twice = [guid for guid, number in Counter(each.id for each in feed.entries).items() if number > 1]
        if feed.bozo or twice:
            cluster.broken.append(f"{language}: {feed.get('bozo_exception')} {twice}")
        for entry in feed.entries[:3]:
            enclosure = entry.enclosures[0]
            found = web.head(enclosure.href.removeprefix(cluster.url))
            report = enclosure.href.removeprefix(cluster.url).split("/")[2]
            gone = found.status_code == 410 and report in cluster.leaving
            if found.status_code < 500 and not gone and found.headers.get("content-length") != enclosure.length:
                cluster.broken.append(f"{enclosure.href}: {found.status_code}")


def faults(cluster: Cluster) -> Iterator[Callable[[], None]]:
    yield lambda: cluster.stop("w1", signal.SIGKILL)
    yield lambda: cluster.start("w1")
    yield cluster.postgres.restart
    yield lambda: cluster.stop("w2", signal.SIGKILL)
    yield lambda: cluster.start("w2")
    yield lambda: cluster.postgres.freeze(5)
    yield lambda: full_disk(cluster, 5)
    yield lambda: withdraw_one(cluster)
    yield lambda: rolled(cluster)


def full_disk(cluster: Cluster, seconds: float) -> None:
    junk = cluster.folder / "disk" / "junk"
    with junk.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 65_536)
    time.sleep(seconds)
    junk.unlink()


def withdraw_one(cluster: Cluster) -> None:
    """An editor takes back the newest report that is published in English."""
    with cluster.client() as web:
        feed = feedparser.FeedParserDict(entries=[])

        def is_published() -> bool:
            nonlocal feed
            feed = feedparser.parse(web.get("/feeds/en.xml").content)
            return bool(feed.entries)

        until(is_published)
        path = feed.entries[0].enclosures[0].href.removeprefix(cluster.url)
        article = path.split("/")[2]
        cluster.leaving.add(article)
        assert web.delete(f"/api/articles/{article}").status_code == 204
        cluster.accepted = {title: each for title, each in cluster.accepted.items() if each != article}
        cluster.withdrawn |= {path, re.sub(r"mp3$", "vtt", path)}


def rolled(cluster: Cluster) -> None:
    for name in ("web1", "web2", "w1", "w2"):
        cluster.stop(name)
        cluster.start(name)


def test_reports_that_come_in_during_nine_faults_are_each_published_once() -> None:
    with opened() as cluster:
        over = Event()
        reading = Thread(target=read, args=(cluster, over))
        coming = Thread(target=come_in, args=(cluster, over))
        reading.start()
        coming.start()
        try:
            time.sleep(PAUSE_S * 2)
            for fault in faults(cluster):
                fault()
                time.sleep(PAUSE_S)
        finally:
            over.set()
            coming.join()
            reading.join()
        assert len(cluster.accepted) > 10
        until(lambda: all_published(cluster), seconds=120)
        with cluster.client() as web:
            check_feeds(cluster, web)
        assert cluster.broken == []


def come_in(cluster: Cluster, over: Event) -> None:
    place = 0
    while not over.wait(1.5):
        place += 1
        cluster.submit(place)


def all_published(cluster: Cluster) -> bool:
    wanted = set(cluster.accepted)
    with suppress(httpx.TransportError), cluster.client() as web:
        for language in LANGUAGES:
            feed = feedparser.parse(web.get(f"/feeds/{language}.xml").content)
            paths = [each.enclosures[0].href.split("/media/")[1].split("/")[0] for each in feed.entries]
            if sorted(paths) != sorted(cluster.accepted[title] for title in wanted):
                return False
        return True
    return False
