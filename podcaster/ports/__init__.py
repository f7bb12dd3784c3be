"""What the program needs from outside that no stage owns.

Each promise below is a suite in tests/contracts/, run over every implementation. Implementations are safe to call from
several threads. Besides the errors named, every method may raise `StorageFailed`.
"""

from podcaster.ports.library import ApiKey, FeedPointer, Library, Listening, PublishedEpisode, StoredArticle
from podcaster.ports.stores import BlobStore, Clock, Fetched, Fetcher
from podcaster.ports.work import Newsroom, Queue, RenderJob, Stages, Submission

__all__ = [
    "ApiKey",
    "BlobStore",
    "Clock",
    "FeedPointer",
    "Fetched",
    "Fetcher",
    "Library",
    "Listening",
    "Newsroom",
    "PublishedEpisode",
    "Queue",
    "RenderJob",
    "Stages",
    "StoredArticle",
    "Submission",
]
