"""Dependencies of the web service."""

import secrets
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fastapi import FastAPI
from prometheus_client import generate_latest

from podcaster.episode.notes import ENGLISH, NotesPhrases
from podcaster.listener.oauth_tokens import SpeakerClient
from podcaster.model import Show, Voice
from podcaster.ports import (
    ArticleEditor,
    BackfillManager,
    BlobStore,
    Clock,
    FeedPointer,
    HookReceiver,
    Library,
    LineEditor,
    ListeningDesk,
    Newsroom,
    PreviewDesk,
    Publishing,
    RecordingDesk,
    RevisionDesk,
    SourceManager,
    VoiceDesk,
    WordSearch,
)
from podcaster.settings.brand import BrandSettings
from podcaster.units import LanguageTag

ShowInFront = Callable[[FeedPointer, Mapping[str, bytes]], None]
"""Puts a feed's bytes, by content coding, where a web server in front finds them; raises StorageFailed."""


class Speaker(Protocol):
    """A smart speaker's skill: takes header names in lower case and a raw body, answers with a JSON document."""

    def verifies_offline(self, headers: Mapping[str, str]) -> bool:
        """Whether `verify` needs no network, and so does not block."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Verify that the speaker's service sent the request.

        Raises:
            SignatureWrong: It did not.
        """

    def answer(self, body: bytes) -> bytes:
        """Answer a verified request; blocks.

        Raises:
            SignatureWrong: The request is a replay.
        """

    def timeout_answer(self, body: bytes) -> bytes:
        """The response to a verified request whose answer takes too long. Does not block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that the web service's routes use."""

    library: Library
    blobs: BlobStore
    newsroom: Newsroom
    previews: PreviewDesk
    listening: ListeningDesk
    voice_choice: VoiceDesk
    recording: RecordingDesk
    revisions: RevisionDesk
    lines: LineEditor
    articles: ArticleEditor
    publishing: Publishing
    search: WordSearch
    sources: SourceManager
    backfills: BackfillManager
    hooks: HookReceiver
    clock: Clock
    show: Callable[[LanguageTag], Show]
    cover: Callable[[LanguageTag, str, int], bytes]
    """The cover of a show (`""`) or of one of its topics, as a JPEG with sides of so many pixels."""
    languages: Sequence[LanguageTag]
    """The default languages of reports."""
    being_made: Collection[LanguageTag] = ()
    """Languages whose samples this process is rendering, or will."""
    base_url: str
    former_base_url: str = ""
    """Base URL of the feeds' guids, if the service has moved; empty: `base_url`."""
    max_upload_bytes: int
    """Longest body that an editor may send."""
    listeners_per_hour: int = 60
    """Private feeds that one network may create in an hour."""
    count_downloads: bool = True
    """Whether downloads are counted."""
    brand: BrandSettings = field(default_factory=BrandSettings)
    """Name, logo, colours and typeface of the pages."""
    development: bool = False
    """Whether pages for development are served: /styleguide."""
    hubs: Sequence[str] = ()
    """WebSub hubs that the feeds name."""
    phrases: Callable[[LanguageTag], NotesPhrases] = lambda _: ENGLISH
    """The show notes' own words."""
    voices: Callable[[LanguageTag], Sequence[Voice]] = lambda _: ()
    """Voices of a language that can speak here, in order of preference."""
    randomness: Callable[[int], bytes] = secrets.token_bytes
    """Gives that many random bytes for secrets."""
    body_seconds: float = 30.0
    """Time limit for receiving a request's body."""
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set at shutdown, so that endless responses (event streams) end."""
    speaker: Speaker | None = None
    """None: there is no skill, and nothing at its address."""
    speaker_seconds: float = 6.0
    """Time limit for answering a speaker: Alexa gives up after 8 seconds, and the network needs some."""
    show_in_front: ShowInFront | None = None
    """None: no web server in front serves the feeds itself."""
    assistants: bool = False
    """Whether assistants are served at /mcp."""
    figures: Callable[[], bytes] = generate_latest
    """The answer of /metrics, in Prometheus' text format."""
    instrument: Callable[[FastAPI], None] = lambda _: None
    """Adds tracing to the application."""
    linking: SpeakerClient | None = None
    """The OAuth client for account linking; None: no linking, and no /oauth/ routes."""
