"""Style and script of the pages, under addresses that change with what they hold."""

import hashlib
from functools import cache
from pathlib import Path

from starlette import staticfiles
from starlette.responses import Response
from starlette.types import Scope

_FOLDER = Path(__file__).parent / "static"


class StaticFiles(staticfiles.StaticFiles):
    """The folder static/, to be kept by browsers as long as they like under the addresses that pages name."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        named = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return response


@cache
def static_address(name: str) -> str:
    """Where a file of static/ is reached, its present bytes part of the address."""
    return f"/static/{name}?v={hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]}"
