"""Response models of the editors' API."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Self

from pydantic import Field

from podcaster import errors
from podcaster.article.serialisation import reading_record
from podcaster.model import LanguagePlan, LanguageReport, Render, RenderState
from podcaster.ports import LanguageStatus, PublishedEpisode, ScheduledEpisode, StoredArticle
from podcaster.units import LanguageTag
from podcaster.web.api.schemas.base_models import ApiModel
from podcaster.web.http.asgi import PROBLEM

AUDIO: Final[dict[str, Any]] = {
    "content": {"audio/mpeg": {"schema": {"description": "The file's own bytes."}, "example": "ID3…"}},
    "description": "An MP3.",
}
"""A response that is sound."""


class Problem(ApiModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="For programs; the same as the last part of `type`.")
    remedy: str = Field(description="For people: what to do.")


class Accepted(ApiModel):
    """A submitted report and its render."""

    article: str
    render: str


class LanguagePlanned(ApiModel):
    """The work that a render would do in one language."""

    lines: int
    translated: int = Field(description="Lines to translate.")
    spoken: int = Field(description="Lines to speak and encode.")
    reused: int = Field(description="Lines whose audio exists.")
    seconds: float = Field(description="Estimated time.")
    error: str | None = Field(default=None, description="Code and message of an obstacle; only if there is one.")

    @classmethod
    def of(cls, plan: LanguagePlan) -> Self:
        """The API's form of a plan for one language."""
        values: dict[str, Any] = {name: getattr(plan, name) for name in cls.model_fields if name != "error"}
        return cls(**values, error=plan.error) if plan.error else cls(**values)


class Plan(ApiModel):
    """The work that a render would do."""

    languages: dict[str, LanguagePlanned]
    seconds: float = Field(description="Estimated time in all.")

    @classmethod
    def of(cls, plans: Mapping[LanguageTag, LanguagePlan]) -> Self:
        """The API's form of a plan."""
        seconds = round(sum(each.seconds for each in plans.values()), 1)
        return cls(languages={tag: LanguagePlanned.of(each) for tag, each in plans.items()}, seconds=seconds)


class Scheduled(ApiModel):
    """A scheduled publication."""

    article: str
    language: str
    at: datetime
    editor: str
    error: str
    """Why it was not published when it was due; empty: nothing has failed."""


class Begun(ApiModel):
    """A requested render."""

    render: str
    languages: dict[str, LanguagePlanned] = Field(description="Planned work; less if it joins a running render.")


class LanguageProgress(ApiModel):
    """Progress of a render in one language."""

    state: RenderState
    lines: int
    translated: int = Field(description="Lines translated by this render.")
    spoken: int = Field(description="Lines spoken and encoded by this render.")
    reused: int = Field(description="Lines whose audio existed.")
    seconds: float
    warnings: list[str]
    stage: str = Field(description="`translate`, `speak`, `assemble` or `publish` while running; else empty.")
    done: int = Field(description="Lines whose audio exists.")
    seconds_left: float | None = Field(description="Estimated time left; null if unknown.")
    held: bool = Field(description="Whether it was asked for with a key that may not publish.")
    error: str | None = Field(default=None, description="Code and message of a failure; only if there is one.")

    @classmethod
    def of(cls, report: LanguageReport) -> Self:
        """The API's form of a language's progress."""
        values: dict[str, Any] = {name: getattr(report, name) for name in cls.model_fields if name != "error"}
        values["warnings"] = list(report.warnings)
        return cls(**values, error=report.error) if report.error else cls(**values)


class RenderProgress(ApiModel):
    """Progress of a render."""

    render: str
    article: str
    state: RenderState
    requested: datetime
    languages: dict[str, LanguageProgress]

    @classmethod
    def of(cls, render: Render) -> Self:
        """The API's form of a render."""
        return cls(
            render=render.id,
            article=render.article,
            state=render.state,
            requested=render.requested,
            languages={tag: LanguageProgress.of(report) for tag, report in render.languages.items()},
        )


class ArticleSummary(ApiModel):
    """A report in a list."""

    article: str
    title: str
    language: str
    topics: list[str]
    added: datetime
    changed: datetime
    states: dict[str, LanguageStatus] = Field(description="State of each language that is rendered or published.")

    @classmethod
    def of(cls, stored: StoredArticle, states: Mapping[LanguageTag, LanguageStatus]) -> Self:
        """The API's form of a report in a list."""
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


class ArticlePage(ApiModel):
    """A page of reports, newest first."""

    articles: list[ArticleSummary]


class EpisodeSummary(ApiModel):
    """A published episode."""

    language: str
    revision: str
    title: str

    @classmethod
    def of(cls, published: PublishedEpisode) -> Self:
        """The API's form of a published episode."""
        episode = published.episode
        return cls(language=episode.language, revision=episode.revision, title=episode.title)


class ArticleDetail(ArticleSummary):
    """A report with its episodes, renders and downloads."""

    report: dict[str, Any] = Field(description="The report as it is read out; the same as `podcaster read --json`.")
    corrections: dict[str, Any] = Field(description="Editors' corrections.")
    episodes: list[EpisodeSummary]
    renders: list[RenderProgress]
    scheduled: list[Scheduled]
    downloads: int = Field(description="In all languages; see `GET /api/downloads?article=` for details.")

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
        """The API's form of a report."""
        return cls(
            **ArticleSummary.of(stored, states).model_dump(),
            corrections=dict(stored.corrections),
            report=reading_record(stored.article, stored.article.url or ""),
            episodes=[EpisodeSummary.of(each) for each in episodes],
            renders=[RenderProgress.of(each) for each in renders],
            scheduled=[Scheduled.model_validate(each) for each in scheduled],
            downloads=downloads,
        )


def problems(*kinds: type[errors.PodcasterError]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for errors, with an example of each."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        # A malformed request has two statuses: 400 if it cannot be parsed, 422 if a field is invalid.
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
