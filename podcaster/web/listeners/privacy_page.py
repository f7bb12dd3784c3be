"""The privacy page, which the Alexa store requires: what is stored about listeners."""

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from podcaster.web.http.negotiation import accepted_language
from podcaster.web.listeners.linking_words import linking_words
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages
from podcaster.web.site.words import words_for

_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}


def privacy(services: Services, pages: Environment) -> APIRouter:
    """`GET /privacy`, in the visitor's language."""
    router = APIRouter(include_in_schema=False)

    @router.get("/privacy")
    def page(accept_language: Annotated[str, Header()] = "") -> Response:
        shown = show_languages(services)
        language = accepted_language(accept_language, shown) or shown[0]
        html = pages.get_template("privacy.html").render(
            show=services.show(language),
            words=words_for(language),
            linking=linking_words(language),
            counted=services.count_downloads,
        )
        return HTMLResponse(html, headers=_HEADERS)

    return router
