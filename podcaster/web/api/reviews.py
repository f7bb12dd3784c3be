"""Editors' API for reviews of translations."""

from fastapi import APIRouter, Request
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import LineEditor, Newsroom
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath
from podcaster.web.api.schemas.scripts import TranslationReview
from podcaster.web.http.conditions import parse_if_match
from podcaster.web.http.editor_session import EDITOR, MAY_PUBLISH
from podcaster.web.http.entity_tags import IfMatch

_PATH = "/articles/{article}/scripts/{language}/review"


class RenderedReview(TranslationReview):
    """A changed review, and the render that says so on air, on pages and in feeds."""

    render: str = Field(description="The render that was requested.")


def add_reviews(router: APIRouter, desk: LineEditor, newsroom: Newsroom) -> None:
    """Add the routes. With a key that may not publish, the new revision is held."""
    unknown = (errors.EpisodeUnknown, errors.LanguageUnknown)

    def rendered(article: ArticleId, language: LanguageTag, request: Request) -> str:
        return newsroom.rerender(article, languages=[language], hold=not request.scope[MAY_PUBLISH]).id

    @router.put(
        _PATH,
        status_code=202,
        summary="Mark a translation as reviewed",
        responses=problems(*unknown, errors.InputRefused, errors.Outdated),
    )
    def review(
        article: ArticlePath, language: LanguagePath, request: Request, expected: IfMatch = None
    ) -> RenderedReview:
        """Approves every line as it stands. A line that changes later is no longer approved, unless an editor worded it."""
        name, tag = ArticleId(article), languages.parse(language)
        found = desk.approve(name, tag, editor=request.scope[EDITOR], expected=parse_if_match(expected))
        return RenderedReview(**found, render=rendered(name, tag, request))

    @router.delete(_PATH, status_code=202, summary="Take back a review", responses=problems(*unknown))
    def take_back(article: ArticlePath, language: LanguagePath, request: Request) -> RenderedReview:
        """Lines that an editor worded stay reviewed."""
        name, tag = ArticleId(article), languages.parse(language)
        found = desk.unapprove(name, tag)
        return RenderedReview(**found, render=rendered(name, tag, request))
