"""Editors' API for script lines. If-Match guards against overwriting unseen changes."""

import json
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import LineEditor
from podcaster.units import ArticleId
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import RequestModel
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath, LinePath
from podcaster.web.api.schemas.scripts import ScriptDocument, ScriptLine
from podcaster.web.http.conditions import parse_if_match
from podcaster.web.http.editor_session import EDITOR
from podcaster.web.http.entity_tags import IfMatch

_Sentence = Annotated[str, Field(min_length=1, max_length=5_000)]


class LineChange(RequestModel):
    """An editor's wording of a line; null restores the engine's."""

    text: _Sentence | None = None
    spoken: _Sentence | None = None


def add_lines(router: APIRouter, desk: LineEditor) -> None:
    """Add the routes for script lines."""
    unknown = (errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.get(
        "/articles/{article}/scripts/{language}",
        summary="Get a script, line by line",
        responses=problems(*unknown),
        response_model=ScriptDocument,
    )
    def script(article: ArticlePath, language: LanguagePath) -> Response:
        """The newest episode's script.json, plus each line's etag, an editor's wording and an offered one."""
        found = desk.script(ArticleId(article), languages.parse(language))
        return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")

    @router.patch(
        "/articles/{article}/scripts/{language}/lines/{index}",
        summary="Reword a line",
        responses=problems(*unknown, errors.LineUnknown, errors.LineFixed, errors.Outdated),
        response_model=ScriptLine,
    )
    def reword(
        *,
        article: ArticlePath,
        language: LanguagePath,
        index: LinePath,
        change: Annotated[LineChange, Body()],
        request: Request,
        expected: IfMatch = None,
    ) -> Response:
        """A wording belongs to the source sentence: it survives re-ingestion and re-rendering. Applies from the next render."""
        tag = languages.parse(language)
        wanted = change.model_dump(exclude_unset=True)
        line = desk.reword(
            ArticleId(article), tag, index, wanted, editor=request.scope[EDITOR], expected=parse_if_match(expected)
        )
        body = json.dumps(line, ensure_ascii=False)
        return Response(body, media_type="application/json", headers={"ETag": f'"{line["etag"]}"'})
