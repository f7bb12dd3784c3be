"""Downloads out of the access log of a web server that serves episodes' files itself."""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from podcaster.audience.access_log import LogLine, log_line
from podcaster.audience.answers import Sent, gathered
from podcaster.errors import SourceNotFound
from podcaster.ports import BlobStore, Clock, Counted, DownloadRepository, LogPosition
from podcaster.web.statistics.download_recorder import MEDIA_PATH, FileShapes

_LINES_AT_A_TIME = 20_000
_LONGEST_LINE = 65_536
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a log."""

    lines: int
    """Read now."""
    answers: int
    """Of them with audio."""
    unreadable: int
    downloads: int
    """Counted now, over all of them."""


def import_log(file: Path, *, book: DownloadRepository, blobs: BlobStore, clock: Clock) -> Imported:
    """Count what a log says, from where it was left; a log is known again when it has grown, was renamed or compressed.

    Each batch of lines is counted together with its place in the log: what was interrupted goes on there.

    Raises:
        SourceNotFound: the file cannot be read.
        Conflict: somebody else imports the same log at the same time.
    """
    today, shapes = clock().date(), FileShapes(blobs)
    key_of = lru_cache(lambda day: book.day_key(day, today))
    lines = answers = unreadable = 0
    before = _total(book)
    with _opened(file) as opened:
        name = _name(opened)
        place = book.log_place(name)
        opened.seek(place)
        for batch, now in _batches(opened, place):
            read = [log_line(line.decode("utf-8", "replace")) for line in batch]
            sent = [each for line in read if line is not None and (each := _audio(line, shapes)) is not None]
            book.note_heard(
                gathered(sent, key_of), place=LogPosition(log=name, before=place, now=now) if name else None
            )
            place = now
            lines, answers, unreadable = lines + len(batch), answers + len(sent), unreadable + read.count(None)
    book.forget_days(today)
    return Imported(lines=lines, answers=answers, unreadable=unreadable, downloads=_total(book) - before)


def _total(book: DownloadRepository) -> int:
    return book.downloads(Counted()).total


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    try:
        with file.open("rb") as plain:
            packed = plain.read(len(_GZIP)) == _GZIP
        opened: IO[bytes]
        with gzip.open(file) if packed else file.open("rb") as opened:  # type: ignore[assignment]
            yield opened
    except (OSError, EOFError) as error:
        raise SourceNotFound(f"{file} cannot be read: {error}.", "Correct the path, or its permissions.") from error


def _name(opened: IO[bytes]) -> str:
    """By which a log is known: a digest of its first line about a file, without the address in it; empty without one."""
    while raw := opened.readline(_LONGEST_LINE):
        line = log_line(raw.decode("utf-8", "replace"))
        if line is not None and MEDIA_PATH.fullmatch(line.path):
            told = raw.decode("utf-8", "replace").replace(line.host, "", 1)
            return hashlib.sha256(told.encode()).hexdigest()
    return ""


def _batches(opened: IO[bytes], place: int) -> Iterator[tuple[list[bytes], int]]:
    """Whole lines, and the place behind them; the last one waits until it is written to its end."""
    batch: list[bytes] = []
    while line := opened.readline(_LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
            break
        batch.append(line)
        place += len(line)
        if len(batch) == _LINES_AT_A_TIME:
            yield batch, place
            batch = []
    if batch:
        yield batch, place


def _audio(line: LogLine, shapes: FileShapes) -> Sent | None:
    found = MEDIA_PATH.fullmatch(line.path)
    if found is None or line.method != "GET" or line.status not in {200, 206}:
        return None
    article, language, file, ending = found.groups()
    return Sent(
        day=line.day, host=line.host, agent=line.agent, article=article, language=language, file=file,
        shape=shapes.of(line.path, ending), start=line.start, length=line.length,
    )  # fmt: skip
