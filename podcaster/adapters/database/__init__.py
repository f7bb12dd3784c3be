"""The library in SQLite or PostgreSQL, by SQLAlchemy."""

from podcaster.adapters.database.connection import explained, journal_mode, open_engine
from podcaster.adapters.database.repositories.archive import ArchiveShelf
from podcaster.adapters.database.repositories.article_removal import RemovalShelf
from podcaster.adapters.database.repositories.articles import ArticleShelf
from podcaster.adapters.database.repositories.backfills import BackfillShelf
from podcaster.adapters.database.repositories.changes import ChangeShelf
from podcaster.adapters.database.repositories.downloads import DownloadShelf
from podcaster.adapters.database.repositories.edits import EditShelf
from podcaster.adapters.database.repositories.episodes import EpisodeShelf
from podcaster.adapters.database.repositories.feeds import FeedShelf
from podcaster.adapters.database.repositories.keys import KeyShelf
from podcaster.adapters.database.repositories.listeners import ListenerShelf
from podcaster.adapters.database.repositories.readings import ReadingShelf
from podcaster.adapters.database.repositories.renders import RenderShelf
from podcaster.adapters.database.repositories.schedules import ScheduleShelf
from podcaster.adapters.database.repositories.sources import SourceShelf
from podcaster.adapters.database.repositories.speaker_links import LinkShelf
from podcaster.adapters.database.repositories.speakers import SpeakerShelf
from podcaster.adapters.database.repositories.websub_pings import PingShelf

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
