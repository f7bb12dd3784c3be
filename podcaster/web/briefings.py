"""Flash briefings over HTTP, made when they are asked for: five episodes are quickly written."""

import hashlib
from datetime import UTC, datetime, time
from typing import Annotated

from fastapi import APIRouter, Header, Response

from podcaster import language as languages
from podcaster.errors import LanguageUnknown, PageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.feed.briefing import MOST_ITEMS, render_briefing
from podcaster.units import LanguageTag
from podcaster.web.conditions import is_unchanged
from podcaster.web.services import Services

_KEPT = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


def briefings(services: Services) -> APIRouter:
    """`GET /alexa/briefing/{language}.json`, for every show that there is."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url)

    @router.get("/alexa/briefing/{language}.json")
    def briefing(language: str, if_none_match: Annotated[str, Header()] = "") -> Response:
        tag = _shown(services, language)
        published = services.library.episodes(language=tag, limit=MOST_ITEMS)
        # The item of a show without episodes changes once a day, as Alexa wants it, and keeps its ETag in between.
        day = datetime.combine(services.clock().astimezone(UTC), time(), UTC)
        body = render_briefing(
            services.show(tag), [each.episode for each in published], addresses=addresses, changed=day
        )
        headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', **_KEPT}
        if if_none_match and is_unchanged(headers["ETag"], None, if_none_match=if_none_match, if_modified_since=""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    return router


def _shown(services: Services, language: str) -> LanguageTag:
    """The show that an address names.

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
