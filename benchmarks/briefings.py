"""Briefings, beside the same bytes as one file: `./run bench briefings`.

One worker, one connection that is kept, in turns: a briefing of ten minutes, whose sentences eSpeak NG has spoken, and the file that
it would be. Then 1,000 listeners who follow different topics ask for theirs, with what the data folder and the worker take before,
between and behind. Behind the day's reports there is an archive of 1,000 episodes.
"""

import socket
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from load import resident_mb, worked_s
from served_feeds import ServedFeeds, environment_of, serving

from podcaster.model import Episode
from podcaster.ports import Submission
from podcaster.settings import load
from podcaster.units import ArticleId, LanguageTag, Milliseconds, Revision
from podcaster.wiring import Container

REPORTS = 10
POINTS = 8
ARCHIVE = 1_000
ELSEWHERE = ("en", "es", "pt-BR", "ca", "gl")
NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
LISTENERS = 1_000
STEP = 250
PAIRS = 300
IN_A_ROW = 40
"""Answers of one kind, whose processor time is taken together."""
FILE = "media/briefing/en/00000000000000bb.mp3"
SETTINGS = {"PODCASTER_LANGUAGES": "en", "PODCASTER_LISTENERS_PER_HOUR": "100000"}
MINUTE_BYTES = 60 * 8_000
_ROOM = memoryview(bytearray(1024 * 1024))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds until an answer."""

    first_byte_s: float
    whole_s: float
    length: int
    """Bytes of the body."""


class Line:
    """A connection that is kept, read as quickly as Python can."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._socket = socket.create_connection((place.hostname or "", place.port or 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> Taken:
        """One answer, which is to be a whole one."""
        begun = time.perf_counter()
        asked = f"GET {path} HTTP/1.1\r\nhost: podcasts\r\nuser-agent: AppleCoreMedia/1.0\r\n\r\n"
        self._socket.sendall(asked.encode())
        head = bytes(_ROOM[: self._socket.recv_into(_ROOM)])
        first = time.perf_counter() - begun
        while b"\r\n\r\n" not in head:
            head += self._socket.recv(65536)
        fields, _, body = head.partition(b"\r\n\r\n")
        if not fields.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(fields.decode())
        length = int(fields.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        come = len(body)
        while come < length:
            come += self._socket.recv_into(_ROOM) or _cut_off(path)
        return Taken(first_byte_s=first, whole_s=time.perf_counter() - begun, length=length)

    def close(self) -> None:
        self._socket.close()


def _cut_off(path: str) -> int:
    raise RuntimeError(f"{path} ended early")


def report(number: int) -> bytes:
    """A report whose key points take about five seconds each."""
    points = "\n".join(
        f"  - In week {point + 12} of the count the ferries of harbour {number + 1} carried {point * 37 + 211} people, "
        f"{point * 3 + number + 2} more than the week before."
        for point in range(POINTS)
    )
    head = f"title: Harbour {number + 1} counts its ferries again\ndate: 2026-05-04\nlanguage: en\ntopics: [Harbour {number + 1}]"
    body = "The count goes on until every harbour of the coast has been counted twice. Its keepers ask for more boats."
    return f"---\n{head}\nkey_points:\n{points}\n---\n\n{body}\n".encode()


def published(folder: Path) -> None:
    """Ten reports of one day."""
    container = Container(load(environment_of(folder, **SETTINGS), folder))
    for number in range(REPORTS):
        article = container.read(Submission(body=report(number), name=f"harbour-{number}.md"))
        for outcome in container.synchronous_render.publish(article, container.languages_for(article)):
            if outcome.error:
                raise outcome.error
    for place in range(ARCHIVE):
        container.library.publish(of_before(place), NOW)
    container.close()


def of_before(place: int) -> Episode:
    """An episode of the days before, in one of five languages; nobody asks for its sound."""
    report, language = divmod(place, len(ELSEWHERE))
    return Episode(
        guid=f"urn:before:{place}",
        article=ArticleId(f"before-{report}"),
        language=LanguageTag(ELSEWHERE[language]),
        revision=Revision(f"{place:016x}"),
        title=f"Report {report}",
        authors=(f"Author {report % 7}",),
        topics=(f"Harbour {report % REPORTS + 1}", f"Topic {report % 13}"),
        published=NOW - timedelta(days=1, hours=report),
        key_points=("A point.",),
        summary="A point.",
        duration_ms=Milliseconds(300_000),
        enclosure_bytes=2_400_000,
        chapters=(),
        voice="espeak",
    )


def joined(service: ServedFeeds, number: int) -> str:
    """The path of the briefing of a listener who follows the topics that the bits of a number name."""
    topics = [f"Harbour {bit + 1}" for bit in range(REPORTS) if number >> bit & 1]
    answer = httpx.post(f"{service.url}/listeners", json={"languages": ["en"], "topics": topics}, trust_env=False)
    return urlsplit(str(answer.raise_for_status().json()["briefing"])).path


def beside_a_file(service: ServedFeeds, folder: Path) -> None:
    """The same bytes from the same worker, spliced and as a file, in turns."""
    path = joined(service, 0)
    whole = httpx.get(service.url + path, trust_env=False).raise_for_status().content
    container = Container(load(environment_of(folder, **SETTINGS), folder))
    container.blobs.put(FILE, whole)
    container.close()
    line = Line(service.url)
    paths = {"briefing": path, "file": f"/{FILE}"}
    taken: dict[str, list[Taken]] = {name: [] for name in paths}
    worked = dict.fromkeys(paths, 0.0)
    for _ in range(PAIRS // IN_A_ROW):
        for name, asked in paths.items():
            before = worked_s(service.process)
            taken[name] += [line.get(asked) for _ in range(IN_A_ROW)]
            worked[name] += worked_s(service.process) - before
    line.close()
    print(f"a briefing of {len(whole) / MINUTE_BYTES:.1f} minutes, {len(whole):,} bytes")
    for name, each in taken.items():
        print(
            f"  {name:<9} first byte {_milliseconds([one.first_byte_s for one in each])} · {_speed(each, worked[name])}"
        )
    ratio = _median_s(taken["file"]) / _median_s(taken["briefing"])
    print(
        f"  whole, of the file's bytes a second {ratio:.2f}, a processor second {worked['file'] / worked['briefing']:.2f} (aim 0.5)"
    )


def _median_s(taken: Sequence[Taken]) -> float:
    return statistics.median(each.whole_s for each in taken)


def _speed(taken: Sequence[Taken], worked: float) -> str:
    length = sum(each.length for each in taken)
    return f"{taken[0].length / _median_s(taken) / 1e6:,.0f} MB/s, {length / worked / 1e6:,.0f} MB a processor second"


def _milliseconds(seconds: Sequence[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"median {cuts[49] * 1000:.2f} ms, p99 {cuts[98] * 1000:.2f} ms (aim 5)"


def for_many(service: ServedFeeds, folder: Path) -> None:
    """Everybody's first time, and then once more."""
    sizes = on_disk(folder)
    paths = [joined(service, number) for number in range(1, LISTENERS + 1)]
    print(f"{LISTENERS} listeners: {grown(sizes, on_disk(folder))}")
    sizes = on_disk(folder)
    line = Line(service.url)
    print(f"  the worker before: {resident_mb(service.process):.1f} MB")
    for turn in ("first", "second"):
        taken: list[Taken] = []
        for first in range(0, LISTENERS, STEP):
            taken += [line.get(path) for path in paths[first : first + STEP]]
            held = f"{resident_mb(service.process):.1f} MB, {descriptors(service.process)} files open"
            print(f"  {first + STEP} asked for their {turn} time: {held}")
        each_ms = _milliseconds([each.first_byte_s for each in taken])
        print(f"  first byte of each one's {turn}: {each_ms}; {sum(each.length for each in taken) / 1e9:.1f} GB in all")
    line.close()
    time.sleep(6)  # downloads are written down every five seconds
    print(f"  their briefings: {grown(sizes, on_disk(folder))}")


def on_disk(folder: Path) -> Mapping[Path, int]:
    """Bytes of each file."""
    return {file: file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def grown(before: Mapping[Path, int], after: Mapping[Path, int]) -> str:
    """Number of new files, and the growth of those that there were."""
    database = sum(after[file] - before.get(file, 0) for file in after if "sqlite" in file.name)
    others = [file for file in after if "sqlite" not in file.name]
    new = sum(file not in before for file in others)
    bytes_more = sum(after[file] - before.get(file, 0) for file in others)
    return f"{new} files more, {bytes_more} bytes more in files; the database {database:+,} bytes"


def descriptors(process: int) -> int:
    """Files and sockets that a process has open."""
    return len([*Path(f"/proc/{process}/fd").iterdir()])


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir()
        published(folder)
        with serving(folder, "--no-work", **SETTINGS) as service:
            beside_a_file(service, folder)
            for_many(service, folder)


if __name__ == "__main__":
    main()
