"""Static files, with URLs that change with their content."""

import asyncio
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.content_codings import COMPRESSORS
from podcaster.web.http.negotiation import accepted_coding

_FOLDER = Path(__file__).parent / "static"
_FILES = {each.relative_to(_FOLDER).as_posix(): each for each in _FOLDER.rglob("*") if each.is_file()}
_JOINT = "+"
_JOINED = frozenset(
    {
        ("typefaces.css", "tokens.css", "base.css", "site.css"),
        ("typefaces.css", "tokens.css", "base.css", "desk.css"),
        ("tokens.css", "embed.css"),
    }
)
"""Style sheets that pages load as one: no others are joined, so that visitors cannot have any number of files made."""
_NAMES = frozenset([*_FILES, *map(_JOINT.join, _JOINED)])
_IMPORT = re.compile(r'from "\./([\w.]+\.js)"')
_FOR_EVER = "public, max-age=31536000, immutable"
_FONTS = "fonts/"
"""Files under this never change under their names."""
_TEXTS = ("text/", "image/svg+xml")


class StaticFiles:
    """ASGI application for static/: one file, or several joined, such as `tokens.css+base.css`.

    Browsers may cache a versioned URL for ever.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond with one file or with several joined."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        if request.method not in {"GET", "HEAD"}:
            raise HTTPException(405)
        # Compressing takes long the first time.
        response = await asyncio.to_thread(_response, request, request.url.path.removeprefix("/static/"))
        await response(scope, receive, send)


def static_address(*names: str) -> str:
    """URL of a static file, or of style sheets that are joined, with a hash of its content.

    Raises:
        ValueError: They are not among the joined ones.
    """
    name = _JOINT.join(names)
    if name not in _NAMES:
        raise ValueError(f"{name} is no static file, and not among those that are joined")
    return f"/static/{name}?v={_version(name)}"


def static_text(name: str) -> str:
    """Content of a text file."""
    return _content(name).decode()


def _response(request: Request, name: str) -> Response:
    if name not in _NAMES:
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    body = _content(name)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    lasting = request.url.query == f"v={_version(name)}" or name.startswith(_FONTS)
    headers = {"Cache-Control": _FOR_EVER if lasting else "no-cache", "ETag": etag, "Vary": "Accept-Encoding"}
    if is_unchanged(etag, None, if_none_match=request.headers.get("if-none-match", ""), if_modified_since=""):
        return Response(status_code=304, headers=headers)
    if kind.startswith(_TEXTS):
        coding = accepted_coding(request.headers.get("accept-encoding", ""), tuple(COMPRESSORS))
        if coding in COMPRESSORS:
            headers["Content-Encoding"] = coding
            body = _compressed(name, coding)
    return Response(body, media_type=kind, headers=headers)


def static_content(name: str) -> bytes:
    """Content of a static file that has another URL as well."""
    return _content(name)


def imported_modules(name: str) -> list[str]:
    """URLs of the modules that a script imports, directly or not, for `modulepreload`."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        for each in _IMPORT.findall(_FILES[waiting.pop()].read_text(encoding="utf-8")):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return [static_address(each) for each in found]


@cache
def _content(name: str) -> bytes:
    """Content of a file or of several. Scripts import modules by URLs that change with their content, too."""
    content = b"\n".join(_FILES[part].read_bytes() for part in name.split(_JOINT))
    if not name.endswith(".js"):
        return content
    versioned = _IMPORT.sub(lambda found: f'from "{static_address(found[1])}"', content.decode())
    return versioned.encode()


@cache
def _version(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]


@cache
def _compressed(name: str, coding: str) -> bytes:
    return COMPRESSORS[coding](_content(name))
