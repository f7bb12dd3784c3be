"""Stores, thread pools and the folder of voices, each made once and when it is first used."""

import os
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import podcaster
from podcaster import language as languages
from podcaster.ports.telemetry import UNOBSERVED, Telemetry
from podcaster.settings import Settings
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.ports import BlobStore, Fetcher, Library, ReplayGuard


def shipped(name: str) -> Path:
    """A folder that comes with podcaster: inside the package where it is installed, beside it in a clone."""
    package = Path(podcaster.__file__).parent
    return next((folder for folder in (package / name, package.parent / name) if folder.is_dir()), package / name)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Stores:
    """Parts that the whole program shares: settings, languages, blobs, thread pools, the fetcher."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.telemetry: Telemetry = UNOBSERVED
        """Set by `Container.observe`, before any part that uses it is built."""

    @cached_property
    def languages(self) -> Sequence[LanguageTag]:
        """The languages that every report is rendered into."""
        return tuple(dict.fromkeys(languages.parse(tag) for tag in self.settings.languages))

    @cached_property
    def voices(self) -> Path:
        """The folder that editors change."""
        return self.settings.voices or shipped("voices")

    @cached_property
    def blobs(self) -> "BlobStore":
        """Clips, translations, episodes, feeds."""
        from podcaster.adapters.blobs import open_blobs

        return open_blobs(self.settings.storage_url or self.settings.data / "blobs")

    def check_storage(self) -> str:
        """The place where files are kept; looks into a bucket.

        Raises:
            SettingsWrong: its address carries what is not read.
            StorageFailed: the bucket cannot be reached.
        """
        from podcaster.adapters.blobs import check_bucket
        from podcaster.adapters.blobs.addresses import is_url

        where = str(self.settings.storage_url or self.settings.data / "blobs")
        if is_url(where):
            check_bucket(where)
        return where

    @cached_property
    def library(self) -> "Library":
        """Reports, renders, episodes, feeds, keys."""
        from podcaster.adapters.database import open_library

        return open_library(self._database_url("podcaster"))

    def _database_url(self, name: str) -> str:
        """One PostgreSQL database holds everything; SQLite files hold the library and the jobs apart."""
        if self.settings.database_url:
            return self.settings.database_url
        folder = self.settings.data.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / name}.sqlite"

    @cached_property
    def first_time(self) -> "ReplayGuard":
        """One machine's workers share a folder, which is quicker than a write of SQLite's; many machines share a database."""
        if self.settings.database_url.startswith("postgresql"):
            return self.library.first_time
        from podcaster.adapters.replay_guard import FileReplayGuard

        return FileReplayGuard(self.settings.data.absolute() / "requests").first_time

    @cached_property
    def thread_pool(self) -> Executor:
        """Thread pool that renders lines."""
        return ThreadPoolExecutor(self.workers, thread_name_prefix="thread_pool")

    @cached_property
    def background_thread_pool(self) -> Executor:
        """Thread pool for background lines."""
        return ThreadPoolExecutor(self.workers, thread_name_prefix="patient")

    @property
    def workers(self) -> int:
        """Lines that are rendered at the same time."""
        return self.settings.workers or len(os.sched_getaffinity(0))

    @cached_property
    def fetcher(self) -> "Fetcher":
        """Fetches over HTTP."""
        from podcaster.wiring.lazy import lazy

        return lazy(self._guarded_fetcher)

    def _guarded_fetcher(self) -> "Fetcher":
        from podcaster.adapters.fetch import GuardedFetcher

        settings = self.settings
        return GuardedFetcher(allow_loopback=settings.allow_loopback, allowed_networks=settings.allowed_networks)
