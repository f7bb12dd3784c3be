"""What the editors' API answers, as models: they write the answers, and the OpenAPI document describes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster.article.record import reading_record
from podcaster.model import LanguagePlan, LanguageReport, Render, RenderState
from podcaster.ports import LanguageStatus, PublishedEpisode, ScheduledEpisode, StoredArticle
from podcaster.units import LanguageTag
from podcaster.web.api.examples import DETAIL, PLANNED, PROGRESS, SCHEDULED, SUMMARY
from podcaster.web.http.asgi import PROBLEM


class Problem(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:podcaster:error:article-unknown",
                    "title": "There is no such report",
                    "status": 404,
                    "detail": "No report has the id none.",
                    "code": "article-unknown",
                    "remedy": "GET /api/articles lists those there are.",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="For programs; docs and the type's last part have the same word.")
    remedy: str = Field(description="For people: what to do.")


class Accepted(BaseModel):
    """A report that was taken."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"article": "a-cable-levy-1f3a9c02", "render": "0f8e4c1d2b3a495867768594a3b2c1d0"}]
        }
    )

    article: str
    render: str


class LanguagePlanned(BaseModel):
    """What a render of one language would do."""

    lines: int
    translated: int = Field(description="Lines that an engine would translate.")
    spoken: int = Field(description="Lines that would be spoken and encoded.")
    reused: int = Field(description="Lines whose audio is there.")
    seconds: float = Field(description="An estimate.")
    error: str | None = Field(default=None, description="Only where something is in its way: its code and its message.")

    @classmethod
    def of(cls, plan: LanguagePlan) -> Self:
        """As it was made."""
        values: dict[str, Any] = {name: getattr(plan, name) for name in cls.model_fields if name != "error"}
        return cls(**values, error=plan.error) if plan.error else cls(**values)


class Plan(BaseModel):
    """What a render would do."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"languages": {"es": PLANNED}, "seconds": 2.4}]})

    languages: dict[str, LanguagePlanned]
    seconds: float = Field(description="An estimate for all of it.")

    @classmethod
    def of(cls, plans: Mapping[LanguageTag, LanguagePlan]) -> Self:
        """As it was made."""
        seconds = round(sum(each.seconds for each in plans.values()), 1)
        return cls(languages={tag: LanguagePlanned.of(each) for tag, each in plans.items()}, seconds=seconds)


class Scheduled(BaseModel):
    """An episode that is published at a time."""

    model_config = ConfigDict(json_schema_extra={"examples": [SCHEDULED]})

    article: str
    language: str
    at: datetime
    editor: str

    @classmethod
    def of(cls, scheduled: ScheduledEpisode) -> Self:
        """As it is kept."""
        return cls(**{name: getattr(scheduled, name) for name in cls.model_fields})


class Begun(BaseModel):
    """A render that was asked for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"render": "0f8e4c1d2b3a495867768594a3b2c1d0", "languages": {"es": PLANNED}}]}
    )

    render: str
    languages: dict[str, LanguagePlanned] = Field(description="What it will do; less, where it joins one under way.")


class LanguageProgress(BaseModel):
    """What was done, and what was reused, for one language of a render."""

    state: RenderState
    lines: int
    translated: int = Field(description="Lines that an engine translated now.")
    spoken: int = Field(description="Lines that were spoken and encoded now.")
    reused: int = Field(description="Lines whose audio was there already.")
    seconds: float
    warnings: list[str]
    stage: str = Field(description="`translate`, `speak`, `assemble`, `publish` while it runs; else empty.")
    done: int = Field(description="Lines whose audio is there.")
    seconds_left: float | None = Field(description="An estimate; null while nothing is known.")
    error: str | None = Field(default=None, description="Only where something stopped it: its code and its message.")

    @classmethod
    def of(cls, report: LanguageReport) -> Self:
        """As it is kept."""
        values: dict[str, Any] = {name: getattr(report, name) for name in cls.model_fields if name != "error"}
        values["warnings"] = list(report.warnings)
        return cls(**values, error=report.error) if report.error else cls(**values)


class RenderProgress(BaseModel):
    """How far a render has got."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROGRESS]})

    render: str
    article: str
    state: RenderState
    requested: datetime
    languages: dict[str, LanguageProgress]

    @classmethod
    def of(cls, render: Render) -> Self:
        """As it is kept."""
        return cls(
            render=render.id,
            article=render.article,
            state=render.state,
            requested=render.requested,
            languages={tag: LanguageProgress.of(report) for tag, report in render.languages.items()},
        )


class ArticleSummary(BaseModel):
    """A report in a list."""

    article: str
    title: str
    language: str
    topics: list[str]
    added: datetime
    changed: datetime
    states: dict[str, LanguageStatus] = Field(description="How each language stands that was rendered or is published.")

    @classmethod
    def of(cls, stored: StoredArticle, states: Mapping[LanguageTag, LanguageStatus]) -> Self:
        """As it is kept."""
        article = stored.article
        return cls(
            article=article.id,
            title=article.title,
            language=article.language,
            topics=list(article.topics),
            added=stored.added,
            changed=stored.changed,
            states={str(tag): each for tag, each in states.items()},
        )


class ArticlePage(BaseModel):
    """Some reports, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"articles": [SUMMARY]}]})

    articles: list[ArticleSummary]


class EpisodeSummary(BaseModel):
    """An episode that is in the feeds."""

    language: str
    revision: str
    title: str

    @classmethod
    def of(cls, published: PublishedEpisode) -> Self:
        """As it is kept."""
        episode = published.episode
        return cls(language=episode.language, revision=episode.revision, title=episode.title)


class ArticleDetail(ArticleSummary):
    """A report with everything that became of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [DETAIL]})

    report: dict[str, Any] = Field(description="As it is read out; `podcaster read --json` gives the same.")
    corrections: dict[str, Any] = Field(description="What editors say of it otherwise than its source.")
    episodes: list[EpisodeSummary]
    renders: list[RenderProgress]
    scheduled: list[Scheduled]
    downloads: int = Field(description="In all languages; `GET /api/downloads?article=` says more.")

    @classmethod
    def made_of(
        cls,
        stored: StoredArticle,
        episodes: Sequence[PublishedEpisode],
        renders: Sequence[Render],
        scheduled: Sequence[ScheduledEpisode],
        *,
        states: Mapping[LanguageTag, LanguageStatus],
        downloads: int,
    ) -> "ArticleDetail":
        """As it is kept."""
        return cls(
            **ArticleSummary.of(stored, states).model_dump(),
            corrections=dict(stored.corrections),
            report=reading_record(stored.article, stored.article.url or ""),
            episodes=[EpisodeSummary.of(each) for each in episodes],
            renders=[RenderProgress.of(each) for each in renders],
            scheduled=[Scheduled.of(each) for each in scheduled],
            downloads=downloads,
        )


def problems(*kinds: type[errors.PodcasterError]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI document's word for what may go wrong, with an example of each."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        # A request that is not understood has both statuses: 400 where it cannot be parsed, 422 where a field is wrong.
        for status in {kind.http_status, 422} if kind is errors.RequestMalformed else {kind.http_status}:
            content = {PROBLEM.decode(): {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}}
            answer = found.setdefault(status, {"description": kind.title, "content": content})
            answer["content"][PROBLEM.decode()]["examples"][kind.code] = {"value": _example(kind, status)}
            if status == errors.AskedTooOften.http_status:
                answer["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return found


def _example(kind: type[errors.PodcasterError], status: int) -> dict[str, object]:
    return {
        "type": f"urn:podcaster:error:{kind.code}",
        "title": kind.title,
        "status": status,
        "detail": (kind.__doc__ or "").splitlines()[0],
        "code": kind.code,
        "remedy": "What to do about it.",
    }
