"""What the web service is handed by wiring."""

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from podcaster.episode.notes import ENGLISH, NotesPhrases
from podcaster.listener.linking import SpeakerClient
from podcaster.model import Show
from podcaster.ports import (
    BackfillDesk,
    BlobStore,
    Clock,
    HookDoor,
    Library,
    LineDesk,
    Newsroom,
    Publishing,
    SourceDesk,
    WordSearch,
)
from podcaster.units import LanguageTag

Speaker = Callable[[Mapping[str, str], bytes], bytes]
"""Answers a smart speaker's request: headers by their names in lower case, and the body, to a JSON document.

It blocks, and raises SignatureWrong for what the speaker's makers did not send.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Stores, the newsroom and what the site says of itself."""

    library: Library
    blobs: BlobStore
    newsroom: Newsroom
    lines: LineDesk
    publishing: Publishing
    search: WordSearch
    sources: SourceDesk
    backfills: BackfillDesk
    hooks: HookDoor
    clock: Clock
    show: Callable[[LanguageTag], Show]
    cover: Callable[[LanguageTag], bytes]
    """A show's cover, as JPEG."""
    languages: Sequence[LanguageTag]
    """What reports are rendered into where nobody says otherwise."""
    base_url: str
    max_upload_bytes: int
    """Longest body that an editor may send."""
    listeners_per_hour: int = 60
    """Listeners that may be made from one network."""
    phrases: Callable[[LanguageTag], NotesPhrases] = lambda _: ENGLISH
    """The show notes' own words."""
    randomness: Callable[[int], bytes] = secrets.token_bytes
    """So many bytes that nobody can guess."""
    body_seconds: float = 30.0
    """How long a request's body may take to arrive."""
    leaving: threading.Event = field(default_factory=threading.Event)
    """Set when the service is about to end: answers without an end of their own end then."""
    speaker: Speaker | None = None
    """None: there is no skill, and nothing at its address."""
    linking: SpeakerClient | None = None
    """Who may link accounts; None: nobody, and nothing at /oauth/."""
