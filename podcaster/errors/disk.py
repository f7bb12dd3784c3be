"""Disk errors of the operating system, as podcaster's own."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from podcaster.errors.failed import StorageFailed, StorageFull

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors of a disk, a quota or a file that is full."""


@contextmanager
def installing(
    folder: Path, *, nothing: str = "nothing is installed", room: str = "Make room and try again."
) -> Iterator[None]:
    """Within the block something is installed into a folder; `nothing` and `room` say what a full disk means.

    Raises:
        StorageFull: the disk is full.
        StorageFailed: the folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull(f"The disk is full; {nothing}.", room) from error
        raise StorageFailed(f"{folder} cannot be written: {error.strerror}.", "Correct its permissions.") from error
