"""The editors' API: submit, look, render again."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster import language as languages
from podcaster.model import Render
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.backfills import add_backfills
from podcaster.web.documents import (
    Accepted,
    ArticleDetail,
    ArticlePage,
    ArticleSummary,
    Begun,
    Plan,
    RenderProgress,
    problems,
)
from podcaster.web.events import add_events
from podcaster.web.lines import add_lines
from podcaster.web.publishing import add_publishing
from podcaster.web.services import Services
from podcaster.web.sources import add_sources
from podcaster.web.submission import request_body, submitted
from podcaster.web.uses import add_uses

_ArticlePath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,80}$")]
_RenderPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]
_Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=255, description="The same key makes one render."),
]
_Tags = Annotated[list[str], Field(min_length=1, max_length=100)]


class NewRender(BaseModel):
    """Which languages to render again; without any, those that are configured."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"languages": ["es"]}]})

    languages: _Tags | None = None


def editors(services: Services) -> APIRouter:
    """The routes below /api/. The gate has seen to the key; what they call may block, so they run in threads."""
    key_holder = HTTPBearer(auto_error=False, description="A key that `podcaster keys add` made.")
    router = APIRouter(
        prefix="/api",
        tags=["editors"],
        dependencies=[Depends(key_holder)],
        responses=problems(errors.KeyWrong, errors.ScopeMissing, errors.RequestMalformed, errors.StorageFailed),
    )
    add_lines(router, services.lines)
    add_publishing(router, services.publishing)
    add_events(router, services)
    add_uses(router, services.search)
    add_sources(router, services.sources)
    add_backfills(router, services.backfills)
    newsroom, library = services.newsroom, services.library

    @router.post(
        "/articles",
        status_code=202,
        summary="Hand in a report",
        openapi_extra=request_body(),
        responses=problems(*_REFUSALS, errors.SourceNotText, errors.SourceUnreachable),
    )
    async def submit(
        request: Request,
        response: Response,
        key: _Key = None,
        wanted: Annotated[
            str | None, Query(alias="languages", max_length=1000, description="For a file's own bytes: `en,es`.")
        ] = None,
    ) -> Accepted:
        """As JSON, or as the file itself with its own content type. The answer comes when nothing can be lost any more."""
        kind, body = request.headers.get("content-type", ""), await request.body()

        def take() -> Render:
            source, tags = submitted(kind, body)
            chosen = _tags(tags if tags is not None else wanted.split(",") if wanted else None)
            return newsroom.submit(source, languages=chosen, idempotency_key=key)

        render = await run_in_threadpool(take)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return Accepted(article=render.article, render=render.id)

    @router.get("/articles", summary="Reports, the newest first")
    def listed(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,80}$")] = None,
    ) -> ArticlePage:
        """A page of reports; `after` is the last id of the page before."""
        found = library.articles(limit=limit, after=ArticleId(after) if after else None)
        return ArticlePage(articles=[ArticleSummary.of(each) for each in found])

    @router.get(
        "/articles/{article}",
        summary="One report",
        responses=problems(errors.ArticleUnknown),
        response_model_exclude_unset=True,
    )
    def article(article: _ArticlePath) -> ArticleDetail:
        """The report as it was read, its episodes and its renders."""
        name = ArticleId(article)
        return ArticleDetail.made_of(
            library.article(name), library.episodes(article=name), library.renders(name),
            services.publishing.scheduled(name),
        )  # fmt: skip

    @router.post(
        "/articles/{article}/renders",
        status_code=202,
        summary="Render a report again",
        response_model_exclude_unset=True,
        responses=problems(*_REFUSALS, errors.ArticleUnknown),
    )
    def rerender(
        article: _ArticlePath, response: Response, new: Annotated[NewRender | None, Body()] = None, key: _Key = None
    ) -> Begun:
        """Only what changed is made; the answer says what.

        One under way that does the same is joined, one of what has changed meanwhile is superseded.
        """
        chosen = _tags(new.languages if new else None)
        planned = Plan.of(newsroom.plan(ArticleId(article), languages=chosen))
        render = newsroom.rerender(ArticleId(article), languages=chosen, idempotency_key=key)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return Begun(render=render.id, languages=planned.languages)

    @router.get(
        "/articles/{article}/renders/plan",
        summary="What a render would do",
        responses=problems(errors.ArticleUnknown),
        response_model_exclude_unset=True,
    )
    def plan(
        article: _ArticlePath,
        wanted: Annotated[str | None, Query(alias="languages", max_length=1000, description="`en,es`")] = None,
    ) -> Plan:
        """Lines to translate, to speak and to reuse in each language, looked up now; nothing is made."""
        chosen = _tags(wanted.split(",") if wanted else None)
        return Plan.of(newsroom.plan(ArticleId(article), languages=chosen))

    @router.get(
        "/renders/{render}",
        summary="How far a render has got",
        responses=problems(errors.RenderUnknown),
        response_model_exclude_unset=True,
    )
    def render_state(render: _RenderPath) -> RenderProgress:
        """The state of the whole and of every language."""
        return RenderProgress.of(library.render(RenderId(render)))

    @router.post(
        "/renders/{render}/cancel",
        summary="Stop a render",
        responses=problems(errors.RenderUnknown),
        response_model_exclude_unset=True,
    )
    def cancel(render: _RenderPath) -> RenderProgress:
        """What has been published stays; nothing more is."""
        return RenderProgress.of(newsroom.cancel(RenderId(render)))

    return router


_REFUSALS = (errors.InputRefused, errors.Conflict, errors.SourceTooLarge, errors.RequestTooSlow)


def _tags(texts: Sequence[str] | None) -> list[LanguageTag] | None:
    return None if texts is None else [languages.parse(text) for text in texts]
