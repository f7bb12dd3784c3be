"""The distribution that holds this package, and its version.

`podcaster` is another program on the public registry, so the distribution has a name of its own.
"""

from functools import cache
from pathlib import Path

DISTRIBUTION = "newsroom-podcaster"


@cache
def release_version() -> str:
    """The version that is installed."""
    from importlib.metadata import version  # noqa: PLC0415 # slow to load, and few commands name a version

    return version(DISTRIBUTION)


def to_install(extra: str) -> str:
    """The command that adds one of the distribution's extras to this installation: from its clone, or from a wheel."""
    if (Path(__file__).parents[1] / "run").is_file():
        return f"./run install --with {extra}"
    wheel = f"{DISTRIBUTION.replace('-', '_')}-{release_version()}-py3-none-any.whl"
    return f"uv pip install --constraint constraints.txt --excludes excluded.txt '{wheel}[{extra}]'"
