"""Archives of translation models, checked before a byte of them is written."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from podcaster.errors import ModelRefused

_LARGEST_BYTES = 4 * 1024**3
_REMEDY = "Download it again, or from another place."


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """A zip archive.

    Raises:
        ModelRefused: it is damaged; in the block, too, when one of its entries is read.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise refused(f"its archive is damaged, or none ({error})") from error


def checked_entries(archive: zipfile.ZipFile, *, most: int) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """The files of an archive, by their paths.

    Raises:
        ModelRefused: it holds a link, more than `most` files or 4 GiB, or a path that leads out of its folder.
    """
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > most:
        raise refused(f"it has more than {most} files")
    if sum(entry.file_size for entry in entries) > _LARGEST_BYTES:
        raise refused(f"it is larger than {_LARGEST_BYTES >> 30} GiB when unpacked")
    return [(_checked_path(entry), entry) for entry in entries]


def refused(why: str) -> ModelRefused:
    """The error for a model that is not installed."""
    return ModelRefused(f"The model is not installed: {why}.", _REMEDY)


def _checked_path(entry: zipfile.ZipInfo) -> PurePosixPath:
    path = PurePosixPath(entry.filename)
    outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
    if outside or not path.parts or ":" in path.parts[0]:
        raise refused(f"it wants to write outside its folder ({entry.filename[:80]})")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise refused(f"it holds a link ({entry.filename[:80]})")
    return path
