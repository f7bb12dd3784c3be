"""A listener's speakers over HTTP: a code to read out to one, and an end to all of them."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from podcaster.errors import StorageFailed
from podcaster.listener.account import handed_out
from podcaster.listener.linking import SPOKEN_BYTES, SPOKEN_CODE_LIVES, secret_digest, spoken_code
from podcaster.web.private import PRIVATE, listener_at
from podcaster.web.services import Services

_HEADERS = {name.decode(): value.decode() for name, value in PRIVATE if name != b"cache-control"}
_TRIES = 20
_MINUTE = timedelta(minutes=1)


def linked_speakers(services: Services) -> APIRouter:
    """The routes, below a listener's address."""
    router = APIRouter(include_in_schema=False)
    library = services.library

    @router.post("/l/{token}/link-code", status_code=201, summary="A code to read out to a speaker")
    def code(token: str) -> JSONResponse:
        """The code before it ends."""
        listener = listener_at(token, library)
        for _ in range(_TRIES):
            made, now = spoken_code(services.randomness(SPOKEN_BYTES)), services.clock()
            if library.put_spoken_code(secret_digest(made), listener.id, now=now, expires=now + SPOKEN_CODE_LIVES):
                return _json({"code": made, "minutes": SPOKEN_CODE_LIVES // _MINUTE}, status=201)
        raise StorageFailed("No code is free.", "Try again in a few minutes.")

    @router.delete("/l/{token}/speakers", summary="No speakers any more")
    def unlink(token: str) -> JSONResponse:
        """They play the public show from then on."""
        unlinked = library.unlink_speakers(listener_at(token, library).id)
        return _json({"unlinked": unlinked, "url": handed_out(token, services.base_url)["url"]})

    return router


def _json(document: dict[str, object], status: int = 200) -> JSONResponse:
    return JSONResponse(document, status_code=status, headers={**_HEADERS, "Cache-Control": "no-store"})
