"""The distribution that holds this package, and its version.

`podcaster` is another program on the public registry, so the distribution has a name of its own.
"""

from functools import cache
from importlib.metadata import version

DISTRIBUTION = "newsroom-podcaster"


@cache
def release_version() -> str:
    """The version that is installed."""
    return version(DISTRIBUTION)
