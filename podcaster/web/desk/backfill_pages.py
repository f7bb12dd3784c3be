"""The desk's page of archive imports: the newest ones, and a form to start one."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import RedirectResponse

from podcaster.ports import ApiKey
from podcaster.web.api.backfills import BackfillWhole
from podcaster.web.desk.words import desk_words
from podcaster.web.services import Services

_SHOWN: Final = 50


def add_backfill_pages(
    router: APIRouter,
    services: Services,
    page: Callable[..., Response],
    visitor: Callable[[Request], ApiKey | None],
) -> None:
    """Add the route below /desk.

    Args:
        router: The desk's router.
        services: The services of the web application.
        page: Renders a template with the desk's words.
        visitor: Returns the API key of a request's session.
    """

    @router.get("/desk/backfills")
    def archives(request: Request, accept_language: Annotated[str, Header()] = "") -> Response:
        key = visitor(request)
        if key is None:
            return RedirectResponse("/desk", status_code=303, headers={"Cache-Control": "private, no-store"})
        newest = services.backfills.all_progress()[:_SHOWN]
        found = [BackfillWhole.whole(services.backfills, each) for each in newest]
        words = desk_words(accept_language)
        return page("desk_backfills.html", words, key=key, backfills=found, languages=services.languages)
