"""A folder in which several web processes count together. It imports no prometheus_client: that reads the variable once."""

import atexit
import os
import shutil
import tempfile
from typing import Final

TOGETHER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus_client's own variable; processes that are started here inherit it."""


def count_together(processes: int) -> None:
    """Called before the first figure is made, by the process that starts the others."""
    if processes > 1 and TOGETHER not in os.environ:
        folder = tempfile.mkdtemp(prefix="podcaster-figures-")
        os.environ[TOGETHER] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
