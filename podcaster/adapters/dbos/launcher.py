"""Launches DBOS, again and again: a worker ends it where there is no work.

On PostgreSQL its connections stay open meanwhile, so that the next render waits for none of them. SQLite has nothing to
connect to, and DBOS sets its pragmas itself.
"""

from collections.abc import Sequence
from typing import Any, Final

from dbos import DBOS, DBOSConfig
from sqlalchemy import Engine, create_engine, event, make_url

from podcaster.adapters.dbos.workflows import Workflows
from podcaster.adapters.session_checks import check_rested_sessions

NAME: Final = "podcaster"
VERSION: Final = "1"
"""Pinned, so that a new release carries on what an older one began."""
_NOTIFYING_S: Final = 0.2
_KEPT: Final = 8
_AT_MOST: Final = 20


class Launcher:
    """Launches DBOS on one database, for some of its queues."""

    def __init__(self, url: str, queues: Sequence[str]) -> None:
        self._url = url
        self._queues = list(queues)
        self._engine = _engine(url)

    def launch(self, workflows: Workflows, executor: str) -> None:
        """Define the workflows and launch DBOS under an executor's name."""
        config: DBOSConfig = {
            "name": NAME,
            "system_database_url": self._url,
            "system_database_engine": self._engine,
            "executor_id": executor,
            "application_version": VERSION,
            "log_level": "ERROR",
            "run_migrations": False,  # done when the client was made; this runs each time that work comes
            # Its messages between workflows are not used; these threads are waited for when it ends.
            "notification_listener_polling_interval_sec": _NOTIFYING_S,
            "notification_coalesce_sec": _NOTIFYING_S,
        }
        DBOS(config=config)
        DBOS.listen_queues(self._queues)
        workflows.define()
        DBOS.launch()

    def close(self) -> None:
        """Close the connections; DBOS has ended."""
        if self._engine is not None:
            self._engine.dispose()


def _engine(url: str) -> Engine | None:
    """An engine as DBOS makes its own, for PostgreSQL; its sessions are checked less often."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return None
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=_KEPT,
        max_overflow=_AT_MOST - _KEPT,
        pool_use_lifo=True,
        connect_args={"application_name": "dbos_transact", "connect_timeout": 10},
    )

    check_rested_sessions(engine)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 # the driver's own
        connection.execute("SET idle_in_transaction_session_timeout = '60s'")  # one that stands still holds locks
        connection.commit()

    return engine
