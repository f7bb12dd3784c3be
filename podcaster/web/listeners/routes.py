"""JSON routes of listeners. A private address is the only credential for reading, changing, moving and deleting."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from podcaster.listener.account import Listener, listener_links
from podcaster.listener.preferences import (
    DEFAULT_MORNING,
    MOST_FOLLOWED,
    MOST_LANGUAGES,
    MOST_MINUTES,
    MOST_VOICES,
    Preferences,
)
from podcaster.web.http.negotiation import accepted_language, prefers_page
from podcaster.web.listeners.accounts import ListenerAccounts
from podcaster.web.listeners.pages import listener_page, new_podcast_page
from podcaster.web.listeners.preview import preview_of, queried_preferences
from podcaster.web.listeners.private_urls import PRIVATE, listener_at
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages
from podcaster.web.site.words import words_for

_HEADERS = {name.decode(): value.decode() for name, value in PRIVATE}
_Name = Annotated[str, Field(max_length=200)]


class Choices(BaseModel):
    """A listener's preferences."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"languages": ["es", "en"], "topics": ["China"], "max_minutes": 20}]},
    )

    languages: Annotated[
        list[_Name], Field(min_length=1, max_length=MOST_LANGUAGES, description="In order of preference.")
    ]
    topics: Annotated[list[_Name], Field(max_length=MOST_FOLLOWED)] = []
    authors: Annotated[list[_Name], Field(max_length=MOST_FOLLOWED)] = []
    max_minutes: Annotated[
        int | None, Field(ge=1, le=MOST_MINUTES, description="Most minutes of audio from one day's reports.")
    ] = None
    rate: Annotated[float, Field(description="Relative to the show's rate; rounded to the nearest step.")] = 1.0
    voice: Annotated[
        list[_Name],
        BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
        Field(max_length=MOST_VOICES, description="Genders and voice names, in order of preference."),
    ] = []
    time_zone: Annotated[_Name | None, Field(description="IANA time zone in which days begin.")] = None
    morning: Annotated[
        _Name | None, Field(description="Time of the daily briefing there, such as 06:00; null for none.")
    ] = DEFAULT_MORNING

    def preferences(self) -> Preferences:
        """Validate the preferences.

        Raises:
            LanguageUnknown: A language tag is invalid.
            InputRefused: The time zone or time does not exist, or the rate is out of range.
        """
        return Preferences.of(**self.model_dump())


def listeners(services: Services, pages: Environment) -> APIRouter:
    """The routes. Knowing an address grants everything behind it; no other key exists."""
    router = APIRouter(include_in_schema=False)
    accounts = ListenerAccounts(services)
    _add_creation(router, services, pages, accounts)
    _add_account(router, services, pages, accounts)
    return router


def _add_creation(router: APIRouter, services: Services, pages: Environment, accounts: ListenerAccounts) -> None:
    publications = PublishedEntries(services.library)

    @router.get("/listeners", summary="Page to create a podcast")
    def choose(accept_language: Annotated[str, Header()] = "") -> Response:
        """Show the form in the visitor's language."""
        shown = show_languages(services)
        visitors = accepted_language(accept_language, shown) or shown[0]
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        preview = preview_of(publications, Preferences(languages=(visitors,)))
        return HTMLResponse(new_podcast_page(pages, services, visitors, preview=preview), headers=headers)

    @router.get("/listeners/preview", summary="Preview of a podcast")
    def preview(request: Request) -> Response:
        """A part of the page: what the feed would hold with the choices of the query, whose fields are the form's."""
        preferences = queried_preferences(request.url.query.encode())
        words = words_for(preferences.languages[0])
        html = pages.get_template("preview.html").render(words=words, preview=preview_of(publications, preferences))
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    @router.post("/listeners", status_code=201, summary="Create a podcast")
    def add(choices: Choices, request: Request) -> Response:
        """Create a listener. The response shows the addresses once; they cannot be recovered later.

        Raises:
            AskedTooOften: Too many were created from this network within the hour.
        """
        return _json(listener_links(accounts.add(choices.preferences(), request), services.base_url), status=201)


def _add_account(router: APIRouter, services: Services, pages: Environment, accounts: ListenerAccounts) -> None:
    library = services.library

    @router.get("/l/{token}", summary="Preferences")
    def show(token: str, accept: Annotated[str, Header()] = "", saved: str | None = None) -> Response:
        """Return JSON, or a page for browsers."""
        listener = listener_at(token, library)
        own = listener_links(token, services.base_url)
        if prefers_page(accept):
            html = listener_page(pages, services, listener, own, said="" if saved is None else "saved")
            return HTMLResponse(html, headers={**_HEADERS, "Vary": "Accept"})
        return _json(_document(listener, own))

    @router.put("/l/{token}", summary="Change preferences")
    def change(token: str, choices: Choices) -> Response:
        """Replace the preferences. The next request for the feed uses them."""
        accounts.change(listener_at(token, library), choices.preferences())
        return _json(_document(listener_at(token, library), listener_links(token, services.base_url)))

    @router.post("/l/{token}/rotate", summary="Get a new address")
    def rotate(token: str) -> Response:
        """Replace the address. The old one stops working at once."""
        return _json(listener_links(accounts.rotate(listener_at(token, library)), services.base_url))

    @router.delete("/l/{token}", status_code=204, summary="Delete the podcast")
    def remove(token: str) -> Response:
        """Delete the listener and all data about them."""
        library.remove_listener(listener_at(token, library).id)
        return Response(status_code=204, headers=_HEADERS)


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
