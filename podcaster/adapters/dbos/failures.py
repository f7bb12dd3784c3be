"""Forwards the log of DBOS to podcaster's, and turns its exceptions into podcaster's errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
import structlog
from dbos import error as dbos_error
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from podcaster.errors import StorageFailed, StorageFull

_ENDED: Final = (dbos_error.DBOSAwaitedWorkflowCancelledError, dbos_error.DBOSWorkflowCancelledError)
log = structlog.get_logger()


class _Forwarding(logging.Handler):
    """Forwards DBOS's log to podcaster's own; a cancelled workflow is no error."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        if kind is not None and issubclass(kind, _ENDED):
            return
        log.error("dbos", said=record.getMessage(), exc_info=record.exc_info)


def forward_log() -> None:
    """DBOS logs every start to the terminal; only errors matter."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.ERROR)
    if not logger.handlers:
        logger.addHandler(_Forwarding())
        logger.propagate = False


@contextmanager
def explained() -> Iterator[None]:
    """Raise what DBOS and its database raise as errors that a person can read.

    Raises:
        StorageFull: the database has no room.
        StorageFailed: it cannot be used for another reason.
    """
    try:
        yield
    except (SQLAlchemyError, dbos_error.DBOSException, OSError) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
        if "is full" in said or "No space left" in said:
            raise StorageFull("There is no room in the queue's database.", "Free some space and try again.") from error
        if isinstance(error, OperationalError) and isinstance(error.orig, psycopg.OperationalError):
            raise StorageFailed(
                f"The queue's database cannot be reached: {said.removeprefix('connection failed: ')}.",
                "Start it, or correct PODCASTER_DATABASE_URL.",
            ) from error
        raise StorageFailed(
            f"The queue's database cannot be used ({said}).",
            "Run `podcaster doctor`; restore a backup if it is damaged.",
        ) from error
