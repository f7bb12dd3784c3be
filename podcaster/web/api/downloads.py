"""The editors' API for how often what was heard."""

import re
from datetime import date
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import Counted, Downloads, Library
from podcaster.web.api.parameters import TAG
from podcaster.web.api.schemas import problems


def _day(text: object) -> object:
    """A day as RFC 3339 §5.6 writes it; a number of seconds is none."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("a day is written as 2030-05-04")
    return text


_Day = Annotated[date | None, BeforeValidator(_day), Query(description="A day of UTC, included.")]


class ReportDownloads(BaseModel):
    """A report's."""

    article: str = Field(description="Its id; `briefing` for the personal briefings of all listeners.")
    downloads: int


class LanguageDownloads(BaseModel):
    """A language's."""

    language: str
    downloads: int


class DayDownloads(BaseModel):
    """A day's."""

    day: date
    downloads: int


class AppDownloads(BaseModel):
    """An app's."""

    app: str = Field(description="Its name, that of a browser, or `other`.")
    downloads: int


class DownloadSums(BaseModel):
    """The same downloads, four ways."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "total": 128,
                    "articles": [{"article": "a-cable-levy-1f3a9c02", "downloads": 128}],
                    "languages": [{"language": "es", "downloads": 128}],
                    "days": [{"day": "2030-05-04", "downloads": 128}],
                    "apps": [{"app": "Overcast", "downloads": 128}],
                }
            ]
        }
    )

    total: int
    articles: list[ReportDownloads] = Field(description="The hundred that were downloaded most.")
    languages: list[LanguageDownloads]
    days: list[DayDownloads] = Field(description="The last 366 with a download, in order.")
    apps: list[AppDownloads]

    @classmethod
    def of(cls, found: Downloads) -> Self:
        """As they are kept."""
        return cls(
            total=found.total,
            articles=[ReportDownloads(article=each, downloads=number) for each, number in found.articles.items()],
            languages=[LanguageDownloads(language=each, downloads=number) for each, number in found.languages.items()],
            days=[DayDownloads(day=each, downloads=number) for each, number in found.days.items()],
            apps=[AppDownloads(app=each, downloads=number) for each, number in found.apps.items()],
        )


def add_downloads(router: APIRouter, library: Library) -> None:
    """It only looks; what was heard stands there within seconds."""

    @router.get("/downloads", summary="How often what was heard", responses=problems(errors.LanguageUnknown))
    def downloads(
        article: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,80}$")] = None,
        language: Annotated[str | None, Query(max_length=35, pattern=f"^{TAG}$")] = None,
        app: Annotated[str | None, Query(max_length=40)] = None,
        since: _Day = None,
        until: _Day = None,
    ) -> DownloadSums:
        """By report, language, day and app: of all, or of what is asked for."""
        tag = languages.parse(language) if language else None
        return DownloadSums.of(
            library.downloads(Counted(article=article, language=tag, app=app, since=since, until=until))
        )
