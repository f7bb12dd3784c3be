"""What the web service is handed by wiring."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from podcaster.episode.notes import ENGLISH, NotesPhrases
from podcaster.model import Show
from podcaster.ports import BlobStore, Clock, HookDoor, Library, LineDesk, Newsroom, Publishing, SourceDesk
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
    sources: SourceDesk
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
    phrases: Callable[[LanguageTag], NotesPhrases] = lambda _: ENGLISH
    """The show notes' own words."""
    randomness: Callable[[int], bytes] = secrets.token_bytes
    """So many bytes that nobody can guess."""
    body_seconds: float = 30.0
    """How long a request's body may take to arrive."""
    speaker: Speaker | None = None
    """None: there is no skill, and nothing at its address."""
