"""Processes one item of a back-fill: reads a listing, or takes in a report behind urgent work."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog

from podcaster.errors import NoArticleFound, PodcasterError, SourceUnreachable, StorageFailed
from podcaster.intake.linked_reports import report_behind
from podcaster.intake.politeness import PoliteFetcher
from podcaster.model import Render, RenderState
from podcaster.ports import Answer, BlobStore, Clock, Library, Newsroom, Submission
from podcaster.source.archive import Backfill, BackfillItem, ItemKind, ItemState
from podcaster.source.listing import LARGEST_BYTES, Listing, read_listing
from podcaster.source.paging import guessed_page
from podcaster.source.schedule import retry_after_s
from podcaster.units import ArticleId, LanguageTag

_OK, _NOT_FOUND, _GONE, _TOO_MANY, _BUSY = 200, 404, 410, 429, 503
_TRIES = 5
_PATIENT_TRIES = 3
"""Requests in a row without an answer until the host is left alone for a while: a broken page is no broken host."""
_FIRST_REST_S, _LONGEST_REST_S = 5.0, 600.0
_LONGEST_HELD_S = 7 * 24 * 3600.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """An item as it is afterwards, what it listed, and the back-fill with what was learnt of its host."""

    backfill: Backfill
    item: BackfillItem
    found: tuple[BackfillItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveItems:
    """Asks for pages, reads them, hands them on."""

    library: Library
    blobs: BlobStore
    newsroom: Newsroom
    polite: PoliteFetcher
    clock: Clock
    limit_bytes: int
    languages: Callable[[ArticleId], Sequence[LanguageTag]]
    """The languages that a report is rendered into unless the request names some."""

    def process(self, backfill: Backfill, item: BackfillItem) -> ItemResult:
        """Process a waiting item.

        Raises:
            StorageFailed: the item is as it was.
        """
        if item.tries > _TRIES:
            return _failed(backfill, item, item.error or "It ended the process again and again.", self.clock)
        try:
            return self._processed(backfill, item)
        except SourceUnreachable as error:
            return self._unanswered(backfill, item, str(error))
        except StorageFailed:
            raise
        except PodcasterError as error:
            return _failed(_answering(backfill), item, str(error), self.clock)
        except Exception:  # nobody foresaw it, and the others are to come in all the same
            log.exception("an item of a back-fill failed", backfill=backfill.id, item=item.name)
            return _failed(backfill, item, "An unforeseen error; the service's log has the details.", self.clock)

    def settled(self, item: BackfillItem) -> BackfillItem | None:
        """An item whose render has ended, as it is now; None while that is under way."""
        render = self.library.render(item.render) if item.render else None
        if render is None or not render.state.final:
            return None
        return _ended(item, render, self.clock)

    def stopped(self, item: BackfillItem) -> BackfillItem:
        """An item whose render is ended with it, unless somebody waits for that."""
        render = self.library.render(item.render) if item.render else None
        if render is not None and not render.urgent:
            self.newsroom.cancel(render.id)
        return _over(item, ItemState.CANCELLED, self.clock)

    def _processed(self, backfill: Backfill, item: BackfillItem) -> ItemResult:
        if item.blob:
            source = Submission(body=self.blobs.get(item.blob), name=item.name)
            return ItemResult(backfill=backfill, item=self._taken(backfill, item, source))
        limit = LARGEST_BYTES if item.kind is ItemKind.LISTING else self.limit_bytes
        answer = self.polite.ask(item.url, limit_bytes=limit)
        if answer.status in {_TOO_MANY, _BUSY} and answer.retry_after:
            return self._held(backfill, item, answer)
        backfill = _answering(backfill)
        if answer.status in {_NOT_FOUND, _GONE}:
            said = "" if _is_guess(item) else f"{item.url} answers with {answer.status}."
            state = ItemState.FAILED if said else ItemState.DONE
            return ItemResult(backfill=backfill, item=_over(item, state, self.clock, said))
        if answer.status != _OK:
            return self._unanswered(backfill, item, f"{item.url} answers with {answer.status}.")
        if item.kind is ItemKind.LISTING:
            return self._listed(backfill, item, answer)
        try:
            taken = self._taken(backfill, item, self._submission(item, answer))
        except NoArticleFound:
            document = report_behind(answer.body, answer.url, partial(self.polite.ask, limit_bytes=self.limit_bytes))
            if document is None:
                raise
            taken = self._taken(backfill, item, self._submission(item, document))
        return ItemResult(backfill=backfill, item=taken)

    def _submission(self, item: BackfillItem, answer: Answer) -> Submission:
        return Submission(
            body=answer.body, media_type=answer.content_type, charset=answer.charset, name=item.url, url=answer.url,
            article=self.library.article_at(item.url), published=item.published,
        )  # fmt: skip

    def _listed(self, backfill: Backfill, item: BackfillItem, answer: Answer) -> ItemResult:
        listing = read_listing(answer.body, url=answer.url, charset=answer.charset)
        reports = [
            replace(report, published=entry.published)
            for entry in listing.entries if entry.url.startswith(backfill.only)
            for report in items_at(ItemKind.REPORT, [entry.url])
        ]  # fmt: skip
        behind = _page_behind(listing) if listing.following else ()
        found = (*items_at(ItemKind.LISTING, listing.children), *behind, *reports)
        return ItemResult(backfill=backfill, item=_over(item, ItemState.DONE, self.clock), found=found)

    def _taken(self, backfill: Backfill, item: BackfillItem, source: Submission) -> BackfillItem:
        """Handed on; one that is known is followed to its end all the same, or has what is missing of it made."""
        taken = self.newsroom.take_in(source, languages=backfill.languages or None, urgent=False)
        render = taken.render or self._followed(taken.article, backfill.languages or self.languages(taken.article))
        item = replace(item, article=taken.article)
        if render is None:
            return _over(item, ItemState.DONE, self.clock)
        item = replace(item, render=render.id)
        return _ended(item, render, self.clock) if render.state.final else replace(item, state=ItemState.RENDERING)

    def _followed(self, article: ArticleId, wanted: Sequence[LanguageTag]) -> Render | None:
        """The render under way of a known report; else one of the languages that it was never asked for in."""
        renders = self.library.renders(article)
        under_way = next((each for each in renders if not each.state.final), None)
        if under_way is not None:
            return under_way
        had = {tag for each in renders for tag, report in each.languages.items() if report.state is RenderState.DONE}
        missing = [tag for tag in wanted if tag not in had]
        return self.newsroom.rerender(article, languages=missing, urgent=False) if missing else None

    def _held(self, backfill: Backfill, item: BackfillItem, answer: Answer) -> ItemResult:
        """The host wants to be left alone for a while; that is no try."""
        now = self.clock()
        seconds = min(retry_after_s(answer.retry_after, now) or _FIRST_REST_S, _LONGEST_HELD_S)
        said = f"{item.url} answers with {answer.status} and asks for {seconds:.0f} s."
        held = replace(backfill, not_before=now + timedelta(seconds=seconds), said=said)
        return ItemResult(backfill=held, item=replace(item, tries=item.tries - 1))

    def _unanswered(self, backfill: Backfill, item: BackfillItem, said: str) -> ItemResult:
        failures = backfill.failures + 1
        rest = timedelta()
        if failures >= _PATIENT_TRIES:
            rest = timedelta(seconds=min(_FIRST_REST_S * 2.0 ** (failures - _PATIENT_TRIES), _LONGEST_REST_S))
        backfill = replace(backfill, failures=failures, not_before=self.clock() + rest, said=said)
        if item.tries >= _TRIES:
            return _failed(backfill, item, said, self.clock)
        return ItemResult(backfill=backfill, item=replace(item, error=said))


def items_at(kind: ItemKind, urls: Iterable[str]) -> list[BackfillItem]:
    """Items for some addresses; their places are given when they are kept."""
    return [
        BackfillItem(place=0, kind=kind, name=url, url=url, digest=hashlib.sha256(f"{kind} {url}".encode()).hexdigest())
        for url in urls
    ]


def _page_behind(listing: Listing) -> Iterator[BackfillItem]:
    """Named by what is listed before it: behind a page that says what another said there is nothing new, and a circle ends."""
    said = hashlib.sha256("\n".join(sorted(each.key for each in listing.entries)).encode()).hexdigest()
    for item in items_at(ItemKind.LISTING, [listing.following]):
        yield replace(item, digest=said)


def _is_guess(item: BackfillItem) -> bool:
    """Whether a page was asked for that nothing says is there."""
    (given,) = items_at(item.kind, [item.url])
    return item.kind is ItemKind.LISTING and item.digest != given.digest and guessed_page(item.url) > 1


def _answering(backfill: Backfill) -> Backfill:
    return replace(backfill, failures=0, said="")


def _over(item: BackfillItem, state: ItemState, clock: Clock, error: str = "") -> BackfillItem:
    return replace(item, state=state, error=error, ended=clock())


def _failed(backfill: Backfill, item: BackfillItem, error: str, clock: Clock) -> ItemResult:
    return ItemResult(backfill=backfill, item=_over(item, ItemState.FAILED, clock, error))


def _ended(item: BackfillItem, render: Render, clock: Clock) -> BackfillItem:
    """By how its render ended. One whose place another took is in that one's hands: somebody waits for it, and looks."""
    failed = [f"{tag}: {report.error}" for tag, report in render.languages.items() if report.error]
    if render.state in {RenderState.FAILED, RenderState.PARTIAL}:
        return _over(item, ItemState.FAILED, clock, "; ".join(failed) or f"Its render is {render.state}.")
    if render.state is RenderState.CANCELLED:
        return _over(item, ItemState.CANCELLED, clock, "Its render was stopped.")
    return _over(item, ItemState.DONE, clock)
