"""A newsroom at work: editors who read, word lines and render again, and sources that change, against one process on SQLite.

`newsroom.py [SECONDS] [EDITORS] [SOURCES]`. Every editor is a thread with a key of its own, over real HTTP: it reads the list, a report,
a script, a feed and a plan, and words one of a few lines that all share, with If-Match. 412 is an answer; what must not be:
an answer of 500 or more, and a wording that is not the one that got 200 last.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

sys.path[:0] = [str(Path(__file__).parent.parent / "tests")]  # how a command is typed lives with the tests

from support.command_line import podcaster

PODCASTER = (sys.executable, "-m", "podcaster")
LINES = (3, 4, 5)
"""That the editors of a report share."""
REPORTS = 4
POLL_S = 4.0
THINKING_S = (0.2, 0.8)


@dataclass
class Publisher:
    """Sources whose reports change every few seconds; each path is a feed or a report of one."""

    url: str = ""
    began: float = field(default_factory=time.monotonic)

    def body(self, path: str) -> bytes | None:
        number, _, name = path.strip("/").partition("/")
        version = int((time.monotonic() - self.began) / POLL_S)
        if name == "feed.xml":
            items = "".join(
                f"<item><guid>{self.url}/{number}/{each}</guid><link>{self.url}/{number}/{each}</link>"
                f"<title>Source {number} report {each} version {version if each == 0 else 0}</title></item>"
                for each in range(3)
            )
            return f"<rss version='2.0'><channel><title>Source {number}</title>{items}</channel></rss>".encode()
        if not name.isdigit():
            return None
        shown = version if name == "0" else 0
        text = "".join(
            f"<p>The ferries of source {number} are full in the morning, and the town wants {place + 2} more of them. "
            f"The council says in version {shown} of report {name} that a vote is planned for the autumn.</p>"
            for place in range(4)
        )
        title = f"Source {number} report {name}"
        head = f'<html lang="en"><head><title>{title}</title></head><body><article>'
        return f"{head}<h1>{title}</h1>{text}</article></body></html>".encode()


@contextmanager
def publisher() -> Iterator[Publisher]:
    made = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.body(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/xml" if self.path.endswith(".xml") else "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


def environment(folder: Path) -> dict[str, str]:
    """Settings of the service and of the commands beside it."""
    return {
        **os.environ,
        "PODCASTER_DATA": str(folder / "data"),
        "PODCASTER_LANGUAGES": "en",
        "PODCASTER_ALLOW_LOOPBACK": "true",
        "PODCASTER_SOURCE_DELAY_S": "0",
    }


def client_of(url: str, folder: Path, name: str) -> httpx.Client:
    """A client with a key of its own: what the service allows, it allows for each key."""
    settings: dict[str, Any] = {**environment(folder)}
    made = podcaster(folder, "keys", "add", name, "--scope", "publish", "--json", check=True, **settings)
    headers = {"authorization": f"Bearer {json.loads(made.stdout)['key']}"}
    return httpx.Client(base_url=url, trust_env=False, timeout=60, headers=headers)


@contextmanager
def service(folder: Path) -> Iterator[tuple[httpx.Client, int]]:
    """A client with a key for it, and the process."""
    log = (folder / "log").open("wb")
    with (
        log,
        subprocess.Popen(
            [*PODCASTER, "serve", "--port", "0"],
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        url = (process.stdout or sys.stdin).readline().split()[-1]
        try:
            with client_of(url, folder, "desk") as client:
                yield client, process.pid
        finally:
            process.terminate()


@dataclass
class Figures:
    """The editors' measurements."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    worded: dict[tuple[str, int], list[tuple[float, float, str]]] = field(default_factory=lambda: defaultdict(list))
    """For each line the wordings that got 200: when the request was sent, when it was answered, what it said."""
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def noted(self, kind: str, answer: httpx.Response, seconds: float) -> httpx.Response:
        with self.lock:
            self.times[kind].append(seconds)
            self.statuses[answer.status_code] += 1
            if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                self.failed.append(f"{answer.request.method} {answer.request.url.path}: {answer.text[:200]}")
        return answer


@dataclass
class Editor:
    """One of many, with a report before it."""

    client: httpx.Client
    figures: Figures
    article: str
    name: int
    until: float

    def work(self) -> None:
        chance = random.Random(self.name)  # noqa: S311 # keeps no secret
        turn = 0
        while time.monotonic() < self.until:
            turn += 1
            self._read(chance)
            self._word(chance.choice(LINES), f"Editor {self.name} wrote this, time {turn}.")
            if turn % 3 == 0:
                self._send("render", "POST", f"/api/articles/{self.article}/renders")
            time.sleep(chance.uniform(*THINKING_S))

    def _read(self, chance: random.Random) -> None:
        pages = (
            "/api/articles",
            f"/api/articles/{self.article}",
            f"/api/articles/{self.article}/renders/plan",
            "/api/backfills",
            "/feeds/en.xml",
            "/api/sources",
        )
        for page in chance.sample(pages, 3):
            self._send("read", "GET", page)

    def _word(self, index: int, text: str) -> None:
        script = self._send("read", "GET", f"/api/articles/{self.article}/scripts/en").json()
        line = next(each for each in script["lines"] if each["index"] == index)
        path = f"/api/articles/{self.article}/scripts/en/lines/{index}"
        sent = time.monotonic()
        answer = self._send("word", "PATCH", path, json={"spoken": text}, headers={"if-match": f'"{line["etag"]}"'})
        if answer.status_code == httpx.codes.OK:
            with self.figures.lock:
                self.figures.worded[self.article, index].append((sent, time.monotonic(), text))

    def _send(self, kind: str, method: str, path: str, **more: object) -> httpx.Response:
        started = time.perf_counter()
        answer = self.client.request(method, path, **more)  # type: ignore[arg-type] # httpx's own
        return self.figures.noted(kind, answer, time.perf_counter() - started)


def report(number: int) -> str:
    lines = (f"The harbour number {number} had {place * 17} ships last year, the council says." for place in range(20))
    return f"# Harbour {number}\n\n" + "\n\n".join(lines)


def finished(client: httpx.Client, render: str) -> None:
    while client.get(f"/api/renders/{render}").json()["state"] in {"queued", "running"}:
        time.sleep(0.1)


def lost(client: httpx.Client, figures: Figures) -> list[str]:
    """Lines whose wording is none that can have got 200 last: another one was sent after it had been answered."""
    found = []
    for (article, index), said in figures.worded.items():
        lines = client.get(f"/api/articles/{article}/scripts/en").json()["lines"]
        now = next(each for each in lines if each["index"] == index).get("wording", {}).get("spoken")
        latest = max(sent for sent, _, _ in said)
        if now not in {text for _, answered, text in said if answered >= latest}:
            found.append(f"{article} line {index}: {now!r}, last was {max(said)[2]!r}")
    return found


def load(seconds: float, editors: int, sources: int) -> Figures:
    """Have them at work for so long.

    Raises:
        SystemExit: an answer was 500 or more, or an update was lost.
    """
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder, publisher() as made, service(Path(folder)) as (client, process):
        given = [client.post("/api/articles", json={"markdown": report(number)}).json() for number in range(REPORTS)]
        for each in given:
            finished(client, each["render"])
        watched = [
            client.post("/api/sources", json={"url": f"{made.url}/{number}/feed.xml"}).json()["source"]
            for number in range(sources)
        ]
        with ThreadPoolExecutor(os.cpu_count()) as hands:
            url = str(client.base_url)
            theirs = list(hands.map(lambda name: client_of(url, Path(folder), f"editor {name}"), range(editors)))
        began, cpu = time.monotonic(), cpu_seconds(process)
        until = began + seconds
        crowd = [
            Editor(own, figures, given[name % REPORTS]["article"], name, until).work for name, own in enumerate(theirs)
        ]
        threads = [threading.Thread(target=work) for work in [*crowd, lambda: keep_polling(client, watched, until)]]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        for own in theirs:
            own.close()
        took, cpu = time.monotonic() - began, cpu_seconds(process) - cpu
        missing = lost(client, figures)
        reports = client.get("/api/articles", params={"limit": 200}).json()["articles"]
        told(figures, took, cpu, len(reports) - REPORTS, missing)
        if figures.failed or missing:
            sys.exit("\n".join([*figures.failed[:10], *missing, (Path(folder) / "log").read_text()[-2_000:]]))
    return figures


def keep_polling(client: httpx.Client, sources: list[str], until: float) -> None:
    """Polls every few seconds: the shortest interval of the product is a minute."""
    while time.monotonic() < until:
        for source in sources:
            client.post(f"/api/sources/{source}/poll").raise_for_status()
        time.sleep(POLL_S)


def cpu_seconds(process: int) -> float:
    """That a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(figures: Figures, took: float, cpu: float, reports: int, missing: list[str]) -> None:
    answers = sum(figures.statuses.values())
    print(f"{answers} answers in {took:.0f} s ({cpu:.0f} s of CPU), {reports} reports came from sources")
    print(f"  by status: {dict(sorted(figures.statuses.items()))}; lost updates: {len(missing)}")
    for kind, times in sorted(figures.times.items()):
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
        print(f"  {kind:<7} {len(times):5}  p50 {cuts[49] * 1000:6.0f} ms  p95 {cuts[94] * 1000:6.0f} ms")


if __name__ == "__main__":
    wanted = [float(each) for each in sys.argv[1:]]
    length, people, feeds = [*wanted, *(60.0, 20.0, 4.0)[len(wanted) :]]
    load(length, int(people), int(feeds))
