"""The site as an app: manifest (W3C Web Application Manifest), service worker, offline page, share target."""

import hashlib
import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse
from jinja2 import Environment

from podcaster.units import LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.services import Services
from podcaster.web.site.assets import imported_modules, static_address, static_text
from podcaster.web.site.brand import ICON_PIXELS, Brand
from podcaster.web.site.episode_cards import page_path, show_path
from podcaster.web.site.show_languages import show_languages
from podcaster.web.site.templating import html_response
from podcaster.web.site.words import words_for

_FONTS = ("/static/fonts/figtree-latin.woff2", "/static/fonts/newsreader-latin.woff2")
_PAPER = "#faf8f4"
"""`--paper` by day, in tokens.css."""
_URL = re.compile(r"https?://[^\s<>\"]+")
_MOST_ADDRESSES = 3
"""Addresses of a shared text that are looked up."""
_SHARED = Annotated[str, Query(max_length=2000)]
_LANGUAGE = Annotated[str, Header(alias="accept-language")]


def installation(services: Services, pages: Environment, brand: Brand) -> APIRouter:
    """The routes of the installed site."""
    router = APIRouter(include_in_schema=False)

    def visitors(header: str) -> LanguageTag:
        shown = show_languages(services)
        return accepted_language(header, shown) or shown[0]

    @router.get("/manifest.webmanifest")
    def manifest(accept_language: _LANGUAGE = "") -> Response:
        show = services.show(visitors(accept_language))
        document = _manifest(brand, name=brand.name or show.title, description=show.description, language=show.language)
        headers = {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Language"}
        return JSONResponse(dict(document), media_type="application/manifest+json", headers=headers)

    def offline_page(language: LanguageTag) -> str:
        return pages.get_template("offline.html").render(show=services.show(language), words=words_for(language))

    @router.get("/sw.js")
    def service_worker(accept_language: _LANGUAGE = "") -> Response:
        worker = _service_worker(brand, offline_page(visitors(accept_language)))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return Response(worker, media_type="text/javascript", headers=headers)

    @router.get("/offline")
    def offline(accept_language: _LANGUAGE = "") -> Response:
        return html_response(offline_page(visitors(accept_language)))

    @router.get("/share")
    def share(title: _SHARED = "", text: _SHARED = "", url: _SHARED = "", accept_language: _LANGUAGE = "") -> Response:
        """Open the episode of a report whose address was shared to the app, else search for its title."""
        language = visitors(accept_language)
        addresses = [url, *(found[0] for found in islice(_URL.finditer(text), _MOST_ADDRESSES))]
        path = next((found for found in (_episode_path(services, each, language) for each in addresses) if found), "")
        query = " ".join(_URL.sub(" ", title or text).split())[:200]
        search = f"{show_path(language)}?{urlencode({'q': query})}" if query else show_path(language)
        return Response(status_code=303, headers={"Location": path or search, "Cache-Control": "no-store"})

    return router


def _episode_path(services: Services, address: str, language: LanguageTag) -> str:
    """The page of the episode of a report at this address, in a language if it has one; empty if there is none."""
    article = services.library.article_at(address) if address else None
    found = [each.episode for each in services.library.episodes(article=article)] if article else []
    best = min(found, key=lambda each: each.language != language, default=None)
    return page_path(best) if best else ""


def _manifest(brand: Brand, *, name: str, description: str, language: LanguageTag) -> Mapping[str, object]:
    icons: list[Mapping[str, str]] = [
        {"src": f"/brand/mark-{side}.png", "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for side in ICON_PIXELS
        for purpose in ("any", "maskable")
    ]
    return {
        "id": "/",
        "name": name,
        "short_name": name[:12],
        "description": description,
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": brand.color,
        "categories": ["news", "podcasts"],
        "icons": icons,
        "share_target": {
            "action": "/share",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


def _service_worker(brand: Brand, offline_page: str) -> str:
    """The script, with the files of this version: a browser takes a new one when any of them or the offline page changes."""
    files = [
        static_address("typefaces.css", "tokens.css", "base.css", "site.css"),
        static_address("early.js"),
        static_address("site.js"),
        *imported_modules("site.js"),
        *_FONTS,
        brand.mark,
        *([brand.style_sheet] if brand.style_sheet else []),
    ]
    listed = json.dumps(files)
    version = hashlib.sha256(f"{listed}{offline_page}".encode()).hexdigest()[:12]
    return static_text("sw.js").replace("%VERSION%", version).replace("%FILES%", listed)
