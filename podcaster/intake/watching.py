"""Sources that are watched: added, asked, removed. What one lists is written down before a page of it is fetched."""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from podcaster.errors import AddressRefused, Conflict, PodcasterError, SourceUnknown, SourceUnreachable
from podcaster.intake.arrivals import Arrivals, Held
from podcaster.intake.listed_items import noted
from podcaster.intake.politeness import PoliteFetcher
from podcaster.model.changes import Actor, Channel
from podcaster.ports import Answer, Clock, SourceRepository, acting
from podcaster.source.entries import Entry
from podcaster.source.entry_addresses import is_web_address
from podcaster.source.listing import LARGEST_BYTES, Listing, read_listing
from podcaster.source.rotation import SitemapTurn, is_covered, turns
from podcaster.source.rules import NO_RULES, IntakeRules
from podcaster.source.schedule import next_poll, retry_after_s
from podcaster.source.watched import PollOutcome, PollResult, SourceItem, WatchedSource

_OK, _UNCHANGED = 200, 304
_CLAIM = timedelta(minutes=30)
_MOST_CHILDREN = 5
"""Sitemaps of an index that are read each time: what changed since, then the others in turn."""
_DEEPEST = 4
_NAMED_PROBLEMS = 3
_SOON_S = 60
"""Until a source is asked again that had more than could be taken at once."""


def _chance() -> float:
    return random.random()  # noqa: S311 # spreads load, keeps no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """A listing with the sitemaps below it."""

    entries: tuple[Entry, ...]
    unseen: frozenset[str]
    """Keys from sitemaps that were never read before."""
    problem: str
    """Reasons that some of it could not be followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWatcher:
    """Fills `ports.SourceManager`."""

    repository: SourceRepository
    polite: PoliteFetcher
    arrivals: Arrivals
    clock: Clock
    new_id: Callable[[], str]
    chance: Callable[[], float] = field(default=_chance)
    """A number from 0 to 1."""

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
        """Watch a feed or a sitemap from now on."""
        for each in filter(None, (url, only)):
            if not is_web_address(each):
                raise AddressRefused(f"{each} is not a web address.", "Give an http or https URL.")
        now = self.clock()
        source = WatchedSource(
            id=_id_for(idempotency_key) if idempotency_key else self.new_id(),
            url=url, only=only, rules=rules, interval_s=interval_s, first=first, added=now, next_poll=now,
        )  # fmt: skip
        there = idempotency_key and next((each for each in self.repository.sources() if each.id == source.id), None)
        if not there:
            self.repository.add_source(source)
            return source
        asked = (there.url, there.only, there.rules, there.interval_s, there.first)
        if asked != (url, only, rules, interval_s, first):
            raise Conflict("This Idempotency-Key stands for another source.", "Use a new key for a new source.")
        return there

    def sources(self) -> Sequence[WatchedSource]:
        """All sources."""
        return self.repository.sources()

    def change_rules(self, source: str, rules: IntakeRules) -> WatchedSource:
        """Replace its rules."""
        return self.repository.change_rules(source, rules, self.clock())

    def skipped(self, source: str, *, limit: int = 50) -> Sequence[SourceItem]:
        """Entries that its rules do not admit."""
        return self.repository.skipped_items(source, limit=limit)

    def call(self, source: str) -> WatchedSource:
        """Have it asked soon."""
        return self.repository.call_source(source, self.clock())

    def remove(self, source: str) -> None:
        """Watch it no more."""
        if not self.repository.remove_source(source):
            raise SourceUnknown(f"There is no source {source[:32]!r}.", "`podcaster sources list` shows them.")

    def poll(self, source: str) -> WatchedSource:
        """Ask a source here and now."""
        known = self.repository.source(source)
        now = self.clock()
        claimed = self.repository.claim_source(now, now + _CLAIM, source=source)
        if claimed is None:
            raise Conflict(f"{known.url} is being asked just now.", "Look at it again in a minute.")
        return self._asked(claimed)

    def poll_due(self) -> WatchedSource | None:
        """Ask the source that is due longest; None where none is."""
        now = self.clock()
        claimed = self.repository.claim_source(now, now + _CLAIM)
        return None if claimed is None else self._asked(claimed)

    def _asked(self, source: WatchedSource) -> WatchedSource:
        """Ask a source that is ours, and write down how it went and when it is asked again."""
        with acting(Actor(name=source.url, channel=Channel.SOURCE)):
            return self._processed(source)

    def _processed(self, source: WatchedSource) -> WatchedSource:
        header = ""
        try:
            answer = self._answer(source)
            header = answer.retry_after
            source, result, held = self._read(source, answer)
            failures, header = (1, held.retry_after) if held else (0, "")
        except PodcasterError as error:
            result, failures = PollResult(outcome=PollOutcome.FAILED, error=str(error), round=_round(source)), 1
            header = error.retry_after if isinstance(error, _Refused) else header
        now = self.clock()
        count = source.failures + 1 if failures else 0
        more = result.waiting or result.more
        interval = min(source.interval_s, _SOON_S) if more and not failures else source.interval_s
        asked_for = retry_after_s(header, now) if header else None
        done = replace(
            source,
            polled=now,
            failures=count,
            last=result,
            next_poll=next_poll(
                now, interval_s=interval, failures=count, chance=self.chance(), retry_after_s=asked_for
            ),
        )
        self.repository.keep_source(done)
        return done

    def _answer(self, source: WatchedSource, url: str = "") -> Answer:
        conditions = {} if url else {"etag": source.etag, "last_modified": source.last_modified}
        answer = self.polite.ask(url or source.url, limit_bytes=LARGEST_BYTES, **conditions)
        if answer.status not in {_OK, _UNCHANGED}:
            raise _Refused(url or source.url, answer)
        return answer

    def _read(self, source: WatchedSource, answer: Answer) -> tuple[WatchedSource, PollResult, Held | None]:
        """Store what is listed, then process it."""
        items = dict(self.repository.source_items(source.id))
        listing, problem, changed = Listing(), "", dict[str, SourceItem]()
        if answer.status == _OK:
            listing = read_listing(answer.body, url=answer.url, charset=answer.charset)
            whole = self._whole(source, listing, items)
            listing, problem = replace(listing, entries=whole.entries), whole.problem
            changed = noted(
                source, listing, items, complete=not listing.children, unseen=whole.unseen, now=self.clock()
            )
            self.repository.keep_source_items(source.id, changed.values())
            items |= changed
        done = self.arrivals.process(source, items, listing.deleted, {each.key: each for each in listing.entries})
        result = replace(
            done.result,
            skipped=done.result.skipped + sum(bool(each.skipped and each.listed) for each in changed.values()),
            outcome=PollOutcome.READ if answer.status == _OK else PollOutcome.UNCHANGED,
            round=_round(source) + bool(listing.children),
            more=not is_covered(listing, round_=_round(source), budget=_MOST_CHILDREN),
            error=done.result.error or problem or (_nothing(source, listing) if answer.status == _OK else ""),
        )
        if answer.status == _OK:
            # Only now: what came with these bytes is written down.
            title = listing.title or source.title
            # What waits needs what the listing says of it again, and an index is read in turns: ask for all of it.
            again = result.waiting or listing.children
            etag, modified = ("", "") if again else (answer.etag, answer.last_modified)
            source = replace(source, title=title, etag=etag, last_modified=modified)
        return source, result, done.held

    def _whole(self, source: WatchedSource, listing: Listing, items: Mapping[str, SourceItem]) -> _Whole:
        """All that is listed, with what the children whose turn it is list; and the keys from children never read before."""
        entries, unseen, problems = list(listing.entries), set[str](), list[str]()
        seen = {source.url}
        for turn in turns(listing, since=source.polled, round_=_round(source), budget=_MOST_CHILDREN):
            found = self._listed(turn, source, seen, problems, 1)
            entries += found
            known = any(entry.key in items or entry.url in items for entry in found)
            if turn.first and source.polled is not None and not known:
                unseen |= {entry.key for entry in found}
        return _Whole(entries=tuple(entries), unseen=frozenset(unseen), problem="; ".join(problems[:_NAMED_PROBLEMS]))

    def _listed(
        self, turn: SitemapTurn, source: WatchedSource, seen: set[str], problems: list[str], depth: int
    ) -> list[Entry]:
        """Entries of a sitemap, or of those sitemaps of an index whose turn it is; an unreadable one costs no other."""
        if turn.address in seen or depth > _DEEPEST:
            return []
        seen.add(turn.address)
        try:
            answer = self._answer(source, turn.address)
            listing = read_listing(answer.body, url=answer.url, charset=answer.charset)
        except PodcasterError as error:
            if isinstance(error, _Refused) and error.retry_after:
                raise
            problems.append(str(error))
            return []
        found = list(listing.entries)
        for below in turns(listing, since=source.polled, round_=turn.round, budget=_MOST_CHILDREN):
            found += self._listed(below, source, seen, problems, depth + 1)
        return found


def _round(source: WatchedSource) -> int:
    return source.last.round if source.last else 0


def _nothing(source: WatchedSource, listing: Listing) -> str:
    """Reason that a source yields nothing; empty if it lists something."""
    if not listing.entries:
        return (
            f"{source.url} lists no report." if not listing.children else "The sitemaps that were read list no report."
        )
    if not any(entry.url.startswith(source.only) for entry in listing.entries):
        return f"None of the {len(listing.entries)} reports that it lists begins with {source.only}."
    if all(source.rules.on_entry(entry) for entry in listing.entries):
        return f"None of the {len(listing.entries)} reports that it lists is admitted by its rules."
    return ""


def _id_for(idempotency_key: str) -> str:
    return hashlib.sha256(idempotency_key.encode("utf-8", "replace")).hexdigest()[:32]


class _Refused(SourceUnreachable):
    """An answer that is no listing, and how long it asks to be left alone."""

    def __init__(self, url: str, answer: Answer) -> None:
        super().__init__(
            f"{url} answers with {answer.status}.", "It is asked again later; correct the address if it moved."
        )
        self.retry_after = answer.retry_after
