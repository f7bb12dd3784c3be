"""Feeds and audio, side by side with nginx on the same files: `./run bench serving`.

One worker each, on loopback, in turns: requests per second of CPU time of the server's processes, of the best of several runs, since
neighbours on the machine can only slow one down; and the 99th percentile of latency, of the median run.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "tests")]  # how nginx is started lives with the tests

import httpx
from load import Load, Target, loaded, resident_mb
from served_feeds import AUDIO, FEEDS, ServedFeeds, filled, serving

from support.nginx import free_port, in_front, nginx

ROUNDS = 5
BASE = "https://podcasts.example"
FEED = "/feeds/en.xml"
PLAIN = """
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
worker_processes 1;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/rss+xml;
    server { listen 127.0.0.1:%(port)s; root %(root)s; brotli_static on; gzip_vary on; }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request, the number of connections, and the part of nginx' figure that is aimed at."""

    name: str
    path: str
    headers: Mapping[str, str]
    connections: int
    aim: float
    front_aim: float = 0.95


CASES = (
    Case(name="feed, br", path=FEED, headers={"accept-encoding": "br"}, connections=32, aim=0.4),
    Case(name="feed, 304", path=FEED, headers={"accept-encoding": "br"}, connections=32, aim=0.3),
    Case(name="range of 256 KB", path=f"/{AUDIO}", headers={"range": "bytes=1000000-1262143"}, connections=32, aim=0.9),
    Case(
        name="range, 256 lines", path=f"/{AUDIO}", headers={"range": "bytes=1000000-1262143"}, connections=256, aim=0.5
    ),
)


@contextmanager
def plain_nginx(folder: Path, service: ServedFeeds) -> Iterator[Target]:
    """The service's bytes as plain files."""
    root = folder / "plain"
    for path, ending, coding in ((FEED, "", "identity"), (FEED, ".br", "br"), (f"/{AUDIO}", "", "identity")):
        file = Path(f"{root}{path}{ending}")
        file.parent.mkdir(parents=True, exist_ok=True)
        with httpx.stream("GET", service.url + path, headers={"accept-encoding": coding}, trust_env=False) as answer:
            file.write_bytes(b"".join(answer.iter_raw()))
    for each in (folder, root, *root.rglob("*")):
        each.chmod(0o755)
    port = free_port()
    with nginx(folder / "nginx", PLAIN % {"port": port, "root": root}, port) as plain:
        yield Target(url=plain.url, process=plain.process)


def measured(case: Case, servers: Mapping[str, Target]) -> Mapping[str, Load]:
    """Measure the servers in turns, so that other load on the machine meets all of them."""
    runs: dict[str, list[Load]] = {name: [] for name in servers}
    headers = {name: asked(case, server) for name, server in servers.items()}
    for _ in range(ROUNDS):
        for name, server in servers.items():
            runs[name].append(loaded(server, case.path, headers[name], connections=case.connections))
    return {name: Load.best(each) for name, each in runs.items()}


def asked(case: Case, server: Target) -> Mapping[str, str]:
    """The request's headers; for a 304, with the tag that this server gives."""
    if not case.name.endswith("304"):
        return case.headers
    answer = httpx.head(server.url + case.path, headers=dict(case.headers), trust_env=False)
    return {**case.headers, "if-none-match": answer.headers["etag"]}


def report(case: Case, loads: Mapping[str, Load]) -> str:
    """One line: requests a second of nginx, then of each other its part of that; and the slowest."""
    plain = loads["nginx"]
    parts = [f"{case.name:<18} nginx {plain.per_cpu_second:8.0f}/s p99 {plain.p99_ms:6.1f} ms"]
    for name, aim in (("podcaster", case.aim), ("in front", case.front_aim)):
        if name in loads:
            ratio = loads[name].per_cpu_second / plain.per_cpu_second
            parts.append(f"{name} {ratio:.2f} (aim {aim}) p99 {loads[name].p99_ms:6.1f} ms")
    return " · ".join(parts)


def memory(service: ServedFeeds) -> str:
    """Memory of the worker when it has served all of its feeds."""
    for language in FEEDS:
        httpx.get(f"{service.url}/feeds/{language}.xml", trust_env=False).raise_for_status()
    return f"a worker with {len(FEEDS)} feeds: {resident_mb(service.process):.0f} MB (aim 120)"


def sizes(service: ServedFeeds) -> str:
    """Bytes of an answer, its head included, by coding, and of a 304."""
    said = []
    tag = ""
    for coding in ("identity", "gzip", "zstd", "br"):
        answer = httpx.head(service.url + FEED, headers={"accept-encoding": coding}, trust_env=False)
        tag = answer.headers["etag"]
        said.append(f"{coding} {int(answer.headers['content-length']) + head_bytes(answer)}")
    had = {"accept-encoding": "br", "if-none-match": tag}
    unchanged = httpx.get(service.url + FEED, headers=had, trust_env=False)
    return "bytes of a feed: " + ", ".join(said) + f", 304 {head_bytes(unchanged)}"


def head_bytes(answer: httpx.Response) -> int:
    """Bytes of the status line and the fields."""
    return len(f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n\r\n") + sum(
        len(name) + len(value) + 4 for name, value in answer.headers.raw
    )


def main(names: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        snapshot = str(folder / "data" / "public")
        filled(folder / "data", base_url=BASE)
        with (
            serving(folder / "data", "--no-work", PODCASTER_BASE_URL=BASE, PODCASTER_SNAPSHOT=snapshot) as service,
            plain_nginx(folder, service) as plain,
        ):
            configuration, port = in_front(service.url, folder / "data")
            with nginx(folder / "front", configuration, port) as front:
                servers = {
                    "nginx": plain,
                    "podcaster": Target(url=service.url, process=service.process),
                    "in front": Target(url=front.url, process=front.process),
                }
                for case in CASES:
                    if not names or case.name in names:
                        print(report(case, measured(case, servers)), flush=True)
            print(memory(service))
            print(sizes(service))


if __name__ == "__main__":
    main(sys.argv[1:])
