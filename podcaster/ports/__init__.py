"""What the program needs from outside that no stage owns.

Each promise below is a suite in tests/contracts/, run over every implementation. Implementations are safe to call from
several threads. Besides the errors named, every method may raise `StorageFailed`.
"""

from podcaster.ports.backfills import ArchiveFile, BackfillBook, BackfillDesk
from podcaster.ports.edits import EditorsTable, Edits, LineDesk, Publishing, WordSearch
from podcaster.ports.library import ApiKey, FeedPointer, Library, Listening, PublishedEpisode, StoredArticle
from podcaster.ports.linking import FirstTime, Links
from podcaster.ports.models import ModelShelf, TranslationPackage
from podcaster.ports.schedules import ScheduledEpisode, Schedules
from podcaster.ports.sources import HookDoor, SourceBook, SourceDesk
from podcaster.ports.stores import Answer, BlobStore, Clock, Downloaded, Fetched, Fetcher, StoredBlob
from podcaster.ports.voices import VoiceFile, VoicePackage, VoiceShelf
from podcaster.ports.work import Newsroom, Queue, RenderJob, RightOfWay, Stages, Submission, Taken

__all__ = [
    "Answer",
    "ApiKey",
    "ArchiveFile",
    "BackfillBook",
    "BackfillDesk",
    "BlobStore",
    "Clock",
    "Downloaded",
    "EditorsTable",
    "Edits",
    "FeedPointer",
    "Fetched",
    "Fetcher",
    "FirstTime",
    "HookDoor",
    "Library",
    "LineDesk",
    "Links",
    "Listening",
    "ModelShelf",
    "Newsroom",
    "PublishedEpisode",
    "Publishing",
    "Queue",
    "RenderJob",
    "RightOfWay",
    "ScheduledEpisode",
    "Schedules",
    "SourceBook",
    "SourceDesk",
    "Stages",
    "StoredArticle",
    "StoredBlob",
    "Submission",
    "Taken",
    "TranslationPackage",
    "VoiceFile",
    "VoicePackage",
    "VoiceShelf",
    "WordSearch",
]
