"""Who hears what, counted behind the answers: an answer is noted in memory, a thread does the rest every few seconds."""

import re
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import structlog

from podcaster.audience.answers import BRIEFING, MINUTE_BYTES, Heard, Sent, Shape, gathered
from podcaster.errors import PodcasterError
from podcaster.ports import BlobStore, Clock, DownloadRepository
from podcaster.web.http.asgi import Message, Receive, Scope, Send

AUDIO_START: Final = "podcaster.audio_start"
"""Where a scope has the bytes of the tag of what is spliced on request."""
MEDIA_PATH = re.compile(r"/media/([a-z0-9-]{1,80})/([A-Za-z0-9-]{2,35})/([0-9a-f]{16}(\.mp3|\.m4a|\.opus))")
_EVERY_S = 5.0
_MOST_ANSWERS = 20_000
"""Noted between two rounds; a round begins early when half of them are there."""
_MOST_CLIENTS = 100_000
"""Counted ones that are remembered, so that their further answers ask nothing of the database."""
_AUDIO = tuple(MINUTE_BYTES)
_HEARD = frozenset({200, 206})
_CONTENT_RANGE = re.compile(rb"bytes (\d+)-\d+/(\d+)")
_ID3_HEADER_BYTES = 10
Answered = TypeVar("Answered")
_Answering = Callable[[Scope, Receive, Send], Awaitable[Answered]]
log = structlog.get_logger()


class _Note(NamedTuple):
    """What is noted of an answer. Equal ones are one: the same bytes again are no more."""

    path: str
    """Of a briefing: empty, since the address of one is a listener's own."""
    host: str
    agent: bytes
    content_range: bytes
    length: int
    """As the answer announced it."""
    sent: int
    briefing: tuple[bytes, bytes, int] | None
    """Language, ETag and bytes of the tag."""


@dataclass(slots=True, eq=False)
class _Answer:
    """An answer while it is sent."""

    send: Send
    status: int = 0
    headers: Iterable[tuple[bytes, bytes]] = ()
    sent: int = 0
    """Bytes handed to the system, which holds some that a client who left will never see."""

    async def follow(self, message: Message) -> None:
        if "body" in message:
            self.sent += len(message["body"])
        elif message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        await self.send(message)

    def note(self, scope: Scope) -> _Note:
        told = dict(self.headers)
        start = scope.get(AUDIO_START)
        return _Note(
            path=scope["path"] if start is None else "",
            host=scope["client"][0] if scope["client"] else "",
            agent=next((value for name, value in scope["headers"] if name == b"user-agent"), b""),
            content_range=told.get(b"content-range", b""),
            length=int(told.get(b"content-length", b"0")),
            sent=self.sent,
            briefing=None if start is None else (told[b"content-language"], told[b"etag"], start),
        )


class FileShapes:
    """What is to be known of episodes' files, looked up once for each: a file never changes under its name."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self.of = lru_cache(maxsize=4096)(self._looked_up)

    def _looked_up(self, path: str, ending: str) -> Shape:
        """The shape of the file at `/media/…`; of one that is gone only what its ending says."""
        name, minute = path.removeprefix("/"), MINUTE_BYTES[ending]
        length = self._blobs.size(name)
        if length is None:
            return Shape(minute=minute)
        return Shape(minute=minute, audio_start=_tag_bytes(self._blobs.get_range(name, 0, 10)), length=length)


class Audience:
    """Counts the answers of one process, and has forgotten what is over, also where nothing is counted any more.

    What is noted and not yet written is lost with a process that is killed.
    """

    def __init__(self, book: DownloadRepository, blobs: BlobStore, clock: Clock, *, counting: bool = True) -> None:
        self._book = book
        self._counting = counting
        self._forgotten: date | None = None
        self._clock = clock
        self._shapes = FileShapes(blobs)
        self._noted: set[_Note] = set()
        self._noting = threading.Lock()
        """Held for one entry or one exchange, so that nobody waits for it."""
        self._waiting: list[Heard] = []
        self._counted: set[str] = set()
        self._lost = 0
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._count, name="audience", daemon=True)

    def hearing(self, inner: _Answering[Answered]) -> _Answering[Answered]:
        """The same handler; what it sends is noted when it has ended, however it ends."""
        if not self._counting:
            return inner

        async def noted(scope: Scope, receive: Receive, send: Send) -> Answered:
            answer = _Answer(send)
            try:
                return await inner(scope, receive, answer.follow)
            finally:
                if answer.status in _HEARD and answer.sent and scope["path"].endswith(_AUDIO):
                    self._keep(answer.note(scope))

        return noted

    def open(self) -> None:
        """Begin to count."""
        self._thread.start()

    def close(self) -> None:
        """Write down what is noted; blocks."""
        self._ending = True
        self._wake.set()
        self._thread.join()

    def _keep(self, note: _Note) -> None:
        with self._noting:
            if len(self._noted) < _MOST_ANSWERS:
                self._noted.add(note)
            else:
                self._lost += 1
        if len(self._noted) == _MOST_ANSWERS // 2:
            self._wake.set()

    def _taken(self) -> set[_Note]:
        """What was noted; from now on something new is."""
        with self._noting:
            noted, self._noted = self._noted, set()
            lost, self._lost = self._lost, 0
        if lost:
            log.warning("more answers than can be counted", lost=lost)
        return noted

    def _count(self) -> None:
        while not self._ending:
            self._wake.wait(_EVERY_S)
            self._wake.clear()
            try:
                self._write()
            except PodcasterError as error:
                log.warning("downloads wait to be written", answers=len(self._waiting), error=str(error))

    def _write(self) -> None:
        noted, today = self._taken(), self._clock().date()
        try:
            heard = gathered(self._audio(noted, today), lru_cache(lambda day: self._book.day_key(day, today)))
        except PodcasterError:
            for note in noted:
                self._keep(note)
            raise
        new = [each for each in heard if each.client not in self._counted]
        self._waiting = [*self._waiting, *new][:_MOST_ANSWERS]
        if self._waiting:
            counted = self._book.note_heard(self._waiting)
            self._waiting = []
            self._counted = (self._counted if len(self._counted) < _MOST_CLIENTS else set()) | counted
        if self._forgotten != today:
            self._book.forget_days(today)
            self._forgotten = today

    def _audio(self, noted: Iterable[_Note], day: date) -> Iterator[Sent]:
        for note in noted:
            part = _CONTENT_RANGE.match(note.content_range)
            episode = self._episode(note, int(part[2]) if part else note.length or None)
            if episode is not None:
                article, language, file, shape = episode
                yield Sent(
                    day=day, host=note.host, agent=note.agent.decode("latin-1"), article=article, language=language,
                    file=file, shape=shape, start=int(part[1]) if part else 0, length=note.sent,
                )  # fmt: skip

    def _episode(self, note: _Note, length: int | None) -> tuple[str, str, str, Shape] | None:
        """Report, language, file and its shape; None for what is not audio. `length` is the whole file's."""
        if note.briefing is not None:
            language, etag, start = note.briefing
            shape = Shape(minute=MINUTE_BYTES[".mp3"], audio_start=start, length=length)
            return BRIEFING, language.decode(), etag.decode(), shape
        media = MEDIA_PATH.fullmatch(note.path)
        return (media[1], media[2], media[3], self._shapes.of(note.path, media[4])) if media else None


def _tag_bytes(head: bytes) -> int:
    """Length of the ID3v2 tag that a file begins with, by its first ten bytes (ID3v2.3 §3.1); 0 where there is none."""
    if len(head) < _ID3_HEADER_BYTES or head[:3] != b"ID3":
        return 0
    size = 0
    for seven_bits in head[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return _ID3_HEADER_BYTES + size
