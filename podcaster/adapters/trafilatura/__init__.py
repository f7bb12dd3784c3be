"""Pages read by trafilatura, each in a fork of a prepared process, which can be killed."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Self

from podcaster.adapters.child_process.answers import answer, read_within
from podcaster.adapters.trafilatura.process import BEGUN, END, PageLimits, start_reading_process
from podcaster.article.draft import Draft
from podcaster.errors import NoArticleFound
from podcaster.model import Block, BlockKind

if TYPE_CHECKING:
    from typing import BinaryIO

    from podcaster.adapters.child_process.forking import ForkingProcess

_LIMITS = PageLimits()
_ATTEMPTS = 2


class TrafilaturaReader:
    """Fills `article.page.PageReader`. A page that takes too much time or memory costs its fork and nothing else.

    The process starts with the first page, serves any number of threads, and ends with its reader, with the program that it
    belongs to, or when there was no page for a while. A fork of that program gets one of its own.
    """

    def __init__(self, limits: PageLimits = _LIMITS) -> None:
        self._limits = limits
        self._own: dict[int, _Own] = {}

    def read(self, page: bytes, *, charset: str, url: str | None) -> Draft:
        """The report on a page; a process that has died is replaced once."""
        reply = b""
        with _file(page, charset, url) as file:
            for _ in range(_ATTEMPTS):
                reply = self._reply(file)
                if reply:
                    break
        if not reply.endswith(END):
            raise NoArticleFound(
                "The page could not be understood within the limits of memory and time.",
                "Hand in the text of the report.",
            )
        return _draft(json.loads(reply.removeprefix(BEGUN)))

    def close(self) -> None:
        """End the prepared process, and what it is reading; another page would start a new one."""
        self._here().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _here(self) -> _Own:
        """State of this process; a forked process gets its own."""
        return self._own.setdefault(os.getpid(), _Own(self._limits))

    def _reply(self, file: BinaryIO) -> bytes:
        """Output of the pipe; empty if the process is gone and no fork took the page."""
        own = self._here()
        asked: list[ForkingProcess] = []
        reply, in_time = answer(
            lambda pipe: asked.append(own.asked(file.fileno(), pipe)),
            lambda pipe: _read(pipe, time.monotonic() + self._limits.seconds),
        )
        if not reply:
            own.drop(asked[0])
        if not in_time:
            raise NoArticleFound(
                f"The page could not be read in {self._limits.seconds} s.", "Hand in the text of the report."
            )
        return reply


@dataclass(slots=True)
class _Own:
    """The prepared process that one program has, if it has one."""

    limits: PageLimits
    process: ForkingProcess | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, file: int, pipe: int) -> ForkingProcess:
        """The process, started if need be, which has been sent a page."""
        with self.lock:
            if self.process is None:
                self.process = start_reading_process(self.limits)
            self.process.send(b"\0", file, pipe)
            return self.process

    def drop(self, process: ForkingProcess) -> None:
        """Use it no more; what its forks are reading for other threads, they read to the end."""
        with self.lock:
            if self.process is process:
                self.process = None
            process.drop()

    def close(self) -> None:
        with self.lock:
            if self.process is not None:
                self.process.kill()
            self.process = None


def _file(page: bytes, charset: str, url: str | None) -> BinaryIO:
    """The page and what is known of it, in memory that the fork reads: a packet would be too small, a pipe would have to be fed."""
    file = os.fdopen(os.memfd_create("page"), "w+b")
    file.write(json.dumps([charset, url or None]).encode() + b"\n")
    file.write(page)
    file.flush()
    return file


def _read(pipe: int, deadline: float) -> tuple[bytes, bool]:
    """Output of a fork up to its end mark, and whether it came in time."""
    pieces: list[bytes] = []
    try:
        while piece := read_within(pipe, deadline):
            pieces.append(piece)
            if piece.endswith(END):
                break
    except TimeoutError:
        return b"".join(pieces), False
    return b"".join(pieces), True


def _draft(found: dict[str, object]) -> Draft:
    published = found.pop("published")
    body = found.pop("body")
    foreign = found.pop("foreign_words")
    return Draft(
        published=datetime.fromisoformat(str(published)) if published else None,
        body=tuple(Block(kind=BlockKind(kind), text=text) for kind, text in body),  # type: ignore[attr-defined] # our own JSON
        foreign_words=tuple((word, tag) for word, tag in foreign),  # type: ignore[attr-defined] # the same
        **{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()},  # type: ignore[arg-type] # the same
    )
