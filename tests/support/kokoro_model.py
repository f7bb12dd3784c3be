"""Kokoro's model for the tests: installed once into the virtual environment, as `./run test` does beforehand."""

import fcntl
import sys
from pathlib import Path

from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.kokoro.installation import KokoroInstaller

FOLDER = Path(sys.prefix) / "kokoro"


def kokoro_folder() -> Path:
    """The folder, filled."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        installer = KokoroInstaller(FOLDER, GuardedFetcher())
        if not installer.installed:
            installer.install("packages", lambda *_: None)
    return FOLDER
