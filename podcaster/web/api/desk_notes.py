"""Editors' API for who works on a report, and for marking it as looked at."""

from typing import Annotated

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster.units import ArticleId
from podcaster.web.api.parameters import ArticlePath
from podcaster.web.api.schemas import problems
from podcaster.web.services import Services


class Assignment(BaseModel):
    """The editor who works on a report."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"editor": "ann"}]})

    editor: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        description="Name of a key; null for nobody."
    )


def add_desk_notes(router: APIRouter, services: Services) -> None:
    """Add the routes. They are idempotent."""
    library = services.library

    @router.put(
        "/articles/{article}/assignee",
        status_code=204,
        summary="Say who works on a report",
        responses=problems(errors.ArticleUnknown, errors.InputRefused),
    )
    def assign(article: ArticlePath, assignment: Annotated[Assignment, Body()]) -> Response:
        """The desk's inbox shows it. Nothing is locked."""
        editor = assignment.editor
        keys = library.keys()
        if editor is not None and editor not in {key.name for key in keys if key.revoked is None}:
            raise errors.InputRefused(f"There is no editor {editor!r}.", "Name a key of `podcaster keys list`.")
        library.assign(ArticleId(article), editor or "")
        return Response(status_code=204)

    @router.put(
        "/articles/{article}/reviewed",
        status_code=204,
        summary="Mark a report as looked at",
        responses=problems(errors.ArticleUnknown),
    )
    def reviewed(article: ArticlePath) -> Response:
        """Its flags no longer ask for a look, until a later render has some."""
        library.review(ArticleId(article), services.clock())
        return Response(status_code=204)

    @router.delete(
        "/articles/{article}/reviewed",
        status_code=204,
        summary="Ask for another look at a report",
        responses=problems(errors.ArticleUnknown),
    )
    def unreviewed(article: ArticlePath) -> Response:
        """Its flags ask for a look again."""
        library.review(ArticleId(article), None)
        return Response(status_code=204)
