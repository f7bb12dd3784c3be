"""The editors' API for what is in the feeds: an episode is put there, or taken out."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import Publishing
from podcaster.units import ArticleId
from podcaster.web.documents import problems

_ArticlePath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,80}$")]
_LanguagePath = Annotated[str, Path(max_length=35)]


def add_publishing(router: APIRouter, publishing: Publishing) -> None:
    """Both may be sent again, and then change nothing. The gate asks for the scope `publish`."""
    refusals = problems(errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.put(
        "/articles/{article}/episodes/{language}", status_code=204, summary="Publish an episode", responses=refusals
    )
    def publish(article: _ArticlePath, language: _LanguagePath) -> Response:
        """What was rendered last and is held back goes into the feeds."""
        publishing.release(ArticleId(article), languages.parse(language))
        return Response(status_code=204)

    @router.delete(
        "/articles/{article}/episodes/{language}", status_code=204, summary="Withdraw an episode", responses=refusals
    )
    def withdraw(article: _ArticlePath, language: _LanguagePath) -> Response:
        """It leaves the feeds and is held back; its guid stays its own."""
        publishing.withdraw(ArticleId(article), languages.parse(language))
        return Response(status_code=204)
