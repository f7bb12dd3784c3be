"""The library in SQLite or PostgreSQL, by SQLAlchemy."""

from podcaster.adapters.database.connection import explained, journal_mode, open_engine
from podcaster.adapters.database.repositories.article_removal import ArticleRemovalRepository
from podcaster.adapters.database.repositories.articles import ArticleRepository
from podcaster.adapters.database.repositories.backfills import SqlBackfillRepository
from podcaster.adapters.database.repositories.changes import ChangeRepository
from podcaster.adapters.database.repositories.desk_notes import DeskNoteRepository
from podcaster.adapters.database.repositories.downloads import SqlDownloadRepository
from podcaster.adapters.database.repositories.edits import EditRepository
from podcaster.adapters.database.repositories.figures import SqlFiguresRepository
from podcaster.adapters.database.repositories.keys import KeyRepository
from podcaster.adapters.database.repositories.listening.listeners import ListenerRepository
from podcaster.adapters.database.repositories.listening.readings import ReadingRepository
from podcaster.adapters.database.repositories.listening.speaker_links import SpeakerLinkRepository
from podcaster.adapters.database.repositories.listening.speakers import SpeakerRepository
from podcaster.adapters.database.repositories.publishing.archive import ArchiveRepository
from podcaster.adapters.database.repositories.publishing.episodes import EpisodeRepository
from podcaster.adapters.database.repositories.publishing.feeds import SqlFeedRepository
from podcaster.adapters.database.repositories.publishing.schedules import ScheduleRepository
from podcaster.adapters.database.repositories.publishing.unshown import UnshownRepository
from podcaster.adapters.database.repositories.publishing.websub_pings import WebsubPingRepository
from podcaster.adapters.database.repositories.renders import RenderRepository
from podcaster.adapters.database.repositories.sources import SqlSourceRepository
from podcaster.adapters.database.stored_references import StoredReferenceRepository

__all__ = ["SqlLibrary", "explained", "journal_mode", "open_library"]


class SqlLibrary(
    ArticleRepository,
    ArticleRemovalRepository,
    ChangeRepository,
    DeskNoteRepository,
    RenderRepository,
    EpisodeRepository,
    ArchiveRepository,
    SqlFeedRepository,
    UnshownRepository,
    WebsubPingRepository,
    KeyRepository,
    EditRepository,
    ListenerRepository,
    SpeakerRepository,
    SpeakerLinkRepository,
    ScheduleRepository,
    SqlSourceRepository,
    SqlDownloadRepository,
    ReadingRepository,
    StoredReferenceRepository,
    SqlBackfillRepository,
    SqlFiguresRepository,
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
