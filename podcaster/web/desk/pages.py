"""Pages of the editors' desk: report list, archive imports, and one report line by line. They write through the API only."""

import json
from collections.abc import Callable
from datetime import UTC, timedelta
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from pydantic import BaseModel, ConfigDict, Field

from podcaster import language as languages
from podcaster.audience.transfers import BRIEFING
from podcaster.errors import ArticleUnknown, EpisodeUnknown, KeyWrong
from podcaster.model import LineKind
from podcaster.ports import ApiKey, Counted, Downloads
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.desk.backfill_pages import add_backfill_pages
from podcaster.web.desk.change_history import history
from podcaster.web.desk.report_list import ReportSummary, reports
from podcaster.web.desk.words import DeskWords, desk_words
from podcaster.web.http.asgi import Scope
from podcaster.web.http.editor_session import active_key, may_publish, require_own_page, session_cookie, session_key
from podcaster.web.services import Services

_OWN_LINES = frozenset({LineKind.OPENING, LineKind.DISCLOSURE, LineKind.BYLINE, LineKind.LEAD_IN, LineKind.CLOSING})
_PAGE = 50
_MOST_DOWNLOADED = 12
_LATELY = timedelta(days=29)
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "same-origin"}


class SignIn(BaseModel):
    """An editor's access key."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(min_length=1, max_length=200)]


def desk(services: Services, pages: Environment, count_wrong_key: Callable[[Scope], None]) -> APIRouter:
    """The routes below /desk. Every page looks the key up again, so a revoked one stops working at once.

    `count_wrong_key` raises AskedTooOften after too many wrong keys from one network.
    """
    router = APIRouter(include_in_schema=False)
    secure = services.base_url.startswith("https://")

    def page(template: str, words: DeskWords, **shown: object) -> Response:
        show = services.show(services.languages[0])
        html = pages.get_template(template).render(show=show, words=words, **shown)
        return HTMLResponse(html, headers=_PRIVATE)

    def visitor(request: Request) -> ApiKey | None:
        return active_key(session_key(request.scope), services.library.key_by_digest)

    @router.post("/desk/session")
    def sign_in(request: Request, entered: SignIn) -> Response:
        require_own_page(request.scope)
        secret = entered.key.strip()
        if active_key(secret, services.library.key_by_digest) is None:
            count_wrong_key(request.scope)
            raise KeyWrong("This key is unknown or revoked.", "Create one with `podcaster keys add`.")
        kept = {"Set-Cookie": session_cookie(secret, secure=secure)}
        return Response(status_code=204, headers=_PRIVATE | kept)

    @router.delete("/desk/session")
    def sign_out(request: Request) -> Response:
        require_own_page(request.scope)
        return Response(status_code=204, headers=_PRIVATE | {"Set-Cookie": session_cookie("", secure=secure)})

    @router.get("/desk")
    def home(request: Request, after: str = "", accept_language: Annotated[str, Header()] = "") -> Response:
        words, key = desk_words(accept_language), visitor(request)
        if key is None:
            return page("desk_key.html", words)
        # Limited to a month: the sum over all days would get slower every year.
        lately = Counted(since=services.clock().astimezone(UTC).date() - _LATELY)
        downloads = services.library.downloads(lately)
        found = reports(services, after=ArticleId(after) if after else None, limit=_PAGE)
        more = found[-1].id if len(found) == _PAGE else ""
        return page(
            "desk.html",
            words,
            key=key,
            reports=found,
            languages=services.languages,
            more=more,
            downloads=downloads,
            downloaded=_downloads_by_title(services, downloads, words),
            sources=services.sources.sources(),
        )

    add_backfill_pages(router, services, page, visitor)

    @router.get("/desk/{article}")
    def report(article: str, request: Request, accept_language: Annotated[str, Header()] = "") -> Response:
        words, key = desk_words(accept_language), visitor(request)
        if key is None:
            return RedirectResponse("/desk", status_code=303, headers=_PRIVATE)
        stored = services.library.article(ArticleId(article))
        downloads = services.library.downloads(Counted(article=stored.article.id))
        found = ReportSummary.of(services, stored, downloads.total)
        chosen = request.query_params.get("language", "")
        shown = next((each for each in found.languages if each.tag == chosen), found.first)
        return page(
            "desk_report.html",
            words,
            key=key,
            report=found,
            downloads=downloads,
            shown=shown,
            lines=_lines(services, stored.article.id, shown.tag),
            audio=_audio(services, stored.article.id, shown.tag),
            own=languages.match(stored.article.language, [shown.tag]) is not None,
            history=history(services.library, stored.article.id),
            may_publish=may_publish(key),
        )

    return router


def _downloads_by_title(services: Services, found: Downloads, words: DeskWords) -> dict[str, int]:
    """Downloads of the most downloaded reports, by title; by id if the report is deleted."""
    titles: dict[str, int] = {}
    for article, number in islice(found.articles.items(), _MOST_DOWNLOADED):
        if article == BRIEFING:
            title = words["briefings"]
        else:
            try:
                title = services.library.article(ArticleId(article)).article.title
            except ArticleUnknown:
                title = article
        titles[title] = titles.get(title, 0) + number
    return titles


def _lines(services: Services, article: ArticleId, language: LanguageTag) -> list[dict[str, Any]]:
    """Lines of the newest script, with failed checks; empty if nothing was rendered."""
    try:
        script = services.lines.script(article, language)
    except EpisodeUnknown:
        return []
    return [
        {
            **line,
            "fixed": LineKind(line["kind"]) in _OWN_LINES,
            "flags": [each for each in line["checks"] if not each["passed"]],
            "json": json.dumps(line, ensure_ascii=False),
        }
        for line in script["lines"]
    ]


def _audio(services: Services, article: ArticleId, language: LanguageTag) -> str:
    """Path of the newest episode's MP3, published or on hold; empty if there is none."""
    try:
        episode = services.publishing.newest(article, language)
    except EpisodeUnknown:
        return ""
    return f"/media/{episode.article}/{episode.language}/{episode.revision}.mp3"
