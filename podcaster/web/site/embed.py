"""The embedded player: /embed, and /oembed for its discovery (oembed.com, version 1.0)."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Annotated, Literal
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment

from podcaster import language as languages
from podcaster.errors import EpisodeUnknown, LanguageUnknown
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.services import Services
from podcaster.web.site.home import published_at
from podcaster.web.site.show_languages import native_name
from podcaster.web.site.words import words_for

_WIDTH, _HEIGHT = 640, 220
_SECONDS = 3600
_ARTICLE = re.compile(r"[a-z0-9-]{1,80}")
_PAGE = re.compile(r"/episodes/(?P<article>[^/]+)/(?P<language>[^/]+)|/embed/(?P<embedded>[^/]+)")
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
"""Forbids scripts, but leaves out `frame-ancestors`: even `*` would keep out apps and local files."""
_TAG = Annotated[str, Query(max_length=35)]


def embedding(services: Services, pages: Environment) -> APIRouter:
    """The routes of the embedded player."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url)

    @router.get("/embed/{article}")
    def embed(article: str, lang: _TAG = "", accept_language: Annotated[str, Header()] = "") -> Response:
        episodes = _episodes(services, article)
        tags = tuple(each.language for each in episodes)
        chosen = _asked(lang, tags) or accepted_language(accept_language, tags) or tags[0]
        episode = episodes[tags.index(chosen)]
        html = pages.get_template("embed.html").render(
            show=services.show(chosen),
            words=words_for(chosen),
            episode=episode,
            episode_page=addresses.page(episode),
            audio=addresses.audio(episode).removeprefix(services.base_url),
            captions=(addresses.file(episode, EpisodeFileKind.VTT) or "").removeprefix(services.base_url),
            others=[(each, native_name(each.language)) for each in episodes],
        )
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language", "Content-Security-Policy": _POLICY}
        return HTMLResponse(html, headers=headers)

    @router.get("/oembed")
    def oembed(
        url: Annotated[str, Query(max_length=2000)],
        form: Annotated[Literal["json", "xml"], Query(alias="format")] = "json",
        maxwidth: Annotated[int, Query(ge=1)] = _WIDTH,
        maxheight: Annotated[int, Query(ge=1)] = _HEIGHT,
    ) -> Response:
        episode = _named(services, url)
        document = _document(services, episode, width=min(maxwidth, _WIDTH), height=min(maxheight, _HEIGHT))
        headers = {"Cache-Control": f"public, max-age={_SECONDS}", "Access-Control-Allow-Origin": "*"}
        if form == "xml":
            return Response(_xml(document), media_type="text/xml", headers=headers)
        return JSONResponse(dict(document), headers=headers)

    return router


def _episodes(services: Services, article: str) -> Sequence[Episode]:
    """A report's episodes, configured languages first.

    Raises:
        EpisodeUnknown: The report is not published.
    """
    found = services.library.episodes(article=ArticleId(article)) if _ARTICLE.fullmatch(article) else []
    if not found:
        raise EpisodeUnknown("There is no such episode.", "Find it from the start page, /.")
    order = {language: place for place, language in enumerate(services.languages)}
    episodes = [each.episode for each in found]
    return sorted(episodes, key=lambda each: (order.get(each.language, len(order)), each.language))


def _asked(lang: str, available: Sequence[LanguageTag]) -> LanguageTag | None:
    try:
        return languages.match(languages.parse(lang), available)
    except LanguageUnknown:
        return None


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
    episodes = _episodes(services, found["embedded"])
    asked = _asked(parse_qs(parts.query).get("lang", [""])[0], [each.language for each in episodes])
    return next((each for each in episodes if each.language == asked), episodes[0])


def _document(services: Services, episode: Episode, *, width: int, height: int) -> Mapping[str, str | int]:
    """A response of type `rich` (oEmbed 1.0 §2.3.4)."""
    show = services.show(episode.language)
    player = f"{services.base_url}/embed/{quote(episode.article)}?lang={quote(episode.language)}"
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
