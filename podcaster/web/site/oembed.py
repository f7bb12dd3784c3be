"""/oembed: the player for the URL of an episode's page (oembed.com, version 1.0)."""

import re
from collections.abc import Mapping
from html import escape
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from podcaster.errors import EpisodeUnknown
from podcaster.model import Episode
from podcaster.web.services import Services
from podcaster.web.site.artwork import artwork_path
from podcaster.web.site.embed import HEIGHT, WIDTH, asked_language, embed_path, episodes_of
from podcaster.web.site.home import published_at

_SECONDS = 3600
_THUMBNAIL_PIXELS = 640
_PAGE = re.compile(r"/episodes/(?P<article>[^/]+)/(?P<language>[^/]+)|/embed/(?P<embedded>[^/]+)")
_SECOND = re.compile(r"[?&]t=(?P<second>[1-9]\d{0,4})(?=$|[&#])")


def oembedding(services: Services) -> APIRouter:
    """The route of oEmbed."""
    router = APIRouter(include_in_schema=False)

    @router.get("/oembed")
    def oembed(
        url: Annotated[str, Query(max_length=2000)],
        form: Annotated[Literal["json", "xml"], Query(alias="format")] = "json",
        maxwidth: Annotated[int, Query(ge=1)] = WIDTH,
        maxheight: Annotated[int, Query(ge=1)] = HEIGHT,
    ) -> Response:
        episode = _named(services, url)
        document = _document(
            services, episode, start=_start(url), width=min(maxwidth, WIDTH), height=min(maxheight, HEIGHT)
        )
        headers = {"Cache-Control": f"public, max-age={_SECONDS}", "Access-Control-Allow-Origin": "*"}
        if form == "xml":
            return Response(_xml(document), media_type="text/xml", headers=headers)
        return JSONResponse(dict(document), headers=headers)

    return router


def _named(services: Services, url: str) -> Episode:
    """The episode shown at a URL of this site.

    Raises:
        EpisodeUnknown: The URL is not an episode's page.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    found = _PAGE.fullmatch(parts.path) if parts.netloc == urlsplit(services.base_url).netloc else None
    if found is None:
        raise EpisodeUnknown("This URL is not an episode of this site.", "Use the URL of an episode's page.")
    if found["article"]:
        return published_at(services, found["article"], found["language"]).episode
    episodes = episodes_of(services, found["embedded"])
    asked = asked_language(parse_qs(parts.query).get("lang", [""])[0], [each.language for each in episodes])
    return next((each for each in episodes if each.language == asked), episodes[0])


def _start(url: str) -> Mapping[str, str]:
    """The parameter `t` of a URL that starts at a second; empty without one."""
    found = _SECOND.search(url)
    return {"t": found["second"]} if found else {}


def _document(
    services: Services, episode: Episode, *, start: Mapping[str, str], width: int, height: int
) -> Mapping[str, str | int]:
    """A response of type `rich` (oEmbed 1.0 §2.3.4)."""
    show = services.show(episode.language)
    player = services.base_url + embed_path(episode, **start)
    frame = (
        f'<iframe src="{escape(player)}" width="{width}" height="{height}" title="{escape(episode.title)}" '
        'loading="lazy" allow="autoplay" frameborder="0"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": episode.title,
        "author_name": ", ".join(episode.authors) or show.author,
        "provider_name": show.title,
        "provider_url": f"{services.base_url}/",
        "cache_age": _SECONDS,
        "thumbnail_url": services.base_url + artwork_path(episode, _THUMBNAIL_PIXELS),
        "thumbnail_width": _THUMBNAIL_PIXELS,
        "thumbnail_height": _THUMBNAIL_PIXELS,
        "html": frame,
        "width": width,
        "height": height,
    }


def _xml(document: Mapping[str, str | int]) -> bytes:
    root = ET.Element("oembed")
    for name, value in document.items():
        ET.SubElement(root, name).text = str(value)
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml
