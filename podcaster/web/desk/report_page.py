"""The desk's page of one report: source and narration side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from podcaster import language as languages
from podcaster.errors import DraftDamaged, EpisodeUnknown
from podcaster.model import LineKind
from podcaster.ports import Counted, DeskNote
from podcaster.script.writing import OWN_LINES
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.desk.change_history import history
from podcaster.web.desk.inbox import FLAG_KINDS, made_since
from podcaster.web.desk.page_renderer import PageRenderer
from podcaster.web.desk.report_summary import DeskReport
from podcaster.web.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Reasons to look again before publishing."""

    lines: int
    """Flagged lines that nobody has looked at."""
    unapproved: bool
    """Whether it is a translation that no editor approved."""


def add_report_page(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route /desk/{article}."""
    services = renderer.services

    @router.get("/desk/{article}")
    def report(article: str, request: Request) -> Response:
        key = renderer.visitor(request)
        if key is None:
            return renderer.page("desk_report.html", request, key, here="inbox")
        stored = services.library.article(ArticleId(article))
        name = stored.article.id
        downloads = services.library.downloads(Counted(article=name))
        found = DeskReport.of(services, stored, downloads.total)
        chosen = request.query_params.get("language", "")
        shown = next((each for each in found.languages if each.tag == chosen), found.first)
        script = _script(services, name, shown.tag)
        lines = _lines(script)
        keys, note = services.library.keys(), services.library.desk_notes([name]).get(name)
        own = languages.match(stored.article.language, [shown.tag]) is not None
        translation = script.get("translation", {})
        settled = not own and translation.get("state") == "reviewed"
        flagged = sum(bool(line["flags"]) for line in lines)
        return renderer.page(
            "desk_report.html",
            request,
            key,
            here="inbox",
            report=found,
            downloads=downloads,
            shown=shown,
            lines=lines,
            translation=translation,
            flagged=flagged,
            doubts=Doubts(
                lines=0 if _looked_at(services, name, note) or settled else flagged,
                unapproved=not own and not settled,
            ),
            elsewhere=[each for each in found.languages if each.flagged and each.tag != shown.tag],
            audio=_audio(services, name, shown.tag),
            own=own,
            history=history(services.library, name),
            note=note,
            editors=[each.name for each in keys if each.revoked is None],
        )


def _script(services: Services, article: ArticleId, language: LanguageTag) -> Mapping[str, Any]:
    """The newest script; without lines if nothing was rendered, or the draft is damaged, which the page says."""
    try:
        return services.lines.script(article, language)
    except (EpisodeUnknown, DraftDamaged):
        return {"lines": []}


def _lines(script: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lines of a script, with failed checks."""
    return [
        {
            **line,
            "fixed": LineKind(line["kind"]) in OWN_LINES,
            "flags": sorted((each for each in line["checks"] if not each["passed"]), key=_gravity),
            "json": json.dumps(line, ensure_ascii=False),
        }
        for line in script["lines"]
    ]


def _looked_at(services: Services, article: ArticleId, note: DeskNote | None) -> bool:
    """Whether an editor has looked at the flags of the newest render."""
    return note is not None and note.reviewed is not None and not made_since(services, article, note.reviewed)


def _gravity(check: dict[str, Any]) -> int:
    return FLAG_KINDS.index(check["name"]) if check["name"] in FLAG_KINDS else len(FLAG_KINDS)


def _audio(services: Services, article: ArticleId, language: LanguageTag) -> str:
    """Path of the newest episode's MP3, published or on hold; empty if there is none that can be read."""
    try:
        episode = services.publishing.newest(article, language)
    except (EpisodeUnknown, DraftDamaged):
        return ""
    return f"/media/{episode.article}/{episode.language}/{episode.revision}.mp3"
