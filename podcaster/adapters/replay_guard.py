"""Replay guard: an empty file for each request that has passed, shared by processes of one machine without waiting for a disk."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from podcaster.errors import StorageFailed

_SWEPT_EVERY = timedelta(minutes=1)


class FileReplayGuard:
    """A folder with a file for each request, named by its digest; its time is when the request came.

    The system makes a file once, whoever else tries (O_EXCL). Nothing of it has to outlive a power cut.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._swept: datetime | None = None
        self._sweeping = threading.Lock()

    def first_time(self, digest: str, now: datetime, *, forget_before: datetime) -> bool:
        """Whether a request with this digest has not come before; older ones than `forget_before` are forgotten.

        Raises:
            StorageFailed: the folder cannot be written.
        """
        with _explained():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep(now, forget_before)
            try:
                made = os.open(self._folder / digest, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                return False
            try:
                os.utime(made, (now.timestamp(), now.timestamp()))
            finally:
                os.close(made)
            return True

    def _sweep(self, now: datetime, forget_before: datetime) -> None:
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            if self._swept is not None and now - self._swept < _SWEPT_EVERY:
                return
            self._swept = now
            with os.scandir(self._folder) as files:
                for file in files:
                    with suppress(FileNotFoundError):  # another process was quicker
                        if file.stat().st_mtime < forget_before.timestamp():
                            Path(file.path).unlink()
        finally:
            self._sweeping.release()


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            f"A request cannot be noted: {error.strerror}.", "See that the data folder can be written."
        ) from error
