"""The whole library over one database."""

from podcaster.adapters.database.articles import Articles
from podcaster.adapters.database.engine import LOCKED_FOR_MS, connect
from podcaster.adapters.database.episodes import Episodes
from podcaster.adapters.database.faults import said_plainly
from podcaster.adapters.database.keys import Keys
from podcaster.adapters.database.renders import Renders
from podcaster.adapters.database.upgrade import upgrade


class DatabaseLibrary(Articles, Renders, Episodes, Keys):
    """Fills `ports.Library`. Safe for threads and processes; not to be taken across a fork."""

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_library(database_url: str, *, locked_for_ms: int = LOCKED_FOR_MS) -> DatabaseLibrary:
    """The library at `sqlite:///…` or `postgresql://…`, its tables created or upgraded.

    Raises:
        SettingsWrong: the URL is of neither kind.
        StorageFailed: it cannot be opened, or a newer podcaster has written it.
    """
    engine = connect(database_url, locked_for_ms=locked_for_ms)
    with said_plainly(engine.url.render_as_string(hide_password=True)):
        upgrade(engine)
    return DatabaseLibrary(engine)
