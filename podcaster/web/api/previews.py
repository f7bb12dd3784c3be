"""Editors' API for reports that are read before they are added."""

import math
from typing import Annotated, Any, Final, Self

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster import language as languages
from podcaster.article.serialisation import reading_record
from podcaster.model import Article
from podcaster.ports import Preview
from podcaster.web.api.articles import Correction
from podcaster.web.api.schemas import Accepted, problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import IdempotencyKey, Languages
from podcaster.web.api.schemas.submission import parse_submission, request_body
from podcaster.web.http.editor_session import MAY_PUBLISH
from podcaster.web.services import Services

_LETTERS_A_MINUTE: Final = 900
_SIGNS_A_MINUTE: Final = 300
"""In writing whose signs stand for syllables or words."""
_SYLLABIC: Final = frozenset({"zh", "ja", "yue"})
_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", examples=["7c9e6679f3d94b8c8d7b1a2e5f60718a"])]


class PreviewedArticle(ApiModel):
    """A report as it was read; it is not in the library yet."""

    preview: str = Field(description="For `POST /api/previews/{preview}`, within a day.")
    article: str = Field(description="The id that the report will have.")
    known: bool = Field(description="Whether a report of this id is here already; adding this one updates it.")
    report: dict[str, Any] = Field(description="The report as it is read out; the same as `podcaster read --json`.")
    left_aside: list[str] = Field(description="Text of the page that is not read out.")
    words: int
    minutes: int = Field(description="Estimated listening time.")
    chapters: int = Field(
        description="Chapters of an EPUB, each of which may be a report of its own; 0 for everything else."
    )

    @classmethod
    def of(cls, preview: Preview) -> Self:
        """The API's form of a preview."""
        article = preview.article
        texts = [article.title, *article.key_points, *(block.text for block in article.body)]
        return cls(
            preview=preview.id,
            article=article.id,
            known=preview.known,
            report=reading_record(article, article.url or ""),
            left_aside=list(article.left_aside),
            words=sum(len(text.split()) for text in texts),
            minutes=_minutes(article),
            chapters=preview.chapters,
        )


class Confirmation(RequestModel):
    """Corrections of what was understood, and the languages to render."""

    correction: Correction | None = None
    languages: Languages | None = None


def add_previews(router: APIRouter, services: Services) -> None:
    """Add the routes."""
    previews = services.previews
    refusals = (errors.InputRefused, errors.SourceTooLarge, errors.RequestTooSlow)

    @router.post(
        "/previews",
        summary="Read a report without adding it",
        openapi_extra=request_body(),
        responses=problems(*refusals, errors.SourceNotText, errors.SourceUnreachable),
    )
    async def read(
        request: Request,
        name: Annotated[str, Query(max_length=200, description="File name; a title for files without one.")] = "",
    ) -> PreviewedArticle:
        """Takes what `POST /api/articles` takes, and says what was understood. Nothing is rendered."""
        kind, body = request.headers.get("content-type", ""), await request.body()

        def taken() -> Preview:
            source, _ = parse_submission(kind, body, name=name)
            return previews.read(source)

        return PreviewedArticle.of(await run_in_threadpool(taken))

    @router.post(
        "/previews/{preview}/chapters/{chapter}",
        summary="Read one chapter of an EPUB",
        responses=problems(*refusals, errors.PreviewUnknown),
    )
    def read_chapter(
        preview: _Id, chapter: Annotated[int, Path(ge=1, le=1_000, description="Counted from 1.", examples=[2])]
    ) -> PreviewedArticle:
        """Says what was understood of a chapter of the EPUB that the preview shows. Nothing is rendered."""
        return PreviewedArticle.of(previews.read_chapter(preview, chapter))

    @router.post(
        "/previews/{preview}",
        status_code=202,
        summary="Add a report that was read",
        responses=problems(*refusals, errors.Conflict, errors.Outdated, errors.PreviewUnknown, errors.LanguageUnknown),
    )
    def add(
        *,
        preview: _Id,
        request: Request,
        response: Response,
        confirmed: Annotated[Confirmation | None, Body()] = None,
        key: IdempotencyKey = "",
    ) -> Accepted:
        """Adds the report as it was read, with corrections, and renders it; with a key that may not publish, episodes are held."""
        wanted = confirmed or Confirmation()
        chosen = [languages.parse(tag) for tag in wanted.languages] if wanted.languages else None
        correction = wanted.correction.values() if wanted.correction else {}
        hold = not request.scope[MAY_PUBLISH]
        render = previews.add(preview, correction, languages=chosen, idempotency_key=key or None, hold=hold)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return Accepted(article=render.article, render=render.id)


def _minutes(article: Article) -> int:
    letters = sum(sum(sign.isalnum() for sign in block.text) for block in article.body)
    pace = _SIGNS_A_MINUTE if languages.base(article.language) in _SYLLABIC else _LETTERS_A_MINUTE
    return max(1, math.ceil(letters / pace))
