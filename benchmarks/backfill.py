"""A long back-fill against one `podcaster serve` on SQLite: what memory and database are behind each few hundred reports.

`backfill.py [REPORTS] [EVERY]`. The reports are real and short, in one language, behind a sitemap on this machine; engines, queue
and feeds are the service's own. Slopes are least squares over the second half, where caches and pools are full.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from newsroom import service

KIB = 1024


@dataclass(frozen=True)
class Sample:
    """Memory and database of the service behind so many reports."""

    done: int
    seconds: float
    rss_mib: float
    """The server's own process; those of voices are others."""
    children_mib: float
    library_kib: float
    """Its file; a write-ahead log, where there is one, is not counted."""
    jobs_kib: float


def slope(samples: Sequence[Sample], name: str) -> float:
    """Growth for each report."""
    xs, ys = [each.done for each in samples], [getattr(each, name) for each in samples]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0


@contextmanager
def archive(count: int) -> Iterator[str]:
    """The address of a publisher with so many reports."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
            name = self.path.rpartition("/")[2]
            if self.path == "/sitemap.xml":
                pages = "".join(f"<url><loc>{url}/reports/{number}</loc></url>" for number in range(count))
                body = f"<urlset>{pages}</urlset>".encode()
            elif name.isdigit():
                text = (
                    f"Ferry {name} is full in the {time} of every day of the week, and the town wants {name} more of them."
                    for time in ("morning", "evening")
                )
                body = "\n\n".join((f"# Harbour report {name}", *text)).encode()
            else:
                body = b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else "text/markdown")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sitemap.xml"
        server.shutdown()


def resident(process: int) -> float:
    """In KiB; nothing where it is gone."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS:"))


def children(process: int) -> list[int]:
    """And theirs."""
    found = []
    for each in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, each.read_text(encoding="utf-8").split()):
            found += [child, *children(child)]
    return found


def sample(folder: Path, process: int, done: int, began: float) -> Sample:
    sizes = {path.name: path.stat().st_size / KIB for path in (folder / "data").glob("*.sqlite")}
    return Sample(
        done=done,
        seconds=time.monotonic() - began,
        rss_mib=resident(process) / KIB,
        children_mib=sum(map(resident, children(process))) / KIB,
        library_kib=sizes["podcaster.sqlite"],
        jobs_kib=sum(size for name, size in sizes.items() if name != "podcaster.sqlite"),
    )


def measure(count: int, every: int) -> list[Sample]:
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory() as made, archive(count) as sitemap:
        folder = Path(made)
        with service(folder) as (client, process):
            began, due = time.monotonic(), every
            where = client.post("/api/backfills", json={"url": sitemap}).raise_for_status().headers["location"]
            while True:
                now = client.get(where).raise_for_status().json()
                ended = now["state"] == "done"
                if now["done"] >= due or ended:
                    samples.append(sample(folder, process, now["done"], began))
                    print("  ".join(f"{value:9.1f}" for value in astuple(samples[-1])), flush=True)
                    due = now["done"] + every
                if ended:
                    print(f"failed: {now['failed']}")
                    return samples
                time.sleep(0.5)


def main() -> None:
    """Measure, and say what one report more adds."""
    count, every = (int(each) for each in (*sys.argv[1:3], *("5000", "250")[len(sys.argv) - 1 :]))
    print("  ".join(f"{each.name:>9.9}" for each in fields(Sample)), flush=True)
    samples = measure(count, every)
    half = samples[len(samples) // 2 :]
    rate = 60 * (half[-1].done - half[0].done) / (half[-1].seconds - half[0].seconds)
    print(
        f"{rate:.0f} reports a minute; a report adds {slope(half, 'rss_mib') * KIB:.2f} KiB of memory to the server, ",
        end="",
    )
    print(
        f"{slope(half, 'library_kib') * KIB:.0f} bytes to the library, {slope(half, 'jobs_kib') * KIB:.0f} to the jobs"
    )


if __name__ == "__main__":
    main()
