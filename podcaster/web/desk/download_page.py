"""The desk's page of download statistics."""

from collections.abc import Mapping
from datetime import UTC, date, timedelta
from itertools import islice
from typing import Final

from fastapi import APIRouter, Request, Response

from podcaster.downloads.transfers import BRIEFING
from podcaster.errors import ArticleUnknown
from podcaster.ports import Counted, Downloads
from podcaster.units import ArticleId
from podcaster.web.desk.page_renderer import PageRenderer
from podcaster.web.desk.words import DeskWords
from podcaster.web.services import Services

_MOST_DOWNLOADED: Final = 12
_SPANS: Final = (30, 90, 365)
"""Days that can be shown; limited, because the sum over all days would get slower every year."""


def add_download_page(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route below /desk."""
    services = renderer.services

    @router.get("/desk/numbers")
    def numbers(request: Request, days: int = _SPANS[0]) -> Response:
        key = renderer.visitor(request)
        if key is None:
            return renderer.page("desk_numbers.html", request, key, here="numbers")
        span = days if days in _SPANS else _SPANS[0]
        today = services.clock().astimezone(UTC).date()
        found = services.library.downloads(Counted(since=today - timedelta(days=span - 1)))
        before = services.library.downloads(
            Counted(since=today - timedelta(days=2 * span - 1), until=today - timedelta(days=span))
        )
        return renderer.page(
            "desk_numbers.html",
            request,
            key,
            here="numbers",
            downloads=found,
            before=before.total,
            daily=_daily(found, today, span),
            titles=_downloads_by_title(services, found, renderer.words(request)),
            span=span,
            spans=_SPANS,
        )


def _daily(found: Downloads, today: date, span: int) -> list[tuple[date, int]]:
    """Downloads of every day of the span, the first one first."""
    days = [today - timedelta(days=back) for back in reversed(range(span))]
    return [(day, found.days.get(day, 0)) for day in days]


def _downloads_by_title(services: Services, found: Downloads, words: DeskWords) -> Mapping[str, tuple[str, int]]:
    """Address and downloads of the most downloaded reports, by title; by id if the report is deleted."""
    titles: dict[str, tuple[str, int]] = {}
    for article, number in islice(found.articles.items(), _MOST_DOWNLOADED):
        title, path = words["briefings"], ""
        if article != BRIEFING:
            try:
                title = services.library.article(ArticleId(article)).article.title
                path = f"/desk/{article}"
            except ArticleUnknown:
                title, path = article, ""
        titles[title] = (path, titles.get(title, ("", 0))[1] + number)
    return titles
