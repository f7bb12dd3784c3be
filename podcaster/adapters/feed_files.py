"""The public feeds as plain files, for a web server in front that serves them itself."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from podcaster.errors import StorageFailed
from podcaster.ports import FeedPointer

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class _Version:
    """A folder that a feed's link points to."""

    folder: Path
    generation: int
    digest: str

    @classmethod
    def of(cls, link: Path) -> "_Version | None":
        """None before the first feed is written."""
        if not link.is_symlink():
            return None
        folder = link.parent / link.readlink()
        generation, _, digest = folder.name.partition("-")
        return cls(folder, int(generation), digest)

    @property
    def changed_s(self) -> int:
        """Modification time of a feed's file, which the web server uses for Last-Modified and ETag; 0 if the folder is gone."""
        try:
            return int((self.folder / "identity").stat().st_mtime)
        except FileNotFoundError:
            return 0


class SnapshotFolder:
    """`feeds/NAME.xml` is a link to a folder with a file for each content coding, and is replaced by one rename.

    A folder never changes once it is linked to, so nobody reads half a feed; and no link goes back to an older generation,
    however many processes write. A web server makes its tags of a file's whole seconds and length: so the seconds of two versions of
    a feed always differ.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def show(self, pointer: FeedPointer, forms: Mapping[str, bytes]) -> None:
        """Put a feed there, by content coding, unless what is there is the same or newer.

        Raises:
            StorageFailed: the folder cannot be written.
        """
        link = self._folder / "feeds" / f"{pointer.name}.xml"
        try:
            if _is_behind(_Version.of(link), pointer):
                with self._alone():
                    self._replace(link, pointer, forms)
        except OSError as error:
            raise StorageFailed(
                f"{self._folder} cannot be written: {error.strerror}.", "Correct PODCASTER_SNAPSHOT or its permissions."
            ) from error

    def _replace(self, link: Path, pointer: FeedPointer, forms: Mapping[str, bytes]) -> None:
        before = _Version.of(link)
        if not _is_behind(before, pointer):
            return
        digest = pointer.digest[:_DIGITS]
        changed_s = int(pointer.changed.timestamp())
        if before is not None:
            same = before.digest == digest and before.changed_s
            changed_s = before.changed_s if same else max(changed_s, before.changed_s + 1)
        versions = self._folder / "versions" / pointer.name.replace("/", "+")
        made = versions / f"{pointer.generation}-{digest}"
        shutil.rmtree(made, ignore_errors=True)  # what a process left that was killed before it set the link
        made.mkdir(parents=True)
        for coding, body in forms.items():
            _write(made / coding, body, changed_s)
        link.parent.mkdir(parents=True, exist_ok=True)
        aside = link.with_name(f".{uuid4().hex}")
        aside.symlink_to(os.path.relpath(made, link.parent))
        aside.replace(link)
        # The one before stays: somebody may have followed the link and not opened the file yet.
        kept = {made.name, before.folder.name if before else ""}
        for old in versions.iterdir():
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time, of all processes; the system lets go of the lock of one that dies."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _is_behind(version: _Version | None, pointer: FeedPointer) -> bool:
    return version is None or version.generation < pointer.generation or not version.folder.is_dir()


def _write(file: Path, body: bytes, changed_s: int) -> None:
    with file.open("wb") as written:
        written.write(body)
        written.flush()
        os.utime(written.fileno(), (changed_s, changed_s))
        os.fsync(written.fileno())
