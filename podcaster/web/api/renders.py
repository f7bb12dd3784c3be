"""Editors' API for submissions and renders."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster import language as languages
from podcaster.model import Render
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.api.schemas import Accepted, Begun, Plan, RenderProgress, problems
from podcaster.web.api.schemas.base_models import RequestModel
from podcaster.web.api.schemas.parameters import (
    ArticlePath,
    ChapterQuery,
    IdempotencyKey,
    Languages,
    LanguagesQuery,
    RenderPath,
)
from podcaster.web.api.schemas.submission import parse_submission, request_body
from podcaster.web.http.editor_session import MAY_PUBLISH
from podcaster.web.services import Services

_REFUSALS = (errors.InputRefused, errors.Conflict, errors.SourceTooLarge, errors.RequestTooSlow)

_LED_TO = {
    "article": ("get", "/api/articles/{article}"),
    "render": ("get", "/api/renders/{render}"),
}


class NewRender(RequestModel):
    """Languages to render again; by default the configured ones."""

    languages: Languages | None = None


def add_submission(router: APIRouter, services: Services) -> None:
    """Add the route that takes reports."""
    newsroom = services.newsroom

    @router.post(
        "/articles",
        status_code=202,
        summary="Submit a report",
        openapi_extra=request_body(),
        responses={
            202: {"links": _links("article", "render")},
            **problems(*_REFUSALS, errors.SourceNotText, errors.SourceUnreachable),
        },
    )
    async def submit(
        request: Request,
        response: Response,
        key: IdempotencyKey = "",
        wanted: LanguagesQuery = "",
        chapter: ChapterQuery = 0,
    ) -> Accepted:
        """Takes JSON, or a file's bytes with its content type. Once answered, the report survives restarts.

        With a key that may not publish, its episodes are held.
        """
        kind, body = request.headers.get("content-type", ""), await request.body()

        def take() -> Render:
            source, tags = parse_submission(kind, body, chapter=chapter)
            chosen = _tags(tags if tags is not None else wanted.split(",") if wanted else None)
            hold = not request.scope[MAY_PUBLISH]
            return newsroom.submit(source, languages=chosen, idempotency_key=key or None, hold=hold)

        render = await run_in_threadpool(take)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return Accepted(article=render.article, render=render.id)


def add_renders(router: APIRouter, services: Services) -> None:
    """Add the routes for renders: of a report, and by their own ids."""
    _add_rerendering(router, services)
    _add_states(router, services)


def _add_rerendering(router: APIRouter, services: Services) -> None:
    newsroom = services.newsroom

    @router.post(
        "/articles/{article}/renders",
        status_code=202,
        summary="Render a report again",
        response_model_exclude_unset=True,
        responses={
            202: {"links": _links("render")},
            **problems(*_REFUSALS, errors.ArticleUnknown, errors.LanguageUnknown),
        },
    )
    def rerender(
        article: ArticlePath,
        request: Request,
        response: Response,
        new: Annotated[NewRender | None, Body()] = None,
        key: IdempotencyKey = "",
    ) -> Begun:
        """Renders what has changed, and says what that is.

        Joins a running render that would do the same, and supersedes one whose input has changed. With a key that may not
        publish, the new revision is held; what is published stays.
        """
        chosen = _tags(new.languages if new else None)
        planned = Plan.of(newsroom.plan(ArticleId(article), languages=chosen))
        hold = not request.scope[MAY_PUBLISH]
        render = newsroom.rerender(ArticleId(article), languages=chosen, idempotency_key=key or None, hold=hold)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return Begun(render=render.id, languages=planned.languages)

    @router.get(
        "/articles/{article}/renders/plan",
        summary="Plan a render",
        responses=problems(errors.ArticleUnknown, errors.LanguageUnknown),
        response_model_exclude_unset=True,
    )
    def plan(
        article: ArticlePath,
        wanted: LanguagesQuery = "",
    ) -> Plan:
        """Lines to translate, to speak and to reuse in each language. Renders nothing."""
        chosen = _tags(wanted.split(",") if wanted else None)
        return Plan.of(newsroom.plan(ArticleId(article), languages=chosen))


def _add_states(router: APIRouter, services: Services) -> None:
    @router.get(
        "/renders/{render}",
        summary="Get a render",
        responses=problems(errors.RenderUnknown),
        response_model_exclude_unset=True,
    )
    def render_state(render: RenderPath) -> RenderProgress:
        """The state of the render and of each language."""
        return RenderProgress.of(services.library.render(RenderId(render)))

    @router.post(
        "/renders/{render}/cancel",
        summary="Cancel a render",
        responses=problems(errors.RenderUnknown),
        response_model_exclude_unset=True,
    )
    def cancel(render: RenderPath) -> RenderProgress:
        """Stops the render. What is published stays."""
        return RenderProgress.of(services.newsroom.cancel(RenderId(render)))


def _links(*names: str) -> dict[str, Any]:
    """OpenAPI links to the resources that a response names (OpenAPI 3.1 §4.8.20)."""
    return {
        name: {
            "operationRef": f"#/paths/{_LED_TO[name][1].replace('~', '~0').replace('/', '~1')}/{_LED_TO[name][0]}",
            "parameters": {name: f"$response.body#/{name}"},
        }
        for name in names
    }


def _tags(texts: Sequence[str] | None) -> list[LanguageTag] | None:
    return None if texts is None else [languages.parse(text) for text in texts]
