"""Records downloads: responses are noted in memory, and a background thread stores them every few seconds."""

import re
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import structlog

from podcaster.downloads.transfers import (
    BRIEFING,
    MINUTE_BYTES,
    AudioResponse,
    ClientTransfer,
    FileLayout,
    transfers_by_client,
)
from podcaster.errors import PodcasterError
from podcaster.ports import BlobStore, Clock, DownloadRepository
from podcaster.web.http.asgi import Message, Receive, Scope, Send

AUDIO_START: Final = "podcaster.audio_start"
"""Scope key: the length in bytes of the tag in front of audio that is spliced on request."""
MEDIA_PATH = re.compile(r"/media/([a-z0-9-]{1,80})/([A-Za-z0-9-]{2,35})/([0-9a-f]{16}(\.mp3|\.m4a|\.opus))")
_EVERY_S = 5.0
_MOST_ANSWERS = 20_000
"""Responses noted between two writes; the thread wakes early at half of them."""
_MOST_CLIENTS = 100_000
"""Clients already counted, kept in memory so that their later responses need no query."""
_AUDIO = tuple(MINUTE_BYTES)
_HEARD = frozenset({200, 206})
_CONTENT_RANGE = re.compile(rb"bytes (\d+)-\d+/(\d+)")
_ID3_HEADER_BYTES = 10
Answered = TypeVar("Answered")
_Answering = Callable[[Scope, Receive, Send], Awaitable[Answered]]
log = structlog.get_logger()


class _ResponseNote(NamedTuple):
    """A response as noted. Equal notes are one: the same bytes sent again add nothing."""

    path: str
    """Empty for a briefing, whose path is its listener's secret."""
    host: str
    agent: bytes
    content_range: bytes
    length: int
    """Content-Length of the response."""
    sent: int
    briefing: tuple[bytes, bytes, int] | None
    """Content-Language, ETag and tag length in bytes."""


@dataclass(slots=True, eq=False)
class _TrackedResponse:
    """A response while it is sent."""

    send: Send
    status: int = 0
    headers: Iterable[tuple[bytes, bytes]] = ()
    sent: int = 0
    """Bytes handed to the server. A client that disconnects may never receive the last of them."""

    async def follow(self, message: Message) -> None:
        if "body" in message:
            self.sent += len(message["body"])
        elif message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        await self.send(message)

    def note(self, scope: Scope) -> _ResponseNote:
        told = dict(self.headers)
        start = scope.get(AUDIO_START)
        return _ResponseNote(
            scope["path"] if start is None else "",
            scope["client"][0] if scope["client"] else "",
            dict(scope["headers"]).get(b"user-agent", b""),
            told.get(b"content-range", b""),
            int(told.get(b"content-length", b"0")),
            self.sent,
            None if start is None else (told[b"content-language"], told[b"etag"], start),
        )


class FileLayouts:
    """Layouts of media files, cached: a file never changes under its name."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self.of = lru_cache(maxsize=4096)(self._read)

    def _read(self, path: str, ending: str) -> FileLayout:
        """The layout of the file at `/media/…`; only the bitrate, by file extension, if the file is gone."""
        name, minute = path.removeprefix("/"), MINUTE_BYTES[ending]
        length = self._blobs.size(name)
        if length is None:
            return FileLayout(minute=minute)
        return FileLayout(minute=minute, audio_start=_tag_bytes(self._blobs.get_range(name, 0, 10)), length=length)


class DownloadRecorder:
    """Counts the downloads that one process serves, and deletes expired day keys even when counting is off.

    Downloads noted but not yet stored are lost if the process is killed.
    """

    def __init__(
        self, repository: DownloadRepository, blobs: BlobStore, clock: Clock, *, counting: bool = True
    ) -> None:
        self._repository = repository
        self._counting = counting
        self._forgotten: date | None = None
        self._clock = clock
        self._shapes = FileLayouts(blobs)
        self._noted: set[_ResponseNote] = set()
        self._noting = threading.Lock()
        """Held only to add a note or to swap the set, so that no request waits."""
        self._waiting: list[ClientTransfer] = []
        self._counted: set[str] = set()
        self._lost = 0
        self._wake = threading.Event()
        self._ending = False
        self._thread = threading.Thread(target=self._count, name="downloads", daemon=True)

    def recording(self, inner: _Answering[Answered]) -> _Answering[Answered]:
        """Wrap a handler so that each response is noted when it ends, completely or not."""
        if not self._counting:
            return inner

        async def noted(scope: Scope, receive: Receive, send: Send) -> Answered:
            answer = _TrackedResponse(send)
            try:
                return await inner(scope, receive, answer.follow)
            finally:
                if answer.status in _HEARD and answer.sent and scope["path"].endswith(_AUDIO):
                    self._keep(answer.note(scope))

        return noted

    def open(self) -> None:
        """Start the background thread."""
        self._thread.start()

    def close(self) -> None:
        """Store what is noted and stop; blocks."""
        self._ending = True
        self._wake.set()
        self._thread.join()

    def _keep(self, note: _ResponseNote) -> None:
        with self._noting:
            if len(self._noted) < _MOST_ANSWERS:
                self._noted.add(note)
            else:
                self._lost += 1
        if len(self._noted) == _MOST_ANSWERS // 2:
            self._wake.set()

    def _taken(self) -> set[_ResponseNote]:
        """Take the notes, leaving an empty set."""
        with self._noting:
            noted, self._noted = self._noted, set()
            lost, self._lost = self._lost, 0
        if lost:
            log.warning("downloads not counted: too many responses between two writes", lost=lost)
        return noted

    def _count(self) -> None:
        while not self._ending:
            self._wake.wait(_EVERY_S)
            self._wake.clear()
            self._write_or_log()
        self._write_or_log()  # responses that ended while the last write was under way

    def _write_or_log(self) -> None:
        try:
            self._write()
        except PodcasterError as error:
            log.warning("downloads not stored yet", answers=len(self._waiting), error=str(error))
        except Exception:  # without this thread no download would be counted any more
            log.exception("downloads not stored")

    def _write(self) -> None:
        noted, today = self._taken(), self._clock().date()
        try:
            heard = transfers_by_client(
                self._audio_responses(noted, today), lru_cache(lambda day: self._repository.day_key(day, today))
            )
        except PodcasterError:
            for note in noted:
                self._keep(note)
            raise
        new = [each for each in heard if each.client not in self._counted]
        self._waiting = [*self._waiting, *new][:_MOST_ANSWERS]
        if self._waiting:
            counted = self._repository.note_heard(self._waiting)
            self._waiting = []
            self._counted = (self._counted if len(self._counted) < _MOST_CLIENTS else set()) | counted
        if self._forgotten != today:
            self._repository.forget_days(today)
            self._forgotten = today

    def _audio_responses(self, noted: Iterable[_ResponseNote], day: date) -> Iterator[AudioResponse]:
        for note in noted:
            part = _CONTENT_RANGE.match(note.content_range)
            episode = self._episode(note, int(part[2]) if part else note.length or None)
            if episode is not None:
                article, language, file, layout = episode
                yield AudioResponse(
                    day=day, host=note.host, agent=note.agent.decode("latin-1"), article=article, language=language,
                    file=file, layout=layout, start=int(part[1]) if part else 0, length=note.sent,
                )  # fmt: skip

    def _episode(self, note: _ResponseNote, length: int | None) -> tuple[str, str, str, FileLayout] | None:
        """Article, language, file and layout of a response; None if it is not audio. `length` is the whole file's."""
        if note.briefing is not None:
            language, etag, start = note.briefing
            layout = FileLayout(minute=MINUTE_BYTES[".mp3"], audio_start=start, length=length)
            return BRIEFING, language.decode(), etag.decode(), layout
        media = MEDIA_PATH.fullmatch(note.path)
        return (media[1], media[2], media[3], self._shapes.of(note.path, media[4])) if media else None


def _tag_bytes(head: bytes) -> int:
    """Length of the ID3v2 tag at the start of a file, from its first ten bytes (ID3v2.3 §3.1); 0 if there is none."""
    if len(head) < _ID3_HEADER_BYTES or head[:3] != b"ID3":
        return 0
    size = 0
    for seven_bits in head[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return _ID3_HEADER_BYTES + size
