"""Sessions of the desk: an editor enters a key once, and it is kept in a cookie."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster.errors import KeyWrong
from podcaster.web.desk.page_renderer import PRIVATE
from podcaster.web.http.asgi import Scope
from podcaster.web.http.editor_session import active_key, require_own_page, session_cookie
from podcaster.web.services import Services


class SignIn(BaseModel):
    """An editor's access key."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(min_length=1, max_length=200)]


def add_sign_in(router: APIRouter, services: Services, count_wrong_key: Callable[[Scope], None]) -> None:
    """Add the routes of sessions.

    `count_wrong_key` raises AskedTooOften after too many wrong keys from one network.
    """
    secure = services.base_url.startswith("https://")

    @router.post("/desk/session")
    def sign_in(request: Request, entered: SignIn) -> Response:
        require_own_page(request.scope)
        secret = entered.key.strip()
        if active_key(secret, services.library.key_by_digest) is None:
            count_wrong_key(request.scope)
            raise KeyWrong("This key is unknown or revoked.", "Create one with `podcaster keys add`.")
        kept = {"Set-Cookie": session_cookie(secret, secure=secure)}
        return Response(status_code=204, headers={**PRIVATE, **kept})

    @router.delete("/desk/session")
    def sign_out(request: Request) -> Response:
        require_own_page(request.scope)
        return Response(status_code=204, headers={**PRIVATE, "Set-Cookie": session_cookie("", secure=secure)})
