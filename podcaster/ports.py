"""What the program needs from outside that no stage owns.

Each promise below is a suite in tests/contracts/, run over every implementation. Implementations are safe to call from
several threads. Besides the errors named, every method may raise `StorageFailed`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from podcaster.model import Article, Episode, LanguageReport, Render, RenderState
from podcaster.units import ArticleId, LanguageTag, RenderId

Clock = Callable[[], datetime]
"""Returns now, with a time zone."""


class BlobStore(Protocol):
    """Named bytes that never change under their name: a folder, or a bucket.

    A name is relative, `/`-separated and made of letters, digits, `.`, `_` and `-`.
    """

    def get(self, name: str) -> bytes:
        """All bytes of a blob.

        Raises:
            BlobMissing: nothing has this name.
        """

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist; missing ones are left out."""

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end of the blob.

        Raises:
            BlobMissing: nothing has this name.
        """

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store whole or not at all: a reader sees the old bytes or the new, even after kill -9.

        Raises:
            StorageFull: no room; what was there is untouched.
        """

    def size(self, name: str) -> int | None:
        """Length in bytes; None where nothing has this name."""

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix that ends in `/`, in no order."""

    def delete(self, name: str) -> None:
        """Remove a blob; no error where there is none."""

    def local_path(self, name: str) -> Path | None:
        """Where the blob lies as a plain file, for serving by pread; None in a bucket or where nothing has this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a URL answered."""

    url: str
    """The address that answered, after redirects."""
    content_type: str
    """The media type in lower case without parameters; empty where the server gave none."""
    charset: str
    """From the Content-Type header; empty where it gave none."""
    body: bytes


class Fetcher(Protocol):
    """The one way by which podcaster asks other machines for something it was told to read."""

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        """Fetch a URL over http or https, following redirects, each of them checked.

        Raises:
            AddressRefused: another scheme, or a host at a private, loopback or link-local address.
            SourceTooLarge: the answer is longer than `limit_bytes`.
            SourceUnreachable: no answer in time, or an answer that is not 200.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article and what the library knows of it."""

    article: Article
    added: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEpisode:
    """An episode that is in the feeds."""

    episode: Episode
    first_published: datetime
    changed: datetime
    """When this revision replaced the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPointer:
    """Which immutable snapshot a feed's address answers with."""

    name: str
    """`es` or `es/china`; with `.xml` after it, the path below /feeds/."""
    blob: str
    """Name of the snapshot's XML in the blob store; compressed forms stand beside it with `.gz`, `.br`, `.zst`."""
    digest: str
    """SHA-256 of the XML, in hexadecimal."""
    generation: int
    """The library's generation that the snapshot shows; never goes back."""
    changed: datetime
    """When the content last changed, for Last-Modified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key of the editors' API; the secret itself is not kept."""

    name: str
    digest: str
    """SHA-256 of the secret, in hexadecimal."""
    scope: str
    """`read`, `edit`, `publish` or `admin`; each includes those before it."""
    created: datetime
    revoked: datetime | None = None
    last_used: datetime | None = None


class Library(Protocol):
    """What is kept about reports, renders, episodes, feeds and keys."""

    def put_article(self, article: Article, now: datetime) -> bool:
        """Add a report, or replace the one with its id; whether anything changed."""

    def article(self, article: ArticleId) -> StoredArticle:
        """One report.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def articles(self, *, limit: int = 50, after: ArticleId | None = None) -> Sequence[StoredArticle]:
        """Reports, newest first by `added` and then id, from behind `after`."""

    def open_render(
        self, render: Render, *, idempotency_key: str | None = None, fingerprint: str = ""
    ) -> tuple[Render, bool]:
        """Record a new render; or return the one that this Idempotency-Key made, and False.

        `fingerprint` stands for the request's content; equal requests have equal ones.

        Raises:
            ArticleUnknown: no report has the render's article id.
            Conflict: the key was used for a request with another fingerprint.
        """

    def render(self, render: RenderId) -> Render:
        """One render.

        Raises:
            RenderUnknown: no render has this id.
        """

    def renders(self, article: ArticleId) -> Sequence[Render]:
        """All renders of a report, newest first."""

    def unfinished_renders(self) -> Sequence[Render]:
        """Renders whose state is not final, oldest first."""

    def note_language(self, render: RenderId, language: LanguageTag, report: LanguageReport) -> None:
        """Record how far one language has got; no effect on a render whose state is final.

        Raises:
            RenderUnknown: no render has this id.
        """

    def set_render_state(self, render: RenderId, state: RenderState) -> bool:
        """Move a render on; False, and nothing done, where its state is already final.

        Raises:
            RenderUnknown: no render has this id.
        """

    def publish(self, episode: Episode, now: datetime) -> bool:
        """Put an episode into the feeds in place of its earlier revision; whether anything changed.

        The first time sets `first_published`, which stays. One transaction: it happened or it did not.
        """

    def unpublish(self, article: ArticleId, language: LanguageTag) -> bool:
        """Take an episode out of the feeds; whether it was there."""

    def episode(self, article: ArticleId, language: LanguageTag) -> PublishedEpisode:
        """One published episode.

        Raises:
            EpisodeUnknown: it is not published in this language.
        """

    def episodes(
        self, *, language: LanguageTag | None = None, article: ArticleId | None = None, limit: int = 300
    ) -> Sequence[PublishedEpisode]:
        """Published episodes, newest report first (`episode.published`, then `first_published`, then guid)."""

    def languages(self) -> Sequence[LanguageTag]:
        """Languages with at least one published episode, sorted."""

    def generation(self) -> int:
        """A number that grows with every `publish` and `unpublish` that changed something."""

    def swap_feed(self, pointer: FeedPointer) -> bool:
        """Point a feed at a newer snapshot; False, and nothing done, where it already shows this generation or a later one."""

    def feeds(self) -> Mapping[str, FeedPointer]:
        """All feeds by name."""

    def add_key(self, key: ApiKey) -> None:
        """Keep a new API key.

        Raises:
            Conflict: a key of this name exists.
        """

    def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with this digest, revoked or not."""

    def keys(self) -> Sequence[ApiKey]:
        """All keys by name."""

    def revoke_key(self, name: str, now: datetime) -> bool:
        """End a key; whether there was a live one of this name."""

    def touch_key(self, digest: str, now: datetime) -> None:
        """Record that a key was used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """What a worker needs to be told: small, plain, and the same after a round trip through JSON."""

    render: RenderId
    article: ArticleId
    languages: tuple[LanguageTag, ...]
    urgent: bool = False
    """Whether an editor waits for it: goes ahead of everything that nobody waits for."""


class Stages(Protocol):
    """The steps of a render, as a queue calls them. Each may run again after a crash and then does no harm."""

    def begin(self, job: RenderJob) -> None:
        """Mark the render as running."""

    def translate(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the script of one language."""

    def speak(self, job: RenderJob, language: LanguageTag) -> None:
        """Make the clips that are missing."""

    def assemble(self, job: RenderJob, language: LanguageTag) -> None:
        """Write the episode's files."""

    def publish(self, job: RenderJob, language: LanguageTag) -> None:
        """Put the episode into the feeds, whole or not at all."""

    def fail(self, job: RenderJob, language: LanguageTag, error: str) -> None:
        """Record that a language could not be made."""

    def finish(self, job: RenderJob) -> None:
        """Close the render with the state that its languages give it."""

    def cancelled(self, job: RenderJob) -> bool:
        """Whether nobody wants the rest of this render any more."""


class Queue(Protocol):
    """Durable work: what was submitted is carried out, though the process dies in between."""

    def submit(self, job: RenderJob) -> None:
        """Take a job over; returns when it cannot be lost any more. The same render submitted again runs once."""

    def cancel(self, render: RenderId) -> None:
        """End a job; stages that have begun may still end, no other starts."""

    def working(self) -> AbstractContextManager[None]:
        """Within it this process works on jobs, those that an earlier process left behind first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A report as somebody hands it in: bytes of a known form, or a URL to fetch them from."""

    body: bytes = b""
    media_type: str = ""
    """`text/html`, `text/markdown`, `text/plain`; empty: find out from the bytes and the name."""
    charset: str = ""
    """The encoding that the sender names; empty: find out from the bytes."""
    name: str = ""
    """File name or label, for messages and for guessing the form."""
    url: str | None = None
    """With an empty body: where to fetch it. With a body: where it was found."""
    language: LanguageTag | None = None
    """What the submitter says it is written in."""


class Newsroom(Protocol):
    """What editors ask for, by whichever door: the API, the command line, the skill."""

    def submit(
        self,
        source: Submission,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
    ) -> Render:
        """Read a report, keep it and have it rendered.

        Raises:
            InputRefused: it cannot be read or a language is not one; nothing was kept.
            SourceUnreachable: its URL does not answer.
        """

    def rerender(
        self,
        article: ArticleId,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
    ) -> Render:
        """Render a kept report again; only what changed is made.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def cancel(self, render: RenderId) -> Render:
        """Stop a render.

        Raises:
            RenderUnknown: no render has this id.
        """
