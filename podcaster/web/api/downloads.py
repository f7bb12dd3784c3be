"""Editors' API for download statistics."""

import re
from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BeforeValidator, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import Counted, Downloads, Library
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel
from podcaster.web.api.schemas.parameters import TAG


def _day(text: object) -> object:
    """A date by RFC 3339 §5.6; a number of seconds is refused."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("a day is written as 2030-05-04")
    return text


_Day = Annotated[date | None, BeforeValidator(_day), Query(description="A day in UTC, included.")]


class ReportDownloads(ApiModel):
    """Downloads of a report."""

    article: str = Field(description="The report's id; `briefing` for all personal briefings together.")
    downloads: int


class LanguageDownloads(ApiModel):
    """Downloads in a language."""

    language: str
    downloads: int


class DayDownloads(ApiModel):
    """Downloads on a day."""

    day: date
    downloads: int


class AppDownloads(ApiModel):
    """Downloads by an app."""

    app: str = Field(description="Name of an app or browser, or `other`.")
    downloads: int


class DownloadSums(ApiModel):
    """Download counts, in total and by report, language, day and app."""

    total: int
    articles: list[ReportDownloads] = Field(description="The hundred most downloaded.")
    languages: list[LanguageDownloads]
    days: list[DayDownloads] = Field(description="The last 366 days with downloads, in order.")
    apps: list[AppDownloads]

    @classmethod
    def of(cls, found: Downloads) -> Self:
        """The API's form of download counts."""
        return cls(
            total=found.total,
            articles=[ReportDownloads(article=each, downloads=number) for each, number in found.articles.items()],
            languages=[LanguageDownloads(language=each, downloads=number) for each, number in found.languages.items()],
            days=[DayDownloads(day=each, downloads=number) for each, number in found.days.items()],
            apps=[AppDownloads(app=each, downloads=number) for each, number in found.apps.items()],
        )


def add_downloads(router: APIRouter, library: Library) -> None:
    """Add the route. Downloads appear within seconds."""

    @router.get("/downloads", summary="Count downloads", responses=problems(errors.LanguageUnknown))
    def downloads(
        article: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,80}$")] = None,
        language: Annotated[str | None, Query(max_length=35, pattern=f"^{TAG}$")] = None,
        app: Annotated[str | None, Query(max_length=40)] = None,
        since: _Day = None,
        until: _Day = None,
    ) -> DownloadSums:
        """Downloads by report, language, day and app; filtered by the query."""
        tag = languages.parse(language) if language else None
        return DownloadSums.of(
            library.downloads(Counted(article=article, language=tag, app=app, since=since, until=until))
        )
