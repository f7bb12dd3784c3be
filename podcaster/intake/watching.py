"""Sources that are watched: added, asked, removed. What one lists is written down before a page of it is fetched."""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from podcaster.errors import AddressRefused, Conflict, PodcasterError, SourceUnknown, SourceUnreachable
from podcaster.intake.arrivals import Arrivals, Held
from podcaster.intake.politeness import PoliteFetcher
from podcaster.model.changes import Actor, Door
from podcaster.ports import Answer, Clock, SourceRepository, acting
from podcaster.source.listing import LARGEST_BYTES, Listing, is_web_address, read_listing
from podcaster.source.schedule import next_poll, retry_after_s
from podcaster.source.watched import Outcome, PollResult, SourceItem, WatchedSource

_OK, _UNCHANGED = 200, 304
_CLAIM = timedelta(minutes=30)
_MOST_CHILDREN = 5
"""Sitemaps of an index that are read each time, the newest first."""
_SOON_S = 60
"""Until a source is asked again that had more than could be taken at once."""


def _chance() -> float:
    return random.random()  # noqa: S311 # spreads load, keeps no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWatcher:
    """Fills `ports.SourceDesk`."""

    book: SourceRepository
    polite: PoliteFetcher
    arrivals: Arrivals
    clock: Clock
    new_id: Callable[[], str]
    chance: Callable[[], float] = field(default=_chance)
    """A number from 0 to 1."""

    def add(
        self, url: str, *, only: str = "", interval_s: int = 900, first: int = 10, idempotency_key: str | None = None
    ) -> WatchedSource:
        """Watch a feed or a sitemap from now on."""
        for each in filter(None, (url, only)):
            if not is_web_address(each):
                raise AddressRefused(f"{each} is no web address.", "Give an http or https URL.")
        now = self.clock()
        source = WatchedSource(
            id=_id_for(idempotency_key) if idempotency_key else self.new_id(),
            url=url, only=only, interval_s=interval_s, first=first, added=now, next_poll=now,
        )  # fmt: skip
        there = idempotency_key and next((each for each in self.book.sources() if each.id == source.id), None)
        if not there:
            self.book.add_source(source)
            return source
        if (there.url, there.only, there.interval_s, there.first) != (url, only, interval_s, first):
            raise Conflict("This Idempotency-Key stands for another source.", "Use a new key for a new source.")
        return there

    def sources(self) -> Sequence[WatchedSource]:
        """All sources."""
        return self.book.sources()

    def call(self, source: str) -> WatchedSource:
        """Have it asked soon."""
        return self.book.call_source(source, self.clock())

    def remove(self, source: str) -> None:
        """Watch it no more."""
        if not self.book.remove_source(source):
            raise SourceUnknown(f"There is no source {source[:32]!r}.", "`podcaster sources list` shows them.")

    def poll(self, source: str) -> WatchedSource:
        """Ask a source here and now."""
        known = self.book.source(source)
        now = self.clock()
        claimed = self.book.claim_source(now, now + _CLAIM, source=source)
        if claimed is None:
            raise Conflict(f"{known.url} is being asked just now.", "Look at it again in a minute.")
        return self._asked(claimed)

    def poll_due(self) -> WatchedSource | None:
        """Ask the source that is due longest; None where none is."""
        now = self.clock()
        claimed = self.book.claim_source(now, now + _CLAIM)
        return None if claimed is None else self._asked(claimed)

    def _asked(self, source: WatchedSource) -> WatchedSource:
        """Ask a source that is ours, and write down how it went and when it is asked again."""
        with acting(Actor(name=source.url, door=Door.SOURCE)):
            return self._dealt(source)

    def _dealt(self, source: WatchedSource) -> WatchedSource:
        header = ""
        try:
            answer = self._answer(source)
            header = answer.retry_after
            source, result, held = self._read(source, answer)
            failures, header = (1, held.retry_after) if held else (0, "")
        except PodcasterError as error:
            result, failures = PollResult(outcome=Outcome.FAILED, error=str(error)), 1
            header = error.retry_after if isinstance(error, _Refused) else header
        now = self.clock()
        count = source.failures + 1 if failures else 0
        interval = min(source.interval_s, _SOON_S) if result.waiting and not failures else source.interval_s
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
        self.book.keep_source(done)
        return done

    def _answer(self, source: WatchedSource, url: str = "") -> Answer:
        conditions = {} if url else {"etag": source.etag, "last_modified": source.last_modified}
        answer = self.polite.ask(url or source.url, limit_bytes=LARGEST_BYTES, **conditions)
        if answer.status not in {_OK, _UNCHANGED}:
            raise _Refused(url or source.url, answer)
        return answer

    def _read(self, source: WatchedSource, answer: Answer) -> tuple[WatchedSource, PollResult, Held | None]:
        """Write down what is listed, then deal with it."""
        items = dict(self.book.source_items(source.id))
        listing = Listing()
        if answer.status == _OK:
            listing = read_listing(answer.body, url=answer.url, charset=answer.charset)
            changed = _noted(source, self._whole(source, listing), items, complete=not listing.children)
            self.book.keep_source_items(source.id, changed.values())
            items |= changed
        done = self.arrivals.deal(source, items, listing.deleted)
        result = replace(done.result, outcome=Outcome.READ if answer.status == _OK else Outcome.UNCHANGED)
        if answer.status == _OK:
            # Only now: what came with these bytes is written down.
            title = listing.title or source.title
            source = replace(source, title=title, etag=answer.etag, last_modified=answer.last_modified)
        return source, result, done.held

    def _whole(self, source: WatchedSource, listing: Listing) -> Listing:
        """A listing with what its newest children list."""
        entries = list(listing.entries)
        for child in listing.children[:_MOST_CHILDREN]:
            answer = self._answer(source, child)
            entries += read_listing(answer.body, url=answer.url, charset=answer.charset).entries
        return replace(listing, entries=tuple(entries))


def _id_for(idempotency_key: str) -> str:
    return hashlib.sha256(idempotency_key.encode("utf-8", "replace")).hexdigest()[:32]


class _Refused(SourceUnreachable):
    """An answer that is no listing, and how long it asks to be left alone."""

    def __init__(self, url: str, answer: Answer) -> None:
        super().__init__(
            f"{url} answers with {answer.status}.", "It is asked again later; correct the address if it moved."
        )
        self.retry_after = answer.retry_after


def _noted(
    source: WatchedSource, listing: Listing, items: Mapping[str, SourceItem], *, complete: bool
) -> dict[str, SourceItem]:
    """The items that the listing changes; `complete` where what it does not name is not there any more."""
    changed: dict[str, SourceItem] = {}
    listed: set[str] = set()
    place = 0
    for entry in listing.entries:
        if entry.key in listed or not entry.url.startswith(source.only):
            continue
        listed.add(entry.key)
        known = items.get(entry.key)
        if known is None:
            passed_over = source.polled is None and place >= source.first
            taken = entry.fingerprint if passed_over else ""
            changed[entry.key] = SourceItem(key=entry.key, url=entry.url, fingerprint=entry.fingerprint, taken=taken)
        elif known.fingerprint != entry.fingerprint or not known.listed:
            changed[entry.key] = replace(
                known,
                taken="" if known.withdrawn else known.taken,
                url=entry.url,
                fingerprint=entry.fingerprint,
                listed=True,
                tries=0,
                etag="",
                last_modified="",
            )
        place += 1
    if complete:
        changed |= {
            key: replace(each, listed=False) for key, each in items.items() if each.listed and key not in listed
        }
    return changed
