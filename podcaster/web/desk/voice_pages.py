"""The desk's page of voices: hear them, see how well each is understood, choose the one that speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from podcaster.errors import VoiceUnknown
from podcaster.model import Voice
from podcaster.ports import VoiceFacts
from podcaster.units import LanguageTag
from podcaster.web.desk.page_renderer import PageRenderer

_NAMED: Final = re.compile(r"[a-z]{2}_(?:[A-Z]{2}-)?(?P<name>[a-z]{3,})(?:-\w+)?")
_REGIONAL: Final = re.compile(r"[a-z]{2,3}-(?:[A-Z]{2}|\d{3})(?=-)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVoice:
    """A voice as editors read it."""

    facts: VoiceFacts

    @property
    def voice(self) -> Voice:
        """Its entry in the catalogue."""
        return self.facts.voice

    @property
    def variety(self) -> LanguageTag:
        """Its language, with the region that its name in the catalogue gives: `en-GB`."""
        found = _REGIONAL.match(self.voice.name)
        return LanguageTag(found[0]) if found else self.voice.language

    @property
    def person(self) -> str:
        """First name that the engine gives the voice (`ef_dora`, `es_ES-davefx-medium`); empty without one."""
        found = _NAMED.fullmatch(self.voice.engine_voice)
        return found["name"].capitalize() if found else ""


def add_voice_pages(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route below /desk."""
    services = renderer.services

    def known(language: LanguageTag) -> Sequence[ShownVoice]:
        try:
            return [ShownVoice(facts=each) for each in services.voice_choice.voices(language)]
        except VoiceUnknown:
            return []

    @router.get("/desk/voices")
    def voices(request: Request) -> Response:
        key = renderer.visitor(request)
        found = [(tag, services.show(tag), known(tag)) for tag in services.languages] if key else []
        return renderer.page("desk_voices.html", request, key, here="voices", shows=found)
