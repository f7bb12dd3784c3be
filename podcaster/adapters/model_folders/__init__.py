"""Folders that models are installed into: indexes read, downloads that go on where they were cut off, new ones put in place whole."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from podcaster.errors import ModelRefused, SourceTooLarge, SourceUnreachable
from podcaster.errors.disk import installing
from podcaster.ports import Downloaded, Fetcher

_INDEX_BYTES = 20_000_000


def read_index(fetcher: Fetcher, url: str, *, of: str, setting: str, otherwise: str = "") -> object:
    """The JSON of an index.

    Args:
        fetcher: Fetches it.
        url: Its address.
        of: What it lists, as an error says it.
        setting: The environment variable that names it.
        otherwise: A way without it, as a part of a sentence.

    Raises:
        SourceUnreachable: it cannot be reached, or is not JSON.
    """
    try:
        found: object = json.loads(fetcher.get(url, limit_bytes=_INDEX_BYTES).body)
    except (SourceUnreachable, SourceTooLarge) as error:
        raise SourceUnreachable(
            f"The index of {of} cannot be reached: {error.what}", f"Try again, or correct {setting}{otherwise}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceUnreachable(f"{url} is not an index of {of}.", f"Correct {setting}.") from error
    return found


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """A new folder on the disk of the models; what is left in it after the block is deleted.

    Raises:
        StorageFull: the disk is full.
        StorageFailed: the folder cannot be written.
    """
    with installing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as scratch:
            yield Path(scratch)


def downloaded(
    fetcher: Fetcher, folder: Path, url: str, *, suffix: str, limit_bytes: int, progress: Downloaded
) -> Path:
    """A file from another machine, below `.downloads`: kept until it is installed, so that a cut-off download goes on.

    Raises:
        SourceUnreachable: it cannot be reached.
        SourceTooLarge: it is longer than the limit.
    """
    place = folder / ".downloads"
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}{suffix}"
    fetcher.download(url, file, limit_bytes=limit_bytes, progress=progress)
    return file


def verify(file: Path, sha256: str) -> None:
    """Check a download against the checksum that its index has; empty: it has none.

    Raises:
        ModelRefused: it differs; the file is deleted.
    """
    if sha256 and sha256_of(file) != sha256:
        file.unlink()
        raise ModelRefused(
            "The model is not installed: its checksum is not the index's.",
            "Try again; if it happens again, tell whoever keeps the index.",
        )


def sha256_of(file: Path) -> str:
    """The checksum of a file, in hexadecimal digits."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def unwatched(_: int, __: int | None) -> None:
    """Progress of a download that nobody waits for."""
