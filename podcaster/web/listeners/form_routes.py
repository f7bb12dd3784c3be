"""Form routes of the listeners' pages, which work without JavaScript; programs use the JSON routes."""

import asyncio
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from podcaster.errors import (
    AccessRefused,
    AskedTooOften,
    InputRefused,
    PodcasterError,
)
from podcaster.listener.account import Listener, listener_links
from podcaster.web.http.forms import read_form
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.listeners.accounts import ListenerAccounts
from podcaster.web.listeners.linked_speakers import new_spoken_code
from podcaster.web.listeners.pages import listener_page, new_podcast_page
from podcaster.web.listeners.private_urls import UNCACHED, listener_at
from podcaster.web.listeners.submitted_form import SubmittedForm
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages

_SEVERAL = frozenset({"also", "topic", "author"})
_MOST_FIELDS = 250
_LONGEST_BYTES = 64 * 1024
_UNKEPT = {**{name.decode(): value.decode() for name, value in UNCACHED}, "cache-control": "no-store"}
_NOT_OURS = frozenset({"cross-site", "same-site"})


def listener_forms(services: Services, pages: Environment) -> APIRouter:
    """The routes. Each redirects (303), or shows the form again with its errors."""
    router = APIRouter(include_in_schema=False)
    forms = _Forms(services, pages)

    @router.post("/listeners/form")
    async def add(request: Request) -> Response:
        return await asyncio.to_thread(forms.add, request, SubmittedForm.of(await _form(request)))

    @router.post("/l/{token}/form")
    async def change(token: str, request: Request) -> Response:
        return await asyncio.to_thread(forms.change, token, await _form(request))

    return router


class _Forms:
    """Handlers of the forms; they block."""

    def __init__(self, services: Services, pages: Environment) -> None:
        self._services = services
        self._pages = pages
        self._desk = ListenerAccounts(services)

    def add(self, request: Request, sent: SubmittedForm) -> Response:
        """Create a listener."""
        shown = show_languages(self._services)
        language = accepted_language(request.headers.get("accept-language", ""), shown) or shown[0]
        try:
            return self._on(self._own(self._desk.add(sent.preferences(), request)))
        except (AskedTooOften, InputRefused) as error:
            chosen, fault = sent.chosen(language), _fault(error)
            html = new_podcast_page(self._pages, self._services, language, chosen=chosen, typed=sent.typed, fault=fault)
            headers = {**_UNKEPT, "Vary": "Accept-Language", **_later(error)}
            return HTMLResponse(html, status_code=error.http_status, headers=headers)

    def change(self, token: str, fields: Sequence[tuple[str, str]]) -> Response:
        """Do what the pressed button says; by default save the preferences."""
        listener = listener_at(token, self._services.library)
        match dict(fields).get("do"):
            case "rotate":
                return self._on(self._own(self._desk.rotate(listener)))
            case "delete":
                self._services.library.remove_listener(listener.id)
                return self._on({"url": f"{self._services.base_url}/"})
            case "link-code":
                code = new_spoken_code(self._services, listener)
                html = listener_page(self._pages, self._services, listener, self._own(token), spoken=code)
                return HTMLResponse(html, headers=_UNKEPT)
            case "unlink":
                self._services.library.unlink_speakers(listener.id)
                return self._on(self._own(token), "?saved")
            case _:
                return self._save(listener, self._own(token), SubmittedForm.of(fields))

    def _save(self, listener: Listener, own: Mapping[str, str], sent: SubmittedForm) -> Response:
        try:
            self._desk.change(listener, sent.preferences())
        except InputRefused as error:
            chosen, said = sent.chosen(listener.preferences.languages[0]), _fault(error)
            html = listener_page(
                self._pages, self._services, listener, own, chosen=chosen, typed=sent.typed, said=said, alert=True
            )
            return HTMLResponse(html, status_code=error.http_status, headers=_UNKEPT)
        return self._on(own, "?saved")

    def _own(self, token: str) -> Mapping[str, str]:
        return listener_links(token, self._services.base_url)

    def _on(self, own: Mapping[str, str], query: str = "") -> Response:
        """Redirect to a page by GET (RFC 9110 §15.4.4), so that a reload sends no form. Relative, so any host name works."""
        path = own["url"].removeprefix(self._services.base_url) + query
        return Response(status_code=303, headers={**_UNKEPT, "Location": path})


async def _form(request: Request) -> list[tuple[str, str]]:
    """Read a form that one of our pages sent.

    A private address protects its own forms, because no other page knows it. But another site's page could make its
    visitors create podcasts until their network reaches the limit. Browsers say where a form comes from (Fetch Metadata
    §2.4).

    Raises:
        AccessRefused: Another site's page sent the form.
    """
    site, origin = request.headers.get("sec-fetch-site", ""), request.headers.get("origin", "null")
    # Private pages send no referrer, so their forms have the origin `null`.
    other = not site and origin != "null" and origin.partition("://")[2] != request.headers.get("host", "")
    if site in _NOT_OURS or other:
        raise AccessRefused("A page of another site sent this form.", "Open /listeners and fill in the form there.")
    return await read_form(request, several=_SEVERAL, most_fields=_MOST_FIELDS, longest_bytes=_LONGEST_BYTES)


def _fault(error: PodcasterError) -> str:
    """Key of the message for an error."""
    return "too_many_made" if isinstance(error, AskedTooOften) else "choices_refused"


def _later(error: PodcasterError) -> Mapping[str, str]:
    return {"Retry-After": str(error.retry_after_s)} if isinstance(error, AskedTooOften) else {}
