"""The desk's page for adding reports: what was understood is shown and corrected before anything is rendered."""

from typing import Final

from fastapi import APIRouter, Request, Response

from podcaster.units import LanguageTag
from podcaster.web.desk.page_renderer import PageRenderer

_WRITTEN_IN: Final = (
    "en", "es", "pt", "pt-BR", "ca", "gl", "fr", "de", "it", "nl", "pl", "ru", "uk", "ar", "zh", "ja", "ko", "hi", "tr",
    "sv", "da", "nb", "fi", "el", "ro", "cs", "hu", "eu",
)  # fmt: skip
"""Languages that the page offers for a report; one that was found in it is added."""


def add_hand_in_page(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route below /desk."""

    @router.get("/desk/new")
    def hand_in(request: Request) -> Response:
        offered = [LanguageTag(tag) for tag in _WRITTEN_IN]
        every = tuple(dict.fromkeys([*renderer.services.languages, *offered]))
        return renderer.page("desk_new.html", request, renderer.visitor(request), here="new", written_in=every)
