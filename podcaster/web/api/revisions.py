"""Editors' API for stored revisions: which there are, what differs between two, how a line sounded."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import RevisionDesk
from podcaster.units import ArticleId
from podcaster.units import Revision as RevisionName
from podcaster.web.api.schemas import AUDIO, problems
from podcaster.web.api.schemas.base_models import ApiModel
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath, LinePath

_NAME: Final = r"^[0-9a-f]{16}$"
_RevisionPath = Annotated[str, Path(pattern=_NAME, examples=["0123456789abcdef"])]
_Against = Annotated[
    str | None,
    Query(
        pattern=_NAME, description="The revision to compare with; by default the newest.", examples=["fedcba9876543210"]
    ),
]

_UNKNOWN = (errors.EpisodeUnknown, errors.LanguageUnknown)


class StoredRevision(ApiModel):
    """A revision of an episode whose script is stored."""

    revision: str
    stored: datetime
    newest: bool


class StoredRevisions(ApiModel):
    """The stored revisions of an episode, the newest first."""

    revisions: list[StoredRevision]


class SaidLine(ApiModel):
    """A line as one revision has it."""

    index: int = Field(description="In that revision.")
    text: str
    spoken: str
    clip: str


class ComparedLine(ApiModel):
    """A line before and after; null where the other revision lacks it."""

    source: str = Field(description="The sentence in the report.")
    before: SaidLine | None
    after: SaidLine | None
    reworded: bool = Field(description="Whether the text differs.")
    sounds_otherwise: bool = Field(description="Whether the sound differs.")


class Comparison(ApiModel):
    """The lines of two revisions that differ, in the order of the later one."""

    lines: list[ComparedLine]


class Take(SaidLine):
    """A line as one revision says it."""

    revision: str
    stored: datetime


class Takes(ApiModel):
    """The different ways in which a line was said, the present one first."""

    takes: list[Take]


def add_revisions(router: APIRouter, desk: RevisionDesk) -> None:
    """Add the routes. They change nothing."""
    _add_comparisons(router, desk)
    _add_takes(router, desk)


def _add_comparisons(router: APIRouter, desk: RevisionDesk) -> None:

    @router.get(
        "/articles/{article}/scripts/{language}/revisions",
        summary="List stored revisions",
        responses=problems(*_UNKNOWN),
    )
    def revisions(article: ArticlePath, language: LanguagePath) -> StoredRevisions:
        """Replaced revisions are stored for some days; see `podcaster prune`."""
        found = desk.revisions(ArticleId(article), languages.parse(language))
        return StoredRevisions(revisions=[StoredRevision.model_validate(each) for each in found])

    @router.get(
        "/articles/{article}/scripts/{language}/revisions/{revision}",
        summary="Compare two revisions",
        responses=problems(*_UNKNOWN),
    )
    def compare(
        article: ArticlePath, language: LanguagePath, revision: _RevisionPath, against: _Against = None
    ) -> Comparison:
        """The lines whose text or sound differs, matched by their source sentences."""
        found = desk.compare(
            ArticleId(article),
            languages.parse(language),
            RevisionName(revision),
            against=RevisionName(against) if against else None,
        )
        return Comparison(
            lines=[ComparedLine.model_validate(each) for each in found if each.reworded or each.sounds_otherwise]
        )


def _add_takes(router: APIRouter, desk: RevisionDesk) -> None:

    @router.get(
        "/articles/{article}/scripts/{language}/revisions/{revision}/lines/{index}/speech",
        summary="Hear a line of a revision",
        response_class=Response,
        responses={200: AUDIO, **problems(*_UNKNOWN, errors.LineUnknown, errors.ClipMissing)},
    )
    def sound(article: ArticlePath, language: LanguagePath, revision: _RevisionPath, index: LinePath) -> Response:
        """The line's own clip."""
        found = desk.sound(ArticleId(article), languages.parse(language), RevisionName(revision), index)
        return Response(found, media_type="audio/mpeg", headers={"Cache-Control": "private, max-age=3600"})

    @router.get(
        "/articles/{article}/scripts/{language}/lines/{index}/takes",
        summary="List the takes of a line",
        responses=problems(*_UNKNOWN, errors.LineUnknown),
    )
    def takes(article: ArticlePath, language: LanguagePath, index: LinePath) -> Takes:
        """The line as each stored revision says it, the newest first; equal ones once."""
        found = desk.takes(ArticleId(article), languages.parse(language), index)
        return Takes(takes=[Take.model_validate(each) for each in found])
