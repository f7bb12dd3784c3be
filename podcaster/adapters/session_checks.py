"""Checks sessions of PostgreSQL before they are used, if they have rested.

SQLAlchemy's own check (`pool_pre_ping`) asks the server before each transaction: a quarter of all statements of a worker that
has work. A session that has just answered is there; one that rested may have been ended by the server meanwhile.
"""

import time
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

RESTED_S: Final = 1.0
_USED: Final = "podcaster_used"


def check_rested_sessions(engine: Engine, *, rested_s: float = RESTED_S) -> None:
    """Have the engine replace a session that does not answer, where nobody used it for `rested_s` seconds."""

    @event.listens_for(engine, "checkin")
    def _given_back(_: object, record: Any) -> None:  # noqa: ANN401 # the pool's own
        record.info[_USED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(connection: Any, record: Any, _: object) -> None:  # noqa: ANN401 # the driver's and the pool's own
        used = record.info.get(_USED)
        if used is None or time.monotonic() - used < rested_s:  # a new one has just been opened
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("The server has ended the session.") from error  # the pool opens another
