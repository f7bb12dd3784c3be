"""Flash briefings over HTTP, rendered on request, since five episodes take little time."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Annotated

from fastapi import APIRouter, Header, Response

from podcaster import language as languages
from podcaster.errors import LanguageUnknown, PageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.feed.flash_briefing import (
    MOST_ITEMS,
    FlashBriefingItem,
    flash_briefing_items,
    flash_briefing_json,
    flash_briefing_rss,
)
from podcaster.model import Show
from podcaster.units import LanguageTag
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.services import Services

_KEPT = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


def flash_briefings(services: Services) -> APIRouter:
    """`GET /alexa/briefing/{language}.json`, and `.xml` for RSS, for every show."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url, former_base_url=services.former_base_url)

    def items(show: Show) -> Sequence[FlashBriefingItem]:
        published = services.library.episodes(language=show.language, limit=MOST_ITEMS)
        # The item of a show without episodes changes once a day, as Alexa wants it, and keeps its ETag in between.
        day = datetime.combine(services.clock().astimezone(UTC), time(), UTC)
        return flash_briefing_items(show, [each.episode for each in published], addresses=addresses, changed=day)

    @router.get("/alexa/briefing/{language}.json")
    def as_json(language: str, if_none_match: Annotated[str, Header()] = "") -> Response:
        show = services.show(_shown(services, language))
        return _answer(flash_briefing_json(items(show)), "application/json", if_none_match)

    @router.get("/alexa/briefing/{language}.xml")
    def as_rss(language: str, if_none_match: Annotated[str, Header()] = "") -> Response:
        show = services.show(_shown(services, language))
        return _answer(flash_briefing_rss(show, items(show), addresses=addresses), "application/rss+xml", if_none_match)

    return router


def _answer(body: bytes, kind: str, if_none_match: str) -> Response:
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', **_KEPT}
    if if_none_match and is_unchanged(headers["ETag"], None, if_none_match=if_none_match, if_modified_since=""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _shown(services: Services, language: str) -> LanguageTag:
    """The language of the show that an address names.

    Raises:
        PageUnknown: reports are not made in this language.
    """
    try:
        tag = languages.parse(language)
    except LanguageUnknown:
        tag = None
    if tag is None or tag not in {*services.languages, *services.library.languages()}:
        raise PageUnknown("There is no such briefing.", "Take its address from docs/listening.md.")
    return tag
