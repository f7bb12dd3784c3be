"""Covers of shows and topics, drawn when they are first requested."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from podcaster.episode import cover_sizes
from podcaster.errors import PageUnknown
from podcaster.feed.section import SectionKind
from podcaster.units import LanguageTag
from podcaster.web.services import Services
from podcaster.web.site.episode_cards import SectionLists
from podcaster.web.site.show_languages import show_languages

_HEADERS = {"Cache-Control": "public, max-age=86400", "Access-Control-Allow-Origin": "*"}
_SIDE = Annotated[int, Query(ge=1, description="The cover that is at least so many pixels wide.")]


def covers(services: Services, sections: SectionLists) -> APIRouter:
    """The routes of covers; only shows and topics that exist have one."""
    router = APIRouter(include_in_schema=False)

    @router.get("/covers/{language}.jpg")
    def of_show(language: str, side: _SIDE = cover_sizes.LARGEST) -> Response:
        return _drawn(services, _existing(services, language), "", side)

    @router.get("/covers/{language}/{topic}.jpg")
    def of_topic(language: str, topic: str, side: _SIDE = cover_sizes.LARGEST) -> Response:
        tag = _existing(services, language)
        label = next(
            (each.label for each in sections.of(tag) if (each.kind, each.slug) == (SectionKind.TOPIC, topic)), None
        )
        if label is None:
            raise PageUnknown("There is no such cover.", "Use the URL in the feed.")
        return _drawn(services, tag, label, side)

    return router


def _existing(services: Services, language: str) -> LanguageTag:
    tag = next((each for each in show_languages(services) if each == language), None)
    if tag is None:
        raise PageUnknown("There is no such cover.", "Use the URL in the feed.")
    return tag


def _drawn(services: Services, language: LanguageTag, topic: str, side: int) -> Response:
    pixels = next((each for each in cover_sizes.SIDES if each >= side), cover_sizes.LARGEST)
    return Response(services.cover(language, topic, pixels), media_type="image/jpeg", headers=_HEADERS)
