"""Ports of the work queue, its stages, and the newsroom that submits renders."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from podcaster.model import Article, LanguagePlan, Render
from podcaster.ports.readings import ReadingJob
from podcaster.units import ArticleId, LanguageTag, RenderId


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """A render to be made: small, plain, and the same after a round trip through JSON."""

    render: RenderId
    article: ArticleId
    languages: tuple[LanguageTag, ...]
    urgent: bool = False
    """Whether an editor or today's listeners wait for it; background jobs yield to such jobs."""
    trace: str = ""
    """The span that asked for it, as `traceparent` (W3C Trace Context); empty: nobody traces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWork:
    """Work that no worker has begun."""

    count: int
    since: datetime
    """The oldest."""
    engine: str = ""
    """The speech engine whose workers make it; empty: workers that keep to none."""
    of_any_worker: bool = False
    """Renders whose languages are not yet dealt out, which takes no engine."""


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
        """Whether the render was cancelled or superseded."""

    def read_aloud(self, job: ReadingJob) -> None:
        """Make a reading of a published episode; does nothing if its revision is no longer published."""


class Queue(Protocol):
    """Durable work: what was submitted is carried out, though the process dies in between."""

    def submit(self, job: RenderJob) -> None:
        """Take a job over; returns when it cannot be lost any more. The same render submitted again runs once."""

    def submit_reading(self, job: ReadingJob, *, day: date) -> None:
        """Queue a reading behind all renders; at most once a day for each episode and reading."""

    def cancel(self, render: RenderId) -> None:
        """End a job; stages that have begun may still end, no other starts."""

    def forget(self, ended_before: datetime) -> int:
        """Drop what is kept of some jobs that ended before then, and say of how many; 0: there are no more."""

    def waiting(self) -> Sequence[WaitingWork]:
        """Work that no worker has begun, together by who may make it."""

    @property
    def worker(self) -> str:
        """The name that this process works under; empty while it does not."""

    def under_way(self) -> Sequence[str]:
        """Ids of renders and languages that this process is at."""

    def working(self) -> AbstractContextManager[None]:
        """Within it this process works on jobs, those that an earlier process left behind first."""


class WorkHandedBack(Exception):  # nothing is wrong
    """Raised by a stage that stops because the process ends; another worker goes on with it."""


class RenderPriority(Protocol):
    """Priority among the renders of one process: urgent before background."""

    def kept(self) -> AbstractContextManager[None]:
        """Within the block, background work yields to urgent work at its next line."""

    def let_pass(self) -> None:
        """Nobody stands aside any more, and what can be handed back is: the process is about to end."""

    def expect(self, render: RenderId) -> None:
        """Somebody waits for a render that came in just now; seconds later it is given up where it does not begin here."""

    def forget(self, render: RenderId) -> None:
        """Nobody waits for it any more."""

    def taken(self, render: RenderId) -> AbstractContextManager[None]:
        """Within the block, an urgent render is running here."""

    def yield_to_urgent(self) -> None:
        """Called before each line of background work; returns once no urgent render is running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submitted report: bytes of a known format, or a URL to fetch."""

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
    """The language the submitter declares."""
    article: ArticleId | None = None
    """The earlier report that this is a newer version of: it keeps its id though its title changed."""
    published: datetime | None = None
    """When it was published, for a report that does not say so itself."""
    may_link: bool = False
    """Whether a page without a report may stand for the document that it links to."""

    def chapter(self, number: int) -> "Submission":
        """One chapter of a submitted EPUB, counted from 1: the number stands behind its name and its URL, as in `book.epub#3`."""
        return replace(self, name=f"{self.name}#{number}", url=f"{self.url}#{number}" if self.url else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A report that came in by itself."""

    article: ArticleId
    render: Render | None
    """None: the report is unchanged."""
    skipped: str = ""
    """Reason that it was not wanted, and not kept."""


class Newsroom(Protocol):
    """Takes in and renders reports for the API, the command line and the skill."""

    def submit(
        self,
        source: Submission,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        hold: bool = False,
    ) -> Render:
        """Read a report, keep it and have it rendered; one that was taken away is back.

        With `hold` its episodes wait until somebody publishes them.

        Raises:
            InputRefused: it cannot be read or a language is not one; nothing was kept.
            SourceUnreachable: its URL does not answer.
        """

    def add(
        self,
        article: Article,
        correction: Mapping[str, object],
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        hold: bool = False,
        stood: str | None = None,
    ) -> Render:
        """Keep a report that was read already, with an editor's correction of it, and have it rendered.

        `stood` as for `Library.add_article`.

        Raises:
            Outdated: the report was changed since the editor saw it.
            InputRefused: the correction is refused.
        """

    def take_in(
        self,
        source: Submission,
        *,
        languages: Sequence[LanguageTag] | None = None,
        urgent: bool = True,
        objection: Callable[[Article], str] | None = None,
    ) -> Taken:
        """Read a report that may be known already; render it where it is new, changed, or was never handed on.

        One that an editor took away stays away. One that is not `urgent` stands aside for those that are. `objection` says
        why a report is not wanted; empty: it is.

        Raises:
            InputRefused, SourceUnreachable: as for `submit`.
        """

    def rerender(
        self,
        article: ArticleId,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        urgent: bool = True,
        hold: bool = False,
    ) -> Render:
        """Render a kept report again; only what changed is made. `hold` as for `submit`.

        A render under way that does the same is joined; one of what has changed meanwhile is superseded, and so is one
        that nobody waited for by one that is `urgent`.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def plan(
        self, article: ArticleId, *, languages: Sequence[LanguageTag] | None = None
    ) -> Mapping[LanguageTag, LanguagePlan]:
        """Plan `rerender` without doing it.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def cancel(self, render: RenderId) -> Render:
        """Stop a render.

        Raises:
            RenderUnknown: no render has this id.
        """
