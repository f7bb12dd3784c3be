"""The desk's pages of watched sources and of archive imports."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from podcaster.ports import SourceManager
from podcaster.source.rules import rules_record
from podcaster.source.watched import SourceItem, WatchedSource
from podcaster.web.api.backfills import BackfillReport
from podcaster.web.desk.page_renderer import PageRenderer

_SHOWN: Final = 50
_STATES: Final = ("read", "waiting", "failed", "skipped", "withdrawn")
"""States of a source's reports, in the order in which the page shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedLine:
    """A skipped report as the page shows it."""

    url: str
    condition: str
    value: str


def _shown(manager: SourceManager, source: WatchedSource, counts: Mapping[str, int]) -> dict[str, Any]:
    """A source with its rules, what they skipped, and how many of its reports are in each state."""
    skipped = manager.skipped(source.id, limit=_SHOWN) if source.rules else ()
    lines = [_line(each) for each in skipped]
    values = {each.name: getattr(source, each.name) for each in fields(source)}
    return values | {
        "rules_set": len(rules_record(source.rules)),
        "rules_record": asdict(source.rules),
        "skipped": lines,
        "counts": [(state, counts[state]) for state in _STATES if counts.get(state)],
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
        counts = services.library.item_counts() if key else {}
        watched = services.sources.sources() if key else []
        found = [_shown(services.sources, each, counts.get(each.id, {})) for each in watched]
        return renderer.page("desk_sources.html", request, key, here="sources", sources=found)

    @router.get("/desk/backfills")
    def archives(request: Request) -> Response:
        key = renderer.visitor(request)
        newest = services.backfills.all_progress()[:_SHOWN] if key else []
        found = [BackfillReport.with_failures(services.backfills, each) for each in newest]
        return renderer.page("desk_backfills.html", request, key, here="backfills", backfills=found)
