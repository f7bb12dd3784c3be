"""The desk's page of voices: hear them, see how well each is understood, choose the one that speaks."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from podcaster.errors import VoiceUnknown
from podcaster.ports import VoiceFacts
from podcaster.units import LanguageTag
from podcaster.web.desk.page_renderer import PageRenderer


def add_voice_pages(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route below /desk."""
    services = renderer.services

    def known(language: LanguageTag) -> Sequence[VoiceFacts]:
        try:
            return services.casting.voices(language)
        except VoiceUnknown:
            return []

    @router.get("/desk/voices")
    def voices(request: Request) -> Response:
        key = renderer.visitor(request)
        found = [(tag, services.show(tag), known(tag)) for tag in services.languages] if key else []
        return renderer.page("desk_voices.html", request, key, here="voices", shows=found)
