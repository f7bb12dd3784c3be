"""Ports that no stage owns: storage, jobs, other machines.

Each promise below is a suite in tests/contracts/, run over every implementation. Implementations are safe to call from
several threads. Besides the errors named, every method may raise `StorageFailed`.
"""

from podcaster.ports.backfills import ArchiveFile, BackfillManager, BackfillRepository
from podcaster.ports.downloads import Counted, DownloadRepository, Downloads, LogPosition
from podcaster.ports.editing.articles import ArticleEditor, ArticleFilter, ArticleRemoval, LanguageStatus, StoredArticle
from podcaster.ports.editing.changes import ChangeLog, acting, actor, enter
from podcaster.ports.editing.desk import (
    LineVersion,
    ListeningDesk,
    Peaks,
    Preview,
    PreviewDesk,
    RecordingDesk,
    VoiceDesk,
    VoiceFacts,
)
from podcaster.ports.editing.desk_notes import DeskNote, DeskNotes
from podcaster.ports.editing.edits import EditorsTable, Edits, LineEditor, Publishing, WordSearch
from podcaster.ports.library import ApiKey, Library, PlaybackPosition
from podcaster.ports.limits import Allowance, Buckets
from podcaster.ports.linking import ReplayGuard, SpeakerLinks
from podcaster.ports.models import ModelStore, RecognizerModel, RecognizerStore, TranslationPackage
from podcaster.ports.publishing.archive import Archive, EpisodeQuery, PublishedEpisode
from podcaster.ports.publishing.feeds import ArchivePage, FeedItem, FeedPointer, FeedPosition, FeedRepository
from podcaster.ports.publishing.hubs import Hub, HubAnswer, WebsubPings
from podcaster.ports.publishing.schedules import ScheduledEpisode, Schedules
from podcaster.ports.readings import ReadEpisode, ReadingJob, Readings
from podcaster.ports.retention import PublishedRevision, ReadRevision, StoredReferences
from podcaster.ports.revisions import LineTake, RevisionDesk, StoredRevision
from podcaster.ports.sources import HookReceiver, SourceManager, SourceRepository
from podcaster.ports.stores import Answer, BlobStore, Clock, Downloaded, Fetched, Fetcher, Stamp, StoredBlob
from podcaster.ports.voices import SpeechModel, VoiceFile, VoicePackage, VoiceStore
from podcaster.ports.work import (
    Newsroom,
    Queue,
    RenderJob,
    RenderPriority,
    Stages,
    Submission,
    Taken,
    WaitingWork,
    WorkHandedBack,
)

__all__ = [
    "Allowance",
    "Answer",
    "ApiKey",
    "Archive",
    "ArchiveFile",
    "ArchivePage",
    "ArticleEditor",
    "ArticleFilter",
    "ArticleRemoval",
    "BackfillManager",
    "BackfillRepository",
    "BlobStore",
    "Buckets",
    "ChangeLog",
    "Clock",
    "Counted",
    "DeskNote",
    "DeskNotes",
    "DownloadRepository",
    "Downloaded",
    "Downloads",
    "EditorsTable",
    "Edits",
    "EpisodeQuery",
    "FeedItem",
    "FeedPointer",
    "FeedPosition",
    "FeedRepository",
    "Fetched",
    "Fetcher",
    "HookReceiver",
    "Hub",
    "HubAnswer",
    "LanguageStatus",
    "Library",
    "LineEditor",
    "LineTake",
    "LineVersion",
    "ListeningDesk",
    "LogPosition",
    "ModelStore",
    "Newsroom",
    "Peaks",
    "PlaybackPosition",
    "Preview",
    "PreviewDesk",
    "PublishedEpisode",
    "PublishedRevision",
    "Publishing",
    "Queue",
    "ReadEpisode",
    "ReadRevision",
    "ReadingJob",
    "Readings",
    "RecognizerModel",
    "RecognizerStore",
    "RecordingDesk",
    "RenderJob",
    "RenderPriority",
    "ReplayGuard",
    "RevisionDesk",
    "ScheduledEpisode",
    "Schedules",
    "SourceManager",
    "SourceRepository",
    "SpeakerLinks",
    "SpeechModel",
    "Stages",
    "Stamp",
    "StoredArticle",
    "StoredBlob",
    "StoredReferences",
    "StoredRevision",
    "Submission",
    "Taken",
    "TranslationPackage",
    "VoiceDesk",
    "VoiceFacts",
    "VoiceFile",
    "VoicePackage",
    "VoiceStore",
    "WaitingWork",
    "WebsubPings",
    "WordSearch",
    "WorkHandedBack",
    "acting",
    "actor",
    "enter",
]
