"""OAuth routes for account linking: the consent page, and the registration, token and revocation endpoints."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from authlib.oauth2 import OAuth2Error
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment

from podcaster.errors import AccessRefused, RequestMalformed
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import code_digest
from podcaster.listener.linking_codes import ATTEMPTS_COUNTED_WITHIN, MOST_CODES_PASTED, MOST_PASTED_ATTEMPTS
from podcaster.listener.oauth_tokens import SpeakerClient
from podcaster.web.http.client_network import client_network
from podcaster.web.http.forms import parse_form, read_form
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.listeners.linking_words import linking_words
from podcaster.web.listeners.private_urls import PREFIX, TOKEN
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages
from podcaster.web.site.words import words_for
from podcaster.web.speakers.oauth_server import EndpointRequest, LinkingServer, OAuthResponse, Parameters
from podcaster.web.speakers.registered_clients import RegisteredClient, RegistrationRefused

_PASTED_LINK = re.compile(rf"(?:.*{re.escape(PREFIX)})?({TOKEN})(?:[/?#].*)?", re.DOTALL)
_CODE_CHARACTERS = 8
_LONGEST_REGISTRATION = 8 * 1024
_UNCACHED = {"Cache-Control": "no-store", "Pragma": "no-cache", "Referrer-Policy": "no-referrer"}
_PAGE = {**_UNCACHED, "X-Frame-Options": "DENY", "X-Robots-Tag": "noindex, nofollow"}
_CONTENT = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; script-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
_OWN_FIELDS = frozenset({"pasted", "decision"})
log = structlog.get_logger()


def oauth(services: Services, pages: Environment, client: SpeakerClient | None) -> APIRouter:
    """The routes, for the configured client, and for assistants where they are served."""
    router = APIRouter(include_in_schema=False)
    desk = _LinkingHandlers(services, pages, LinkingServer(services, client))

    @router.get("/oauth/authorize")
    def ask(request: Request) -> Response:
        return desk.ask(request)

    @router.post("/oauth/authorize")
    async def decide(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise AccessRefused("Another site sent this form.", "Start again in the app that asked for it.")
        return await asyncio.to_thread(desk.decide, request, await read_form(request))

    if services.assistants:

        @router.post("/oauth/register")
        async def register(request: Request) -> Response:
            return _registered(await request.body())

    @router.post("/oauth/token")
    async def give(request: Request) -> Response:
        return await asyncio.to_thread(desk.give, await _endpoint_request(request, services))

    @router.post("/oauth/revoke")
    async def end(request: Request) -> Response:
        return await asyncio.to_thread(desk.end, await _endpoint_request(request, services))

    return router


class _LinkingHandlers:
    """Handlers of the routes; they block."""

    def __init__(self, services: Services, pages: Environment, server: LinkingServer) -> None:
        self._services = services
        self._pages = pages
        self._server = server

    def ask(self, request: Request) -> Response:
        """Show the consent page; an error if the request is not from the configured client."""
        asked = EndpointRequest("GET", self._address("authorize"), parse_form(request.url.query))
        try:
            self._server.get_consent_grant(asked)
        except OAuth2Error as error:
            return self._refused(error, asked)
        return self._page(request, asked.payload.data)

    def decide(self, request: Request, fields: Parameters) -> Response:
        """Redirect back with a code, or with a refusal; show the page again if the listener is not recognised."""
        said = dict(fields)
        asked = EndpointRequest(
            "POST", self._address("authorize"), [each for each in fields if each[0] not in _OWN_FIELDS]
        )
        try:
            grant = self._server.get_consent_grant(asked)
        except OAuth2Error as error:
            return self._refused(error, asked)
        if said.get("decision") == "deny":
            return self._back(self._server.create_authorization_response(asked, grant_user=None, grant=grant))
        if self._too_many(request, said.get("pasted", "")):
            log.warning("too many attempts to link a speaker", path="/oauth/authorize")
            return self._page(request, asked.payload.data, "too_many", status=429)
        listener = self._listener(said.get("pasted", ""))
        if listener is None:
            return self._page(request, asked.payload.data, "unknown", status=403)
        return self._back(self._server.create_authorization_response(asked, grant_user=listener, grant=grant))

    def give(self, exchange: EndpointRequest) -> Response:
        """Issue tokens, or an error document (RFC 6749 §5)."""
        return _document(self._server.create_token_response(exchange))

    def end(self, exchange: EndpointRequest) -> Response:
        """Revoke tokens (RFC 7009)."""
        return _document(self._server.create_endpoint_response("revocation", exchange))

    def _address(self, endpoint: str) -> str:
        return f"{self._services.base_url}/oauth/{endpoint}"

    def _listener(self, pasted: str) -> Listener | None:
        """The listener with this private address or speaker code."""
        link = _PASTED_LINK.fullmatch(pasted.strip())
        if link:
            return self._services.library.listener_by_digest(secret_digest(link[1]))
        return self._services.library.listener_by_code(code_digest(pasted)) if _is_code(pasted) else None

    def _too_many(self, request: Request, pasted: str) -> bool:
        now, library = self._services.clock(), self._services.library
        counted = {secret_digest(f"pasted from {client_network(request)}"): MOST_PASTED_ATTEMPTS}
        if _is_code(pasted):
            counted[secret_digest("pasted codes")] = MOST_CODES_PASTED
        return any(
            library.count_attempt(who, now, within=ATTEMPTS_COUNTED_WITHIN) > most for who, most in counted.items()
        )

    def _page(self, request: Request, asked: Mapping[str, str], fault: str = "", status: int = 200) -> Response:
        shown = show_languages(self._services)
        language = accepted_language(request.headers.get("accept-language", ""), shown) or shown[0]
        target = urlsplit(asked["redirect_uri"])
        html = self._pages.get_template("authorize.html").render(
            show=self._services.show(language),
            words=words_for(language),
            linking=linking_words(language),
            assistant=RegisteredClient.of(asked["client_id"]),
            host=target.netloc,
            asked=asked,
            fault=fault,
        )
        # Chromium applies form-action to the redirect that follows the form, too.
        policy = f"{_CONTENT} {target.scheme}://{target.netloc}"
        headers = {**_PAGE, "Content-Security-Policy": policy, "Vary": "Accept-Language"}
        later = {"Retry-After": str(int(ATTEMPTS_COUNTED_WITHIN.total_seconds()))} if status == 429 else {}  # noqa: PLR2004 # RFC 6585 §4
        return HTMLResponse(html, status_code=status, headers={**headers, **later})

    def _refused(self, error: Any, asked: EndpointRequest) -> Response:  # noqa: ANN401 # Authlib's, unannotated
        """Report an error to the client if its redirect URI is valid, else to the visitor (RFC 6749 §4.1.2.1)."""
        if error.redirect_uri:
            return self._back(self._server.handle_error_response(asked, error))
        log.warning("authorization request refused", error=error.error, why=str(error.description))
        raise RequestMalformed(
            "This page was opened with wrong parameters.",
            "Start again in the app that opened it.",
        )

    @staticmethod
    def _back(answer: OAuthResponse) -> Response:
        """Redirect with 303, so that the form's data is not sent on (RFC 9700 §4.12)."""
        return Response(status_code=303, headers={**_UNCACHED, "Location": answer.headers["Location"]})


async def _endpoint_request(request: Request, services: Services) -> EndpointRequest:
    try:
        fields = await read_form(request)
    except RequestMalformed:
        fields = []
    address = f"{services.base_url}{request.url.path}"
    return EndpointRequest("POST", address, fields, authorization=request.headers.get("authorization", ""))


def _document(answer: OAuthResponse) -> Response:
    return JSONResponse(dict(answer.body), status_code=answer.status, headers={**answer.headers, **_UNCACHED})


def _registered(body: bytes) -> Response:
    """The answer to a registration (RFC 7591 §3.2)."""
    try:
        metadata = json.loads(body[:_LONGEST_REGISTRATION])
        client = RegisteredClient.registered(metadata if isinstance(metadata, dict) else {})
    except RegistrationRefused as refusal:
        said = {"error": refusal.code, "error_description": str(refusal)}
    except (ValueError, RecursionError):
        said = {"error": "invalid_client_metadata", "error_description": "Send a JSON object of at most 8 KiB."}
    else:
        return JSONResponse(client.document(), status_code=201, headers=_UNCACHED)
    return JSONResponse(said, status_code=400, headers=_UNCACHED)


def _is_code(pasted: str) -> bool:
    return sum(map(str.isalnum, pasted)) == _CODE_CHARACTERS
