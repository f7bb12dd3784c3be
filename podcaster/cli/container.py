"""Opens the container for a command, and its sources."""

import getpass
import os
import platform
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.cli.garbage_collection import resume_collection
from podcaster.cli.lean_imports import import_structlog
from podcaster.errors import PodcasterError, SourceNotFound
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.ports import Submission
    from podcaster.wiring import Container

STANDARD_INPUT = "-"


def container(**options: str) -> "Container":
    """Everything joined, from the environment and from podcaster.toml where the command was typed.

    `options` of the command stand in place of settings, by their variables' names.
    What the command changes is written down with the name of whoever typed it.
    """
    import_structlog()
    from podcaster.model.changes import Actor, Channel
    from podcaster.ports import enter
    from podcaster.settings import load
    from podcaster.wiring import Container

    enter(Actor(name=_login(), channel=Channel.COMMAND, place=platform.node()))
    made = Container(load({**os.environ, **options}, Path.cwd()))
    resume_collection()
    return made


def submission(source: str, language: LanguageTag | None = None) -> "Submission":
    """Read a `SOURCE` argument: a URL, `-` for standard input, or a file, with a chapter behind it as in `book.epub#3`.

    Raises:
        SourceNotFound: there is no such file, or it cannot be opened.
    """
    from podcaster.ports import Submission

    if source.startswith(("http://", "https://")):
        return Submission(url=source, name=source, language=language)
    if source == STANDARD_INPUT:
        return Submission(body=sys.stdin.buffer.read(), name="standard input", language=language)
    try:
        file = Path(source) if Path(source).exists() else Path(re.sub(r"#\d+$", "", source))
        return Submission(body=file.read_bytes(), name=source, language=language)
    except OSError as error:
        raise SourceNotFound(f"{source} cannot be opened: {error.strerror}.", "Correct the path.") from error


def warned(problem: PodcasterError | str) -> None:
    """One line on stderr, and on with the work."""
    print(f"podcaster: {problem}", file=sys.stderr)  # noqa: T201 # this is what a command line is for


def _login() -> str:
    """A container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
