"""Handles the entries of a source: takes in new and changed reports, withdraws removed ones."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from podcaster.errors import AddressRefused, EpisodeUnknown, InputRefused, NoArticleFound, SourceUnreachable
from podcaster.intake.linked_reports import report_behind
from podcaster.intake.politeness import PoliteFetcher
from podcaster.model import Article
from podcaster.ports import Answer, Clock, Library, Newsroom, Publishing, Submission
from podcaster.source.entries import Entry
from podcaster.source.rules import IntakeRules
from podcaster.source.watched import PollOutcome, PollResult, SourceItem, WatchedSource
from podcaster.units import ArticleId

_OK, _UNCHANGED, _NOT_FOUND, _GONE, _TOO_MANY, _BUSY = 200, 304, 404, 410, 429, 503
_CLOSED = frozenset({401, 402, 403, 406, 451})
"""A page that is there and not for us."""
_AT_ONCE = 20
"""Reports that are taken in one go; the rest waits for the next."""
_LOOKED_AT = 10
"""Reports that left the listing and are looked at, each time."""
_TRIES = 5
_GONE_FOR_GOOD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The host wants to be left alone."""

    retry_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeResult:
    """Result of one run."""

    result: PollResult
    held: Held | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A source's rules, and the entry they judge with the page."""

    rules: IntakeRules
    entry: Entry | None

    def objection(self, article: Article) -> str:
        """Reason that a report is not admitted; empty: it is."""
        return str(self.rules.on_article(article, self.entry) or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Takes reports in and withdraws them. Each result is stored before the next item is begun: a crash repeats one at most."""

    library: Library
    newsroom: Newsroom
    publishing: Publishing
    polite: PoliteFetcher
    clock: Clock
    limit_bytes: int

    def process(
        self,
        source: WatchedSource,
        items: Mapping[str, SourceItem],
        deleted: Iterable[str],
        listed: Mapping[str, Entry] = MappingProxyType({}),
    ) -> IntakeResult:
        """Deal with everything that is new, changed, deleted or suspected to be gone; `listed` is what the source says of it."""
        result = PollResult(outcome=PollOutcome.READ)
        for key in deleted:
            item = items.get(key)
            if item is not None and item.article and not item.withdrawn:
                self._keep(source, self._withdrawn(item))
                result = replace(result, withdrawn=result.withdrawn + 1)
        taken_back = set(deleted)
        live = {key: each for key, each in items.items() if key not in taken_back}
        work = [each for each in live.values() if each.fingerprint != each.taken and each.tries < _TRIES]
        suspects = sorted(
            (each for each in live.values() if each not in work and _suspected(each)),
            key=lambda each: each.checked or source.added,
        )
        for item in (*work[:_AT_ONCE], *suspects[:_LOOKED_AT]):
            done, held = self._processed(source, item, listed.get(item.key))
            self._keep(source, done)
            if held is not None:
                return IntakeResult(result=replace(result, waiting=len(work)), held=held)
            result = _counted(result, item, done)
        return IntakeResult(result=replace(result, waiting=max(0, len(work) - _AT_ONCE)))

    def _processed(
        self, source: WatchedSource, item: SourceItem, entry: Entry | None
    ) -> tuple[SourceItem, Held | None]:
        """One item after its page was asked for; the source's own text of it stands in for a page that gives none."""
        now = self.clock()
        wanted = _Wanted(rules=source.rules, entry=entry)
        try:
            answer = self.polite.ask(
                item.url, limit_bytes=self.limit_bytes, etag=item.etag, last_modified=item.last_modified
            )
            if answer.status in {_TOO_MANY, _BUSY} and answer.retry_after:
                return item, Held(retry_after=answer.retry_after)
            return self._answered(replace(item, checked=now), answer, wanted), None
        except SourceUnreachable as error:
            if item.tries + 1 >= _TRIES and (done := self._by_own_text(item, wanted)):
                return replace(done, checked=now), None
            return replace(item, tries=item.tries + 1, checked=now, error=str(error)), None
        except (InputRefused, AddressRefused) as error:
            done = self._by_own_text(item, wanted) or replace(item, taken=item.fingerprint, error=str(error))
            return replace(done, checked=now), None

    def _by_own_text(self, item: SourceItem, wanted: _Wanted) -> SourceItem | None:
        """The item with the report as the source itself carries it; None if it carries none."""
        entry = wanted.entry
        if entry is None or not entry.text or item.article:
            return None
        page = (
            f'<!doctype html><html><head><meta charset="utf-8"><title>{html.escape(entry.title)}</title>'
            f'<link rel="canonical" href="{html.escape(entry.url)}"></head>'
            f"<body><article><h1>{html.escape(entry.title)}</h1>{entry.text}</article></body></html>"
        )
        answer = Answer(
            status=_OK, url=entry.url, body=page.encode("utf-8", "replace"), content_type="text/html", charset="utf-8"
        )
        try:
            return self._taken(item, answer, wanted)
        except InputRefused:
            return None

    def _answered(self, item: SourceItem, answer: Answer, wanted: _Wanted) -> SourceItem:
        if answer.status in {_NOT_FOUND, _GONE}:
            return self._missed(item)
        if answer.status == _UNCHANGED:
            return replace(item, taken=item.fingerprint, gone=0, tries=0, error="")
        if answer.status != _OK:
            if answer.status in _CLOSED and (done := self._by_own_text(item, wanted)):
                return done
            return replace(item, tries=item.tries + 1, error=f"{item.url} answers with {answer.status}.")
        return self._taken(item, answer, wanted)

    def _taken(self, item: SourceItem, answer: Answer, wanted: _Wanted) -> SourceItem:
        """The item with the report on its page, or in the PDF that the page is there to link to."""
        try:
            return self._submitted(item, answer, wanted)
        except NoArticleFound:
            document = report_behind(
                answer.body,
                answer.url,
                partial(self.polite.ask, limit_bytes=self.limit_bytes),
                enclosed=wanted.entry.document if wanted.entry else "",
            )
            if document is None:
                raise
            return self._submitted(item, document, wanted)

    def _submitted(self, item: SourceItem, answer: Answer, wanted: _Wanted) -> SourceItem:
        source = Submission(
            body=answer.body,
            media_type=answer.content_type,
            charset=answer.charset,
            name=item.url,
            url=answer.url,
            article=item.article,
            published=wanted.entry.published if wanted.entry else None,
        )
        # What was withdrawn is held back and unchanged: only a render puts it into the feeds again.
        if item.withdrawn and item.article and not self.library.is_removed(item.article):
            article: ArticleId = self.newsroom.submit(source).article
        else:
            taken = self.newsroom.take_in(source, objection=None if item.article else wanted.objection)
            if taken.skipped:
                return replace(item, taken=item.fingerprint, skipped=taken.skipped, gone=0, tries=0, error="")
            article = taken.article
        return replace(
            item,
            taken=item.fingerprint,
            article=article,
            skipped="",
            etag=answer.etag,
            last_modified=answer.last_modified,
            gone=0,
            tries=0,
            withdrawn=False,
            error="",
        )

    def _missed(self, item: SourceItem) -> SourceItem:
        gone = item.gone + 1
        item = replace(item, taken=item.fingerprint, gone=gone, error=f"{item.url} is not there any more.")
        return self._withdrawn(item) if gone >= _GONE_FOR_GOOD and item.article and not item.withdrawn else item

    def _withdrawn(self, item: SourceItem) -> SourceItem:
        """Stop what is being made of it, and take its episodes out of the feeds."""
        if item.article is not None:
            withdraw(item.article, self.library, self.newsroom, self.publishing)
        return replace(item, withdrawn=True, taken=item.fingerprint)

    def _keep(self, source: WatchedSource, item: SourceItem) -> None:
        self.library.keep_source_items(source.id, [item])


def withdraw(article: ArticleId, library: Library, newsroom: Newsroom, publishing: Publishing) -> None:
    """Stop every render of a report and take it out of the feeds in every language; no error where it is in none."""
    for render in library.renders(article):
        if not render.state.final:
            newsroom.cancel(render.id)
    for each in library.episodes(article=article):
        try:
            publishing.withdraw(article, each.episode.language)
        except EpisodeUnknown:
            continue  # somebody else was faster


def _suspected(item: SourceItem) -> bool:
    return item.article is not None and not item.withdrawn and (not item.listed or item.gone > 0)


def _counted(result: PollResult, before: SourceItem, after: SourceItem) -> PollResult:
    if after.withdrawn and not before.withdrawn:
        return replace(result, withdrawn=result.withdrawn + 1)
    if after.skipped and not before.skipped:
        return replace(result, skipped=result.skipped + 1)
    if after.error:
        return replace(result, refused=result.refused + 1, error=after.error)
    if before.article is None:
        return replace(result, new=result.new + 1)
    return replace(result, changed=result.changed + 1) if before.fingerprint != before.taken else result
