"""The desk's pages of watched sources and of archive imports."""

from typing import Final

from fastapi import APIRouter, Request, Response

from podcaster.web.api.backfills import BackfillWhole
from podcaster.web.desk.page_renderer import PageRenderer

_SHOWN: Final = 50


def add_source_pages(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the routes below /desk."""
    services = renderer.services

    @router.get("/desk/sources")
    def sources(request: Request) -> Response:
        key = renderer.visitor(request)
        found = services.sources.sources() if key else []
        return renderer.page("desk_sources.html", request, key, here="sources", sources=found)

    @router.get("/desk/backfills")
    def archives(request: Request) -> Response:
        key = renderer.visitor(request)
        newest = services.backfills.all_progress()[:_SHOWN] if key else []
        found = [BackfillWhole.whole(services.backfills, each) for each in newest]
        return renderer.page("desk_backfills.html", request, key, here="backfills", backfills=found)
