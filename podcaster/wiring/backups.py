"""Builds backup and restore from the settings."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.errors import Conflict, NotThere, SettingsWrong
from podcaster.release import release_version
from podcaster.wiring.service_parts import ServiceParts
from podcaster.wiring.stores import now

if TYPE_CHECKING:
    from podcaster.backup.restoring import Restorer
    from podcaster.backup.saving import Saver
    from podcaster.backup.transfer import Progress
    from podcaster.ports import BlobStore
    from podcaster.ports.backups import LibraryCopies


class BackupParts(ServiceParts):
    """Backup and restore of everything that the settings point to."""

    @property
    def library_copies(self) -> "LibraryCopies":
        """Reads and replaces the library as a whole."""
        from podcaster.adapters.database.library_copies import SqlLibraryCopies

        return SqlLibraryCopies(self._database_url("podcaster"), self._database_url("jobs"))

    def saver(self, progress: "Progress") -> "Saver":
        """Backs up."""
        from podcaster.backup.saving import Saver

        return Saver(
            library=self.library_copies,
            blobs=self.blobs,
            clock=now,
            version=release_version(),
            base_url=self.settings.base_url,
            progress=progress,
        )

    def restorer(self, progress: "Progress") -> "Restorer":
        """Restores."""
        from podcaster.backup.restoring import Restorer

        return Restorer(library=self.library_copies, blobs=self.blobs, progress=progress)

    def backup_store(self, where: str, *, made: bool = True) -> "BlobStore":
        """The folder or bucket that a backup is in; a folder is made unless it has to be there.

        Raises:
            NotThere: there is no such folder.
            SettingsWrong: it is where the library's own files are, in them, or around them: a restore would delete it;
                or its address carries what is not read.
        """
        from podcaster.adapters.blobs import open_blobs
        from podcaster.adapters.blobs.addresses import check_address, is_url

        if is_url(where):
            check_address(where)
        there, own = _place(where), _place(self.settings.storage_url or str(self.settings.data / "blobs"))
        if there.startswith(own) or own.startswith(there):
            raise SettingsWrong(
                f"{where} is the library's own store, or lies in it or around it.", "Name another folder or bucket."
            )
        if is_url(where):
            return open_blobs(where)
        folder = Path(where).absolute()
        if not made and not folder.is_dir():
            raise NotThere(f"There is no folder {folder}.", "Name what `podcaster backup` wrote to.")
        return open_blobs(folder)

    @contextmanager
    def one_backup(self) -> Iterator[None]:
        """Backups and restores of one data folder one at a time; the system lets go of the lock of one that dies.

        Raises:
            Conflict: another one is running.
        """
        folder = self.settings.data.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "backup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict("Another backup or restore is running.", "Wait until it has ended.") from None
            yield

    def forget_snapshot_folder(self) -> None:
        """Empty PODCASTER_SNAPSHOT, whose generations are those of another library."""
        if self.settings.snapshot is None:
            return
        for name in ("feeds", "versions"):
            shutil.rmtree(self.settings.snapshot / name, ignore_errors=True)


def _place(where: str) -> str:
    """A folder's path without links, or a bucket's URL, with a slash at its end."""
    if "://" in where and not where.startswith("file://"):
        return f"{where.rstrip('/')}/"
    return f"{str(Path(where.removeprefix('file://')).resolve()).rstrip('/')}/"
