"""Static files, with URLs that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from starlette import staticfiles
from starlette.responses import Response
from starlette.types import Scope

_FOLDER = Path(__file__).parent / "static"


class StaticFiles(staticfiles.StaticFiles):
    """Serves static/; browsers may cache a versioned URL for ever."""

    def __init__(self) -> None:
        super().__init__(directory=_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Respond with one file."""
        response = await super().get_response(path, scope)
        named = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return response


@cache
def static_address(name: str) -> str:
    """URL of a static file, with a hash of its content."""
    return f"/static/{name}?v={hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]}"
