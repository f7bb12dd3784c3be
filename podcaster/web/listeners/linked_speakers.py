"""Routes of a listener's linked speakers: a code to link one, and unlinking all."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from podcaster.errors import StorageFailed
from podcaster.listener.account import Listener, listener_links
from podcaster.listener.digests import secret_digest
from podcaster.listener.linking_codes import SPOKEN_BYTES, SPOKEN_CODE_LIVES, spoken_code
from podcaster.web.listeners.private_urls import PRIVATE, listener_at
from podcaster.web.services import Services

_HEADERS = {name.decode(): value.decode() for name, value in PRIVATE if name != b"cache-control"}
_TRIES = 20
SPOKEN_MINUTES = SPOKEN_CODE_LIVES // timedelta(minutes=1)
"""Validity of a code."""


def linked_speakers(services: Services) -> APIRouter:
    """The routes, below a listener's private address."""
    router = APIRouter(include_in_schema=False)
    library = services.library

    @router.post("/l/{token}/link-code", status_code=201, summary="Get a code to link a speaker")
    def code(token: str) -> JSONResponse:
        """Issue a code; it replaces the previous one."""
        made = new_spoken_code(services, listener_at(token, library))
        return _json({"code": made, "minutes": SPOKEN_MINUTES}, status=201)

    @router.delete("/l/{token}/speakers", summary="Unlink all speakers")
    def unlink(token: str) -> JSONResponse:
        """Unlink all speakers; they play the public show from then on."""
        unlinked = library.unlink_speakers(listener_at(token, library).id)
        return _json({"unlinked": unlinked, "url": listener_links(token, services.base_url)["url"]})

    return router


def new_spoken_code(services: Services, listener: Listener) -> str:
    """Issue a code that links a speaker to a listener, once; blocks.

    Raises:
        StorageFailed: No free code was found.
    """
    for _ in range(_TRIES):
        made, now = spoken_code(services.randomness(SPOKEN_BYTES)), services.clock()
        expires = now + SPOKEN_CODE_LIVES
        if services.library.put_spoken_code(secret_digest(made), listener.id, now=now, expires=expires):
            return made
    raise StorageFailed("No code is free at the moment.", "Try again in a few minutes.")


def _json(document: dict[str, object], status: int = 200) -> JSONResponse:
    return JSONResponse(document, status_code=status, headers={**_HEADERS, "Cache-Control": "no-store"})
