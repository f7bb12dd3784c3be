"""A disk of a test's own, that can be filled and frozen: ext4 in a file."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from support.requirements import missing

_BLOCK = b"x" * 65_536


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """Mounted at `folder`."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """No byte is free within the block."""
        junk = self.folder / "junk"
        try:
            with junk.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(_BLOCK)
            yield
        finally:
            junk.unlink()

    def freeze(self, seconds: int) -> None:
        """Whoever writes waits meanwhile; what has been read stays readable. It thaws though this process is killed."""
        thawed = f'fsfreeze --freeze "$0" && sleep {seconds}; fsfreeze --unfreeze "$0"'
        subprocess.run(["sh", "-c", thawed, self.folder], check=True, start_new_session=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Make it, mount it, and take it away behind the block."""
    image, mounted = folder / "disk.img", folder / "disk"
    mounted.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
    if subprocess.run(["mount", "-o", "loop", image, mounted], check=False).returncode:
        missing("no file can be mounted here")
    try:
        yield SmallDisk(mounted)
    finally:
        _unmount(mounted)


def _unmount(folder: Path) -> None:
    """The processes that used it have ended; the kernel may take a moment to see it."""
    for _ in range(50):
        if subprocess.run(["umount", folder], check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", "-l", folder], check=True)
