"""Sources that are watched: what is kept of them, and what editors do with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from podcaster.ports.work import Taken
from podcaster.source.rules import NO_RULES, IntakeRules
from podcaster.source.watched import SourceItem, WatchedSource


class SourceRepository(Protocol):
    """Stores sources and the entries they list."""

    def add_source(self, source: WatchedSource) -> None:
        """Keep a new source.

        Raises:
            Conflict: its address is watched already.
        """

    def source(self, source: str) -> WatchedSource:
        """One source.

        Raises:
            SourceUnknown: none has this id.
        """

    def sources(self) -> Sequence[WatchedSource]:
        """All sources, by address."""

    def remove_source(self, source: str) -> bool:
        """Forget a source and its items; the reports stay. Whether there was one."""

    def call_source(self, source: str, now: datetime) -> WatchedSource:
        """Make a source due at once.

        Raises:
            SourceUnknown: none has this id.
        """

    def claim_source(self, now: datetime, until: datetime, *, source: str | None = None) -> WatchedSource | None:
        """Claim the longest-due source, or the named one, until `until`; None if it is claimed already.

        A claim whose holder died ends by itself.
        """

    def keep_source(self, source: WatchedSource) -> None:
        """Record how asking it went, and end the claim; no effect on one that was removed meanwhile."""

    def change_rules(self, source: str, rules: IntakeRules, now: datetime) -> WatchedSource:
        """Replace a source's rules, forget what the old ones skipped, and make it due.

        Raises:
            SourceUnknown: none has this id.
        """

    def skipped_items(self, source: str, *, limit: int) -> Sequence[SourceItem]:
        """Entries that the source's rules do not admit, the last seen first."""

    def source_items(self, source: str) -> Mapping[str, SourceItem]:
        """Entries that a source lists or has listed, by key."""

    def item_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Number of entries of each source that are `read`, `waiting`, `failed`, `skipped` or `withdrawn`."""

    def first_delivery(self, signature: str, now: datetime, *, forget_before: datetime) -> bool:
        """Note a hook's signature, 64 hexadecimal digits; whether it comes for the first time. Older ones are forgotten."""

    def keep_source_items(self, source: str, items: Iterable[SourceItem]) -> None:
        """Add items or replace them; no effect where the source was removed meanwhile."""


class HookReceiver(Protocol):
    """Receives signed pushes from other programs. A signature is `t=SECONDS,v1=HEX`; None: the report is withdrawn."""

    def article(self, signature: str, body: bytes) -> Taken | None:
        """A report in our own form.

        Raises:
            HookUnset: no secret is set.
            SignatureWrong: it is another one, older than five minutes, or was used before.
            InputRefused, SourceUnreachable: as for `Newsroom.submit`.
        """

    def wordpress(self, signature: str, body: bytes) -> Taken | None:
        """A post as WordPress's REST API or a plug-in has it.

        Raises:
            HookUnset, SignatureWrong, InputRefused: as for `article`.
        """


class SourceManager(Protocol):
    """Adds, polls and removes sources."""

    def add(
        self,
        url: str,
        *,
        only: str = "",
        rules: IntakeRules = NO_RULES,
        interval_s: int = 900,
        first: int = 10,
        idempotency_key: str | None = None,
    ) -> WatchedSource:
        """Watch a feed or sitemap; a worker polls it soon.

        With a key, the same asked for again gives the same source.

        Raises:
            AddressRefused: the address is none of the web's.
            Conflict: it is watched already, or the key stands for another source.
        """

    def sources(self) -> Sequence[WatchedSource]:
        """All sources, by address."""

    def change_rules(self, source: str, rules: IntakeRules) -> WatchedSource:
        """Replace a source's rules; it is polled soon, and what the old ones skipped is judged anew.

        Raises:
            SourceUnknown: none has this id.
        """

    def skipped(self, source: str, *, limit: int = 50) -> Sequence[SourceItem]:
        """Entries that the source's rules do not admit, the last seen first."""

    def call(self, source: str) -> WatchedSource:
        """Poll a source soon, whatever its schedule.

        Raises:
            SourceUnknown: none has this id.
        """

    def poll(self, source: str) -> WatchedSource:
        """Ask a source here and now.

        Raises:
            SourceUnknown: none has this id.
            Conflict: it is being asked.
        """

    def remove(self, source: str) -> None:
        """Watch it no more; what came from it stays.

        Raises:
            SourceUnknown: none has this id.
        """
