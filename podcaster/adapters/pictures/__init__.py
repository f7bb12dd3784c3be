"""Reports' own pictures: fetched, and made square in a process of its own with limits."""

import os
import subprocess
import sys
from threading import Lock
from typing import Final

import structlog
from cachetools import TTLCache

from podcaster.errors import PodcasterError
from podcaster.ports import Fetcher

_PROGRAM: Final = "podcaster.adapters.pictures.program"
_SIDE: Final = 640
_LIMIT_BYTES: Final = 12_000_000
_MEMORY_BYTES, _CPU_SECONDS, _SECONDS = 1 << 30, 15, 30
_KEPT, _KEPT_S = 16, 600
"""Pictures kept for the other languages of a report."""
log = structlog.get_logger()


class ReportPictures:
    """Square JPEGs of pictures on the web; a picture that cannot be had costs no episode. Safe to use from several threads."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._kept: TTLCache[str, bytes] = TTLCache(_KEPT, _KEPT_S)
        self._lock = Lock()

    def __call__(self, url: str) -> bytes:
        """The picture at a URL; empty if there is none that can be shown."""
        with self._lock:
            if url not in self._kept:
                self._kept[url] = self._made(url)
            return self._kept[url]

    def _made(self, url: str) -> bytes:
        try:
            fetched = self._fetcher.get(url, limit_bytes=_LIMIT_BYTES)
        except PodcasterError as error:
            log.info("a report's picture is not shown", url=url, reason=error.what)
            return b""
        return square(fetched.body)


def square(picture: bytes) -> bytes:
    """A square JPEG of a picture; empty if it is none, or takes too much."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 # our own program, and no shell
            [sys.executable, "-m", _PROGRAM, *map(str, (_SIDE, _MEMORY_BYTES, _CPU_SECONDS))],
            input=picture, capture_output=True, timeout=_SECONDS, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""
