"""The desk's pages of watched sources and of archive imports."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from podcaster.ports import SourceManager
from podcaster.source.rules import rules_record
from podcaster.source.watched import SourceItem, WatchedSource
from podcaster.web.api.backfills import BackfillWhole
from podcaster.web.desk.page_renderer import PageRenderer

_SHOWN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedLine:
    """A skipped report as the page shows it."""

    url: str
    condition: str
    value: str


def _shown(manager: SourceManager, source: WatchedSource) -> dict[str, Any]:
    """A source with its rules and what they skipped."""
    skipped = manager.skipped(source.id, limit=_SHOWN) if source.rules else ()
    lines = [_line(each) for each in skipped]
    values = {each.name: getattr(source, each.name) for each in fields(source)}
    return values | {
        "rules_set": len(rules_record(source.rules)),
        "rules_record": asdict(source.rules),
        "skipped": lines,
    }


def _line(item: SourceItem) -> SkippedLine:
    condition, _, value = item.skipped.partition(": ")
    return SkippedLine(url=item.url, condition=condition, value=value)


def add_source_pages(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the routes below /desk."""
    services = renderer.services

    @router.get("/desk/sources")
    def sources(request: Request) -> Response:
        key = renderer.visitor(request)
        found = [_shown(services.sources, each) for each in services.sources.sources()] if key else []
        return renderer.page("desk_sources.html", request, key, here="sources", sources=found)

    @router.get("/desk/backfills")
    def archives(request: Request) -> Response:
        key = renderer.visitor(request)
        newest = services.backfills.all_progress()[:_SHOWN] if key else []
        found = [BackfillWhole.whole(services.backfills, each) for each in newest]
        return renderer.page("desk_backfills.html", request, key, here="backfills", backfills=found)
