"""Takes in reports, renders them again, cancels renders."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from podcaster import language as languages_of
from podcaster.article.serialisation import to_record
from podcaster.model import Article, LanguagePlan, LanguageReport, Render, RenderState
from podcaster.ports import Clock, Library, Queue, RenderJob, Submission, Taken
from podcaster.render.pipeline.plan import Planner
from podcaster.units import ArticleId, LanguageTag, RenderId


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRequests:
    """Fills `ports.Newsroom`."""

    library: Library
    queue: Queue
    read: Callable[[Submission], Article]
    languages: Sequence[LanguageTag]
    """The languages that a report is rendered into unless the request names some."""
    planner: Planner
    clock: Clock
    new_id: Callable[[], str]
    trace: Callable[[], str] = lambda: ""
    """The current trace span, as the parent of the render's."""

    def submit(
        self,
        source: Submission,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        hold: bool = False,
    ) -> Render:
        """Read a report, keep it and have it rendered."""
        asked = _fingerprint(source, languages)
        earlier = self.library.render_by_key(idempotency_key, asked) if idempotency_key else None
        if earlier is not None:
            return self._handed_on(earlier)
        return self._open(self._kept(self._read(source)), languages, idempotency_key, asked, hold=hold)

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
        """Keep a report that was read already, corrected, and have it rendered."""
        content = json.dumps([to_record(article), correction], sort_keys=True)
        asked = hashlib.sha256(json.dumps([content, sorted(languages or ())]).encode()).hexdigest()
        earlier = self.library.render_by_key(idempotency_key, asked) if idempotency_key else None
        if earlier is not None:
            return self._handed_on(earlier)
        self.library.add_article(article, correction, self.clock(), stood=stood)
        kept = self.library.article(article.id).article
        return self._open(kept, languages, idempotency_key, asked, hold=hold)

    def take_in(
        self,
        source: Submission,
        *,
        languages: Sequence[LanguageTag] | None = None,
        urgent: bool = True,
        objection: Callable[[Article], str] | None = None,
    ) -> Taken:
        """Read a report that may be known already; render it where it is new, changed, or was never handed on."""
        article = self._read(source)
        if objection is not None and (why := objection(article)):
            return Taken(article=article.id, render=None, skipped=why)
        if self.library.is_removed(article.id):
            return Taken(article=article.id, render=None)
        article = self._kept(article)
        changed = self.library.article(article.id).changed
        newest = next(iter(self.library.renders(article.id)), None)
        known = newest is not None and newest.requested >= changed
        render = None if known else self._open(article, languages, urgent=urgent)
        return Taken(article=article.id, render=render)

    def rerender(
        self,
        article: ArticleId,
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        urgent: bool = True,
        hold: bool = False,
    ) -> Render:
        """Render a kept report again; only what changed is made."""
        kept = self.library.article(article).article
        asked = _fingerprint(article, self._wanted(kept, languages))
        return self._open(kept, languages, idempotency_key, asked, urgent=urgent, hold=hold)

    def plan(
        self, article: ArticleId, *, languages: Sequence[LanguageTag] | None = None
    ) -> Mapping[LanguageTag, LanguagePlan]:
        """Plan `rerender` without doing it."""
        kept = self.library.article(article).article
        return self.planner.plan(kept, self._wanted(kept, languages))

    def cancel(self, render: RenderId) -> Render:
        """Stop a render."""
        if self.library.set_render_state(render, RenderState.CANCELLED):
            self.queue.cancel(render)
        return self.library.render(render)

    def resume(self) -> int:
        """Hand every unfinished render to the queue again, which ignores those it has; how many there were.

        A render is recorded before it is queued, so one that was recorded in the instant of a crash is found here.
        """
        unfinished = self.library.unfinished_renders()
        for render in unfinished:
            self.queue.submit(_job(render))
        return len(unfinished)

    def _read(self, source: Submission) -> Article:
        article = self.read(source)
        return article if source.article is None else replace(article, id=source.article)

    def _kept(self, article: Article) -> Article:
        """The report with what editors have corrected, now that it is kept."""
        self.library.put_article(article, self.clock())
        return self.library.article(article.id).article

    def _wanted(self, article: Article, languages: Sequence[LanguageTag] | None) -> tuple[LanguageTag, ...]:
        return tuple(dict.fromkeys(languages)) if languages else languages_for(article, self.languages)

    def _open(
        self,
        article: Article,
        languages: Sequence[LanguageTag] | None,
        idempotency_key: str | None = None,
        asked: str = "",
        *,
        urgent: bool = True,
        hold: bool = False,
    ) -> Render:
        wanted = self._wanted(article, languages)
        under_way = [each.id for each in self.library.renders(article.id) if not each.state.final]
        render, _ = self.library.open_render(
            Render(
                id=RenderId(self.new_id()),
                article=article.id,
                state=RenderState.QUEUED,
                requested=self.clock(),
                languages={tag: LanguageReport(state=RenderState.QUEUED, held=hold) for tag in wanted},
                urgent=urgent,
            ),
            idempotency_key=idempotency_key,
            fingerprint=asked,
            contents=self.planner.contents(article, wanted),
        )
        for each in under_way:
            if self.library.render(each).state is RenderState.SUPERSEDED:
                self.queue.cancel(each)
        return self._handed_on(render)

    def _handed_on(self, render: Render) -> Render:
        if not render.state.final:
            self.queue.submit(_job(render, self.trace()))
        return render


def languages_for(article: Article, configured: Sequence[LanguageTag]) -> tuple[LanguageTag, ...]:
    """The configured languages, and the report's own in front where none of them is it."""
    own = languages_of.match(article.language, configured)
    return tuple(dict.fromkeys(configured if own else (article.language, *configured)))


def _job(render: Render, trace: str = "") -> RenderJob:
    languages = tuple(render.languages)
    return RenderJob(render=render.id, article=render.article, languages=languages, urgent=render.urgent, trace=trace)


def _fingerprint(wanted: Submission | ArticleId, languages: Sequence[LanguageTag] | None) -> str:
    """Hash of a submission, for idempotency; a page counts by its address, whatever its content is by now."""
    what = wanted if isinstance(wanted, str) else {**asdict(wanted), "body": hashlib.sha256(wanted.body).hexdigest()}
    return hashlib.sha256(json.dumps([what, sorted(languages or ())]).encode()).hexdigest()
