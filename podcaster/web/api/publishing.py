"""The editors' API for what is in the feeds: an episode is put there, now or at a time, or taken out."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import Publishing
from podcaster.units import ArticleId
from podcaster.web.api.parameters import ArticlePath, LanguagePath, Moment
from podcaster.web.api.schemas import Scheduled, problems
from podcaster.web.http.editor_session import EDITOR


class PublishAt(BaseModel):
    """When an episode is to be published."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"at": "2030-05-04T06:00:00+02:00"}]})

    at: Annotated[Moment | None, Field(description="With its zone; null or left out: now.")] = None


def add_publishing(router: APIRouter, publishing: Publishing) -> None:
    """All may be sent again, and then change nothing. The gate asks for the scope `publish`."""
    refusals = problems(errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.put(
        "/articles/{article}/episodes/{language}",
        status_code=204,
        summary="Publish an episode",
        responses={202: {"model": Scheduled, "description": "It is published then."}, **refusals},
    )
    def publish(
        article: ArticlePath,
        language: LanguagePath,
        request: Request,
        wanted: Annotated[PublishAt | None, Body()] = None,
    ) -> Response:
        """What was rendered last and is held back goes into the feeds; with `at` what is held back at that time."""
        name, tag = ArticleId(article), languages.parse(language)
        if wanted is None or wanted.at is None:
            publishing.release(name, tag)
            return Response(status_code=204)
        scheduled = Scheduled.of(publishing.schedule(name, tag, wanted.at, editor=request.scope[EDITOR]))
        return Response(scheduled.model_dump_json(), status_code=202, media_type="application/json")

    @router.delete(
        "/articles/{article}/episodes/{language}", status_code=204, summary="Withdraw an episode", responses=refusals
    )
    def withdraw(article: ArticlePath, language: LanguagePath) -> Response:
        """It leaves the feeds and is held back; its guid stays its own."""
        publishing.withdraw(ArticleId(article), languages.parse(language))
        return Response(status_code=204)

    @router.delete(
        "/articles/{article}/episodes/{language}/schedule",
        status_code=204,
        summary="Schedule an episode no more",
        responses=refusals,
    )
    def unschedule(article: ArticlePath, language: LanguagePath) -> Response:
        """It stays held back."""
        publishing.unschedule(ArticleId(article), languages.parse(language))
        return Response(status_code=204)
