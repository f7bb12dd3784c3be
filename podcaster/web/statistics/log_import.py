"""Imports downloads from the access log of a web server that serves the media files itself."""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from podcaster.downloads.access_log import LogLine, log_line
from podcaster.downloads.transfers import AudioResponse, transfers_by_client
from podcaster.errors import SourceNotFound
from podcaster.ports import BlobStore, Clock, Counted, DownloadRepository, LogPosition
from podcaster.web.statistics.download_recorder import MEDIA_PATH, FileLayouts

_LINES_AT_A_TIME = 20_000
_LONGEST_LINE = 65_536
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """Counts from one import of a log."""

    lines: int
    """Lines read by this import."""
    answers: int
    """Lines that sent audio."""
    unreadable: int
    """Lines in neither log format."""
    downloads: int
    """Downloads added by this import."""


def import_log(file: Path, *, repository: DownloadRepository, blobs: BlobStore, clock: Clock) -> ImportSummary:
    """Import a log from where the last import of it ended.

    A log is recognised by its content, so it may have grown, been renamed or been compressed since. Each batch of lines
    is stored together with the position in the log: an interrupted import resumes there.

    Raises:
        SourceNotFound: The file cannot be read.
        Conflict: Another process imports the same log at the same time.
    """
    today, shapes = clock().date(), FileLayouts(blobs)
    key_of = lru_cache(lambda day: repository.day_key(day, today))
    lines = answers = unreadable = 0
    before = _total(repository)
    with _open_log(file) as stream:
        name = _fingerprint(stream)
        place = repository.log_place(name)
        stream.seek(place)
        for batch, now in _batches(stream, place):
            read = [log_line(line.decode("utf-8", "replace")) for line in batch]
            sent = [each for line in read if line is not None and (each := _audio_response(line, shapes)) is not None]
            repository.note_heard(
                transfers_by_client(sent, key_of), place=LogPosition(log=name, before=place, now=now) if name else None
            )
            place = now
            lines, answers, unreadable = lines + len(batch), answers + len(sent), unreadable + read.count(None)
    repository.forget_days(today)
    return ImportSummary(lines=lines, answers=answers, unreadable=unreadable, downloads=_total(repository) - before)


def _total(repository: DownloadRepository) -> int:
    return repository.downloads(Counted()).total


@contextmanager
def _open_log(file: Path) -> Iterator[IO[bytes]]:
    try:
        with file.open("rb") as plain:
            packed = plain.read(len(_GZIP)) == _GZIP
        stream: IO[bytes]
        with gzip.open(file) if packed else file.open("rb") as stream:  # type: ignore[assignment]
            yield stream
    except (OSError, EOFError) as error:
        raise SourceNotFound(f"{file} cannot be read: {error}.", "Check the path and its permissions.") from error


def _fingerprint(stream: IO[bytes]) -> str:
    """Fingerprint of a log: a digest of its first line about a media file, without the client's address; empty if none."""
    while raw := stream.readline(_LONGEST_LINE):
        line = log_line(raw.decode("utf-8", "replace"))
        if line is not None and MEDIA_PATH.fullmatch(line.path):
            told = raw.decode("utf-8", "replace").replace(line.host, "", 1)
            return hashlib.sha256(told.encode()).hexdigest()
    return ""


def _batches(stream: IO[bytes], place: int) -> Iterator[tuple[list[bytes], int]]:
    """Batches of whole lines, each with the position after it; an unfinished last line is left for the next import."""
    batch: list[bytes] = []
    while line := stream.readline(_LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
            break
        batch.append(line)
        place += len(line)
        if len(batch) == _LINES_AT_A_TIME:
            yield batch, place
            batch = []
    if batch:
        yield batch, place


def _audio_response(line: LogLine, shapes: FileLayouts) -> AudioResponse | None:
    found = MEDIA_PATH.fullmatch(line.path)
    if found is None or line.method != "GET" or line.status not in {200, 206}:
        return None
    article, language, file, ending = found.groups()
    return AudioResponse(
        day=line.day, host=line.host, agent=line.agent, article=article, language=language, file=file,
        layout=shapes.of(line.path, ending), start=line.start, length=line.length,
    )  # fmt: skip
