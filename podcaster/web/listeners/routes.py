"""Listeners over HTTP: who has the address may see, change, move and delete what is behind it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from podcaster.listener.account import Listener, handed_out
from podcaster.listener.preferences import (
    MORNING,
    MOST_FOLLOWED,
    MOST_LANGUAGES,
    MOST_MINUTES,
    MOST_WISHES,
    Preferences,
)
from podcaster.web.http.negotiation import accepted_language, prefers_page
from podcaster.web.listeners.accounts import ListenerDesk
from podcaster.web.listeners.pages import choice_page, own_page
from podcaster.web.listeners.private_address import PRIVATE, listener_at
from podcaster.web.services import Services
from podcaster.web.site.show_names import shown_languages

_HEADERS = {name.decode(): value.decode() for name, value in PRIVATE}
_Name = Annotated[str, Field(max_length=200)]


class Choices(BaseModel):
    """What a listener wants."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"languages": ["es", "en"], "topics": ["China"], "max_minutes": 20}]},
    )

    languages: Annotated[list[_Name], Field(min_length=1, max_length=MOST_LANGUAGES, description="The best first.")]
    topics: Annotated[list[_Name], Field(max_length=MOST_FOLLOWED)] = []
    authors: Annotated[list[_Name], Field(max_length=MOST_FOLLOWED)] = []
    max_minutes: Annotated[int | None, Field(ge=1, le=MOST_MINUTES, description="Most audio of a day's reports.")] = (
        None
    )
    rate: Annotated[float, Field(description="Times the show's pace; the nearest step is taken.")] = 1.0
    voice: Annotated[
        list[_Name],
        BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
        Field(max_length=MOST_WISHES, description="Genders and names of voices, the dearest first."),
    ] = []
    time_zone: Annotated[_Name | None, Field(description="By its IANA name; days begin there.")] = None
    morning: Annotated[
        _Name | None, Field(description="When a day's briefing is in the feed, as 06:00 there; null: never.")
    ] = MORNING

    def preferences(self) -> Preferences:
        """As they are kept.

        Raises:
            LanguageUnknown: a language is none.
            InputRefused: no such time zone or time, or a rate too slow or too fast.
        """
        return Preferences.of(**self.model_dump())


def listeners(services: Services, pages: Environment) -> APIRouter:
    """The routes. Whoever has an address has everything behind it, so there is no other key."""
    router = APIRouter(include_in_schema=False)
    library, desk = services.library, ListenerDesk(services)

    @router.get("/listeners", summary="The page for people")
    def choose(accept_language: Annotated[str, Header()] = "") -> Response:
        """What there is to choose from."""
        shown = shown_languages(services)
        visitors = accepted_language(accept_language, shown) or shown[0]
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return HTMLResponse(choice_page(pages, services, visitors), headers=headers)

    @router.post("/listeners", status_code=201, summary="A podcast of one's own")
    def add(choices: Choices, request: Request) -> Response:
        """The addresses are shown this once: what is kept does not give them back.

        Raises:
            AskedTooOften: so many were made from this network within the hour.
        """
        return _json(handed_out(desk.add(choices.preferences(), request), services.base_url), status=201)

    @router.get("/l/{token}", summary="What a listener chose")
    def show(token: str, accept: Annotated[str, Header()] = "", saved: str | None = None) -> Response:
        """JSON, or a page where a browser asks."""
        listener = listener_at(token, library)
        own = handed_out(token, services.base_url)
        if prefers_page(accept):
            html = own_page(pages, services, listener, own, said="" if saved is None else "saved")
            return HTMLResponse(html, headers={**_HEADERS, "Vary": "Accept"})
        return _json(_document(listener, own))

    @router.put("/l/{token}", summary="Other choices")
    def change(token: str, choices: Choices) -> Response:
        """The feed has them from the next request on."""
        desk.change(listener_at(token, library), choices.preferences())
        return _json(_document(listener_at(token, library), handed_out(token, services.base_url)))

    @router.post("/l/{token}/rotate", summary="Another address")
    def rotate(token: str) -> Response:
        """The old address ends with this answer."""
        return _json(handed_out(desk.rotate(listener_at(token, library)), services.base_url))

    @router.delete("/l/{token}", status_code=204, summary="No podcast of one's own any more")
    def remove(token: str) -> Response:
        """Nothing is kept."""
        library.remove_listener(listener_at(token, library).id)
        return Response(status_code=204, headers=_HEADERS)

    return router


def _document(listener: Listener, own: Mapping[str, str]) -> dict[str, Any]:
    chosen = listener.preferences
    return {
        "languages": list(chosen.languages),
        "topics": list(chosen.topics),
        "authors": list(chosen.authors),
        "max_minutes": chosen.max_minutes,
        "rate": chosen.rate,
        "voice": list(chosen.voice),
        "time_zone": chosen.time_zone,
        "morning": chosen.morning,
        **own,
    }


def _json(document: Mapping[str, Any], status: int = 200) -> Response:
    return JSONResponse(dict(document), status_code=status, headers={**_HEADERS, "Vary": "Accept"})
