"""Ports whose adapter is opened on first use, since a process that only serves never needs it."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from podcaster.ports import Answer, Downloaded, Fetched, Fetcher, ReadingJob, RenderJob, WaitingWork
from podcaster.units import RenderId

if TYPE_CHECKING:
    from podcaster.adapters.dbos import DbosQueue

_Made = TypeVar("_Made")


@dataclass(slots=True)
class Lazy(Generic[_Made]):
    """A value made on first use, once for all threads."""

    make: Callable[[], _Made]
    made: _Made | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> _Made:
        """The value, made if necessary."""
        with self._making:
            if self.made is None:
                self.made = self.make()
            return self.made


class LazyQueue:
    """Fills `ports.Queue`. DBOS takes 30 MB, which a process that only serves rarely needs."""

    def __init__(self, make: "Callable[[], DbosQueue]") -> None:
        self._queue = Lazy(make)

    def submit(self, job: RenderJob) -> None:
        """Take a job over."""
        self._queue.get().submit(job)

    def submit_reading(self, job: ReadingJob, *, day: date) -> None:
        """Queue a reading."""
        self._queue.get().submit_reading(job, day=day)

    def cancel(self, render: RenderId) -> None:
        """End a job."""
        self._queue.get().cancel(render)

    def forget(self, ended_before: datetime) -> int:
        """Drop what is kept of some jobs that ended before then."""
        return self._queue.get().forget(ended_before)

    def waiting(self) -> Sequence[WaitingWork]:
        """Work that no worker has begun."""
        return self._queue.get().waiting()

    @property
    def worker(self) -> str:
        """The name that this process works under."""
        return self._queue.get().worker

    def under_way(self) -> Sequence[str]:
        """Ids of renders and languages that this process is at."""
        return self._queue.get().under_way()

    def working(self) -> AbstractContextManager[None]:
        """Work on jobs within it."""
        return self._queue.get().working()

    def close(self) -> None:
        """Let go of the database, where it was opened."""
        if self._queue.made is not None:
            self._queue.made.close()


class LazyFetcher:
    """Fills `ports.Fetcher`."""

    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._fetcher = Lazy(make)

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        """Fetch a URL."""
        return self._fetcher.get().get(url, limit_bytes=limit_bytes)

    def ask(self, url: str, *, limit_bytes: int, etag: str = "", last_modified: str = "") -> Answer:
        """Fetch a URL unless it is still what it was."""
        return self._fetcher.get().ask(url, limit_bytes=limit_bytes, etag=etag, last_modified=last_modified)

    def download(self, url: str, file: Path, *, limit_bytes: int, progress: Downloaded) -> None:
        """Fetch something large into a file."""
        self._fetcher.get().download(url, file, limit_bytes=limit_bytes, progress=progress)
