"""Exit status 0, 1 or 2, and one line on stderr for an error."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import typer

from podcaster.errors import PodcasterError, StorageFailed, StorageFull
from podcaster.errors.disk import FULL


@contextmanager
def reported() -> Iterator[None]:
    """Turn errors that a person can mend into one line and an exit status."""
    try:
        yield
    except PodcasterError as error:
        complain(error)
        sys.exit(error.exit_status)
    except OSError as error:
        complain(explained(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def explained(error: OSError) -> PodcasterError:
    """An operating system error, in words for the user of the command."""
    place = f" at {error.filename}" if error.filename else ""
    if error.errno in FULL:
        return StorageFull(
            f"The disk is full{place}.", "Make room and run the command again; what was finished is kept."
        )
    reason = error.strerror or str(error)
    return StorageFailed(f"{reason}{place}.", "Correct the path or its permissions.")


def complain(error: PodcasterError) -> None:
    """One line on stderr."""
    typer.echo(f"podcaster: {error}", err=True)


def answer(value: Mapping[str, object] | Sequence[object]) -> None:
    """JSON on stdout, for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False))
