"""What the program needs from outside that no stage owns.

Each promise below is a suite in tests/contracts/, run over every implementation. Implementations are safe to call from
several threads. Besides the errors named, every method may raise `StorageFailed`.
"""

from podcaster.ports.archive import Archive, PublishedEpisode, Wanted
from podcaster.ports.articles import ArticleDesk, ArticleFilter, Removed, Standing, StoredArticle
from podcaster.ports.backfills import ArchiveFile, BackfillBook, BackfillDesk
from podcaster.ports.changes import ChangeLog, acting, actor, enter
from podcaster.ports.downloads import Counted, DownloadBook, Downloads, LogPlace
from podcaster.ports.edits import EditorsTable, Edits, LineDesk, Publishing, WordSearch
from podcaster.ports.feeds import ArchivePage, FeedBook, FeedItem, FeedPointer, Place
from podcaster.ports.hubs import Hub, HubAnswer, Pings
from podcaster.ports.library import ApiKey, Library, Listening
from podcaster.ports.limits import Allowance, Buckets
from podcaster.ports.linking import FirstTime, Links
from podcaster.ports.models import ModelShelf, RecognizerModel, RecognizerShelf, TranslationPackage
from podcaster.ports.readings import ReadEpisode, ReadingJob, Readings
from podcaster.ports.schedules import ScheduledEpisode, Schedules
from podcaster.ports.sources import HookDoor, SourceBook, SourceDesk
from podcaster.ports.stores import Answer, BlobStore, Clock, Downloaded, Fetched, Fetcher, Stamp, StoredBlob
from podcaster.ports.voices import VoiceFile, VoicePackage, VoiceShelf
from podcaster.ports.work import Newsroom, Queue, RenderJob, RightOfWay, Stages, Submission, Taken

__all__ = [
    "Allowance",
    "Answer",
    "ApiKey",
    "Archive",
    "ArchiveFile",
    "ArchivePage",
    "ArticleDesk",
    "ArticleFilter",
    "BackfillBook",
    "BackfillDesk",
    "BlobStore",
    "Buckets",
    "ChangeLog",
    "Clock",
    "Counted",
    "DownloadBook",
    "Downloaded",
    "Downloads",
    "EditorsTable",
    "Edits",
    "FeedBook",
    "FeedItem",
    "FeedPointer",
    "Fetched",
    "Fetcher",
    "FirstTime",
    "HookDoor",
    "Hub",
    "HubAnswer",
    "Library",
    "LineDesk",
    "Links",
    "Listening",
    "LogPlace",
    "ModelShelf",
    "Newsroom",
    "Pings",
    "Place",
    "PublishedEpisode",
    "Publishing",
    "Queue",
    "ReadEpisode",
    "ReadingJob",
    "Readings",
    "RecognizerModel",
    "RecognizerShelf",
    "Removed",
    "RenderJob",
    "RightOfWay",
    "ScheduledEpisode",
    "Schedules",
    "SourceBook",
    "SourceDesk",
    "Stages",
    "Stamp",
    "Standing",
    "StoredArticle",
    "StoredBlob",
    "Submission",
    "Taken",
    "TranslationPackage",
    "VoiceFile",
    "VoicePackage",
    "VoiceShelf",
    "Wanted",
    "WordSearch",
    "acting",
    "actor",
    "enter",
]
