"""Editors' API for their own recordings of a line or of a whole report."""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import RecordingDesk
from podcaster.units import ArticleId
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath, LinePath
from podcaster.web.http.editor_session import EDITOR

_KINDS: Final = ("audio/webm", "audio/ogg", "audio/wav", "audio/mpeg", "audio/mp4", "audio/flac", "audio/x-m4a")
_SOUND: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"description": "The file's own bytes."}, "example": "RIFF…"} for kind in _KINDS},
    }
}
_REFUSALS = (errors.EpisodeUnknown, errors.LanguageUnknown, errors.InputRefused, errors.SourceTooLarge)


class Recorded(ApiModel):
    """Lines whose sound was changed."""

    lines: list[int] = Field(description="Numbers of the lines; they are heard from the next render on.")

    @classmethod
    def of(cls, lines: Sequence[int]) -> "Recorded":
        """The API's form of some lines' numbers."""
        return cls(lines=list(lines))


def add_recordings(router: APIRouter, desk: RecordingDesk) -> None:
    """Add the routes."""
    _add_lines(router, desk)
    _add_reports(router, desk)


def _add_lines(router: APIRouter, desk: RecordingDesk) -> None:
    refusals = problems(*_REFUSALS, errors.LineUnknown, errors.LineFixed)

    @router.put(
        "/articles/{article}/scripts/{language}/lines/{index}/recording",
        summary="Record a line",
        openapi_extra=_SOUND,
        responses=refusals,
    )
    async def record(article: ArticlePath, language: LanguagePath, index: LinePath, request: Request) -> Recorded:
        """Takes an editor's own recording of a line, in place of the voice. Loudness and format are made the show's."""
        tag, sound, editor = languages.parse(language), await request.body(), request.scope[EDITOR]
        return Recorded.of(
            await run_in_threadpool(desk.record_line, ArticleId(article), tag, index, sound, editor=editor)
        )

    @router.delete(
        "/articles/{article}/scripts/{language}/lines/{index}/recording",
        summary="Let the voice say a line again",
        responses=refusals,
    )
    def unrecord(article: ArticlePath, language: LanguagePath, index: LinePath, request: Request) -> Recorded:
        """The voice says the line from the next render on."""
        return Recorded.of(
            desk.drop(ArticleId(article), languages.parse(language), index, editor=request.scope[EDITOR])
        )


def _add_reports(router: APIRouter, desk: RecordingDesk) -> None:

    @router.put(
        "/articles/{article}/scripts/{language}/recording",
        summary="Record a whole report",
        openapi_extra=_SOUND,
        responses=problems(*_REFUSALS, errors.Conflict),
    )
    async def record_all(article: ArticlePath, language: LanguagePath, request: Request) -> Recorded:
        """Takes a recording of the report, and cuts it into lines: where a recognizer hears them meet, else at pauses.

        The show's own opening and closing stay the voice's. Transcript and chapters keep time, because lines do.
        """
        tag, sound, editor = languages.parse(language), await request.body(), request.scope[EDITOR]
        return Recorded.of(await run_in_threadpool(desk.record_episode, ArticleId(article), tag, sound, editor=editor))

    @router.delete(
        "/articles/{article}/scripts/{language}/recording",
        summary="Let the voice say a whole report again",
        responses=problems(*_REFUSALS),
    )
    def unrecord_all(article: ArticlePath, language: LanguagePath, request: Request) -> Recorded:
        """The voice says every line from the next render on."""
        return Recorded.of(desk.drop(ArticleId(article), languages.parse(language), None, editor=request.scope[EDITOR]))
