"""Kokoro's model for the tests: in the user's cache, where `./run test` installs it once for every clone."""

import fcntl
import os
from pathlib import Path

from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.kokoro.installation import KokoroInstaller

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "podcaster" / "kokoro"


def kokoro_folder() -> Path:
    """The folder, filled."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        installer = KokoroInstaller(FOLDER, GuardedFetcher())
        if not installer.installed:
            installer.install("packages", lambda *_: None)
    return FOLDER
