"""The style guide: every token and component on one page, for development."""

import re
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from podcaster.web.services import Services
from podcaster.web.site.words import words_for

_TOKENS = Path(__file__).parent / "static" / "tokens.css"
_COLOUR = re.compile(r"^  --([a-z-]+): (?:light-dark|color-mix|#)", re.MULTILINE)


def style_guide(services: Services, pages: Environment) -> APIRouter:
    """`GET /styleguide`."""
    router = APIRouter(include_in_schema=False)
    colours = _COLOUR.findall(_TOKENS.read_text(encoding="utf-8"))

    @router.get("/styleguide")
    def page() -> Response:
        language = services.languages[0]
        html = pages.get_template("styleguide.html").render(
            show=services.show(language), words=words_for(language), colours=colours
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})

    return router
