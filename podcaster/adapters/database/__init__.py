"""The library in SQLite or PostgreSQL, by SQLAlchemy."""

from podcaster.adapters.database.archive import ArchiveShelf
from podcaster.adapters.database.articles import ArticleShelf
from podcaster.adapters.database.backfills import BackfillShelf
from podcaster.adapters.database.changes import ChangeShelf
from podcaster.adapters.database.connection import explained, journal_mode, open_engine
from podcaster.adapters.database.downloads import DownloadShelf
from podcaster.adapters.database.edits import EditShelf
from podcaster.adapters.database.episodes import EpisodeShelf
from podcaster.adapters.database.feeds import FeedShelf
from podcaster.adapters.database.keys import KeyShelf
from podcaster.adapters.database.links import LinkShelf
from podcaster.adapters.database.listeners import ListenerShelf
from podcaster.adapters.database.pings import PingShelf
from podcaster.adapters.database.readings import ReadingShelf
from podcaster.adapters.database.removals import RemovalShelf
from podcaster.adapters.database.renders import RenderShelf
from podcaster.adapters.database.schedules import ScheduleShelf
from podcaster.adapters.database.sources import SourceShelf
from podcaster.adapters.database.speakers import SpeakerShelf

__all__ = ["SqlLibrary", "explained", "journal_mode", "open_library"]


class SqlLibrary(
    ArticleShelf,
    RemovalShelf,
    ChangeShelf,
    RenderShelf,
    EpisodeShelf,
    ArchiveShelf,
    FeedShelf,
    PingShelf,
    KeyShelf,
    EditShelf,
    ListenerShelf,
    SpeakerShelf,
    LinkShelf,
    ScheduleShelf,
    SourceShelf,
    DownloadShelf,
    ReadingShelf,
    BackfillShelf,
):
    """Fills `ports.Library`."""

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_library(url: str) -> SqlLibrary:
    """The library at a URL, its schema up to date.

    Raises:
        SettingsWrong: the URL is none.
        StorageFailed: the database cannot be opened.
    """
    return SqlLibrary(open_engine(url))
