"""The library: reports, renders, episodes, feeds and keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.feed.section import Section
from podcaster.listener.account import Listener
from podcaster.listener.preferences import Preferences
from podcaster.model import Article, Episode, LanguageReport, Render, RenderState
from podcaster.ports.backfills import BackfillRepository
from podcaster.ports.downloads import DownloadRepository
from podcaster.ports.editing.articles import ArticleFilter, ArticleRemoval, LanguageStatus, StoredArticle
from podcaster.ports.editing.changes import ChangeLog
from podcaster.ports.editing.desk_notes import DeskNotes
from podcaster.ports.editing.edits import Edits
from podcaster.ports.library_counts import FiguresRepository
from podcaster.ports.linking import SpeakerLinks
from podcaster.ports.publishing.archive import Archive, PublishedEpisode
from podcaster.ports.publishing.feeds import FeedRepository
from podcaster.ports.publishing.hubs import WebsubPings
from podcaster.ports.publishing.schedules import Schedules
from podcaster.ports.readings import Readings
from podcaster.ports.retention import StoredReferences
from podcaster.ports.sources import SourceRepository
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackPosition:
    """Playback position of a listener across their smart speakers."""

    listener: str
    """SHA-256 of what the speaker's makers call them, in hexadecimal; the name itself is not kept. `playback_position_key` of
    a listener whose speakers are linked."""
    token: str
    """The programme that plays or played last, as the skill encodes it; empty at first."""
    offset_ms: Milliseconds
    """The position in it."""
    language: LanguageTag | None
    """The language they asked for; None: their speaker's."""
    changed: datetime
    """When it was so, by the speaker's clock."""


class Library(
    Archive,
    BackfillRepository,
    DeskNotes,
    DownloadRepository,
    Edits,
    FeedRepository,
    SpeakerLinks,
    WebsubPings,
    Readings,
    Schedules,
    StoredReferences,
    SourceRepository,
    ChangeLog,
    FiguresRepository,
    Protocol,
):
    """Stores reports, renders, episodes, feeds, keys, listeners and editors' decisions."""

    def put_article(self, article: Article, now: datetime) -> bool:
        """Add a report, or replace the one with its id, taken away or not; whether anything changed.

        What editors have corrected of it stays corrected.
        """

    def add_article(
        self, article: Article, correction: Mapping[str, object], now: datetime, *, stood: str | None
    ) -> None:
        """Add or replace a report, and correct it: both or neither.

        `stood`: `article_digest` of the report as the editor saw it, empty if there was none; None if that is not known.

        Raises:
            Outdated: another report stands there by now.
        """

    def article(self, article: ArticleId) -> StoredArticle:
        """One report.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def articles(
        self, *, limit: int = 50, after: ArticleId | None = None, wanted: ArticleFilter = ...
    ) -> Sequence[StoredArticle]:
        """Reports, newest first by `added` and then id, from behind `after`, which may have been taken away meanwhile."""

    def article_at(self, url: str) -> ArticleId | None:
        """The report with this canonical address, taken away or not."""

    def correct_article(self, article: ArticleId, change: Mapping[str, object], *, before: Article | None) -> None:
        """Keep what an editor says of a report; null takes a correction away. `before`: the report as they saw it.

        Raises:
            ArticleUnknown: no report has this id.
            Outdated: `before` is given, and the report is another by now.
        """

    def remove_article(self, article: ArticleId, now: datetime, *, before: Article | None) -> ArticleRemoval:
        """Take a report away: its episodes leave the feeds, its renders are cancelled, nothing of it is published any more.

        Only `put_article` brings it back.

        Raises:
            ArticleUnknown: no report has this id.
            Outdated: `before` is given, and the report is another by now.
        """

    def is_removed(self, article: ArticleId) -> bool:
        """Whether a report was taken away."""

    def standings(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Mapping[LanguageTag, LanguageStatus]]:
        """States of the languages of some reports that were rendered or published."""

    def open_render(
        self,
        render: Render,
        *,
        idempotency_key: str | None = None,
        fingerprint: str = "",
        contents: Mapping[LanguageTag, str] = ...,
    ) -> tuple[Render, bool]:
        """Record a new render; or return the one that this Idempotency-Key made or joined, and False.

        With `contents`, a hash for each language over what it is made of: returns the unfinished render of the report
        that makes all of it already, and False. Unfinished ones that make a shared language of something else are
        superseded; the new render has their unfinished languages behind its own. The key of a request that joined stands for
        that render from then on.

        `fingerprint` stands for the request's content; equal requests have equal ones.

        Raises:
            ArticleUnknown: no report has the render's article id.
            Conflict: the key was used for a request with another fingerprint.
        """

    def render_by_key(self, idempotency_key: str, fingerprint: str) -> Render | None:
        """The render that this Idempotency-Key made or joined; None where there is none.

        Raises:
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

    def unpublish(self, article: ArticleId, language: LanguageTag) -> Episode | None:
        """Take an episode out of the feeds; the revision that was there."""

    def episode(self, article: ArticleId, language: LanguageTag) -> PublishedEpisode:
        """One published episode.

        Raises:
            EpisodeUnknown: it is not published in this language.
        """

    def episodes(
        self,
        *,
        language: LanguageTag | None = None,
        article: ArticleId | None = None,
        section: Section | None = None,
        limit: int = 300,
    ) -> Sequence[PublishedEpisode]:
        """Published episodes, newest report first (`episode.published`, then `first_published`, then guid)."""

    def sections(self, *, language: LanguageTag | None = None) -> Sequence[Section]:
        """Topics and authors with at least one published episode, by feed name; of several spellings the label is one."""

    def languages(self) -> Sequence[LanguageTag]:
        """Languages with at least one published episode, sorted."""

    def generation(self) -> int:
        """A number that grows with every `publish` and `unpublish` that changed something."""

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

    def listening(self, listener: str) -> PlaybackPosition | None:
        """A listener's playback position; None if unknown."""

    def keep_listening(self, listening: PlaybackPosition) -> None:
        """Remember where a listener is; no effect where something later is known, since events overtake one another.

        Without a language, the one that was asked for before stays.
        """

    def add_listener(self, listener: Listener) -> None:
        """Keep a new listener.

        Raises:
            Conflict: one with this id, token or code exists.
        """

    def listener_by_digest(self, digest: str) -> Listener | None:
        """The listener whose token has this digest."""

    def visit(self, digest: str) -> tuple[Listener, int] | None:
        """The listener whose token has this digest, and the current generation, in one query."""

    def listener_by_code(self, digest: str) -> Listener | None:
        """The listener whose code has this digest."""

    def listeners(self, *, limit: int = 1000) -> Sequence[Listener]:
        """Listeners, the newest first."""

    def set_preferences(self, listener: str, preferences: Preferences, now: datetime) -> bool:
        """Change what a listener wants; whether there is one with this id."""

    def rotate_listener(self, digest: str, *, new: str, code: str, now: datetime) -> bool:
        """Put new digests of token and code in place of the old; of several at once with the same old one, one succeeds.

        Their speakers belong to nobody from then on: whoever knew the old address may have linked one.
        """

    def remove_listener(self, listener: str) -> bool:
        """Forget a listener, their speakers and where they were; whether there was one with this id."""
