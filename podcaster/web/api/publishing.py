"""Editors' API for publishing: now, at a time, or not any more."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import Publishing
from podcaster.units import ArticleId
from podcaster.web.api.schemas import Scheduled, problems
from podcaster.web.api.schemas.base_models import RequestModel
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath, Moment
from podcaster.web.http.editor_session import EDITOR


class PublishAt(RequestModel):
    """The time at which to publish an episode."""

    at: Annotated[Moment | None, Field(description="Time with zone; null to publish now.")] = None


def add_publishing(router: APIRouter, publishing: Publishing) -> None:
    """Add the routes. They are idempotent and require the scope `publish`."""
    refusals = problems(errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.put(
        "/articles/{article}/episodes/{language}",
        status_code=204,
        summary="Publish an episode",
        responses={202: {"model": Scheduled, "description": "Publication is scheduled."}, **refusals},
    )
    def publish(
        article: ArticlePath,
        language: LanguagePath,
        request: Request,
        wanted: Annotated[PublishAt | None, Body()] = None,
    ) -> Response:
        """Publishes the newest rendered episode; with `at`, the newest at that time."""
        name, tag = ArticleId(article), languages.parse(language)
        if wanted is None or wanted.at is None:
            publishing.release(name, tag)
            return Response(status_code=204)
        scheduled = Scheduled.model_validate(publishing.schedule(name, tag, wanted.at, editor=request.scope[EDITOR]))
        return Response(scheduled.model_dump_json(), status_code=202, media_type="application/json")

    @router.delete(
        "/articles/{article}/episodes/{language}", status_code=204, summary="Withdraw an episode", responses=refusals
    )
    def withdraw(article: ArticlePath, language: LanguagePath) -> Response:
        """Removes the episode from the feeds and puts it on hold. It keeps its guid."""
        publishing.withdraw(ArticleId(article), languages.parse(language))
        return Response(status_code=204)

    @router.delete(
        "/articles/{article}/episodes/{language}/schedule",
        status_code=204,
        summary="Cancel a scheduled publication",
        responses=refusals,
    )
    def unschedule(article: ArticlePath, language: LanguagePath) -> Response:
        """The episode stays on hold."""
        publishing.unschedule(ArticleId(article), languages.parse(language))
        return Response(status_code=204)
