"""Running workers, their work, and requests to drain one or pause all: small files in the blob store."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from podcaster.errors import BlobMissing, PodcasterError, StorageFailed
from podcaster.ports import BlobStore, Clock
from podcaster.render.publishing.background_loop import background_loop

_FOLDER: Final = "workers/"
_RECORD, _DRAIN = ".json", ".drain"
_PAUSED: Final = "paused_workers"
"""Outside the folder: a worker may have any name."""
_EVERY_S: Final = 5.0
_ALIVE: Final = timedelta(seconds=40)
"""Several times the interval: a store may be slow."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRecord:
    """A worker as it last told of itself."""

    name: str
    machine: str
    started: datetime
    seen: datetime
    engines: tuple[str, ...] = ()
    """Speech engines that it can use."""
    only: tuple[str, ...] = ()
    """Speech engines that it keeps to; empty: it makes whatever is left to no other."""
    under_way: tuple[str, ...] = ()
    """Renders and languages, `RENDER.LANGUAGE`."""
    draining: bool = False

    def lives(self, now: datetime) -> bool:
        """Whether it has reported recently."""
        return now - self.seen <= _ALIVE

    def state(self, now: datetime) -> str:
        """`working`, `draining` or `gone`."""
        return ("draining" if self.draining else "working") if self.lives(now) else "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPresence:
    """Tells of this process's worker, and lists all."""

    blobs: BlobStore
    clock: Clock

    @contextmanager
    def told(
        self,
        record: WorkerRecord,
        under_way: Callable[[], Sequence[str]],
        drain: threading.Event,
        *,
        every_s: float = _EVERY_S,
    ) -> Iterator[None]:
        """Tell of a worker within the block; `drain` is set when somebody wants it to end."""

        def tell(ended: threading.Event) -> None:
            while True:
                with suppress_failures("cannot tell of this worker"):
                    if self._is_drained(record.name):
                        drain.set()
                    now = replace(
                        record, seen=self.clock(), under_way=tuple(sorted(under_way())), draining=drain.is_set()
                    )
                    self.blobs.put(_place(record.name, _RECORD), _to_json(now))
                if ended.wait(every_s):
                    return

        try:
            with background_loop(tell, name="presence"):
                yield
        finally:
            with suppress_failures("cannot sign this worker off"):
                self.blobs.delete(_place(record.name, _DRAIN))
                self.blobs.delete(_place(record.name, _RECORD))

    def workers(self) -> Sequence[WorkerRecord]:
        """Every worker that has not signed off, by name; one that was killed stays in the list."""
        names = [name for name in self.blobs.names(_FOLDER) if name.endswith(_RECORD)]
        found = []
        for name in sorted(names):
            with suppress(BlobMissing):
                found.append(_from_json(self.blobs.get(name)))
        return found

    def drain(self, name: str) -> bool:
        """Ask a worker to end once the lines under way are spoken; False where none of this name lives."""
        if not any(each.name == name and each.lives(self.clock()) for each in self.workers()):
            return False
        self.blobs.put(_place(name, _DRAIN), b"")
        return True

    def pause(self) -> None:
        """Let every worker begin nothing new until `resume`; pausing again changes nothing."""
        if self.paused() is None:
            self.blobs.put(_PAUSED, self.clock().isoformat().encode())

    def resume(self) -> bool:
        """End a pause; False where there is none."""
        if self.paused() is None:
            return False
        self.blobs.delete(_PAUSED)
        return True

    def paused(self) -> datetime | None:
        """The beginning of the pause; None where there is none."""
        with suppress(BlobMissing):
            return datetime.fromisoformat(self.blobs.get(_PAUSED).decode())
        return None

    def _is_drained(self, name: str) -> bool:
        return self.blobs.size(_place(name, _DRAIN)) is not None


def _place(name: str, ending: str) -> str:
    return f"{_FOLDER}{re.sub('[^A-Za-z0-9_-]', '_', name)}{ending}"


@contextmanager
def suppress_failures(what: str) -> Iterator[None]:
    """Log what fails: presence is for people, and no work waits for it."""
    try:
        yield
    except PodcasterError as error:
        log.warning(what, error=str(error))


def _to_json(record: WorkerRecord) -> bytes:
    return json.dumps(asdict(record), default=datetime.isoformat).encode()


def _from_json(document: bytes) -> WorkerRecord:
    try:
        plain = json.loads(document)
        times = {key: datetime.fromisoformat(plain[key]) for key in ("started", "seen")}
        lists = {key: tuple(plain.get(key, ())) for key in ("engines", "only", "under_way")}
        known = {field.name for field in fields(WorkerRecord)}  # a newer worker may tell more
        return WorkerRecord(**{key: value for key, value in {**plain, **times, **lists}.items() if key in known})
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFailed(
            "A worker's record cannot be read.", "Delete the files below workers/ in the store."
        ) from error
