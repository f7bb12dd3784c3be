"""Hooks: other people's programs hand reports in. The gate asks them for no key; their signature is looked at here."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster.ports import HookDoor, Taken
from podcaster.web.documents import problems

_Signature = Annotated[
    str,
    Header(
        alias="X-Podcaster-Signature",
        max_length=200,
        description="`t=UNIX SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` with PODCASTER_HOOK_SECRET.",
    ),
]


class Pushed(BaseModel):
    """What became of a call."""

    article: str | None
    render: str | None


def pushes(hooks: HookDoor) -> APIRouter:
    """The routes below /api/hooks. Both take any JSON; what it has to hold is looked at behind the signature."""
    refusals = problems(errors.HookUnset, errors.SignatureWrong, errors.InputRefused, errors.SourceTooLarge)
    refusals |= problems(errors.SourceUnreachable, errors.StorageFailed)
    router = APIRouter(tags=["hooks"], responses=refusals)

    async def done(act: Callable[[str, bytes], Taken | None], signature: str, request: Request) -> Pushed:
        taken = await run_in_threadpool(act, signature, await request.body())
        render = taken.render.id if taken and taken.render else None
        return Pushed(article=taken.article if taken else None, render=render)

    @router.post("/api/hooks/article", status_code=202, summary="Push a report")
    async def article(request: Request, signature: _Signature = "") -> Pushed:
        """As `POST /api/articles` takes it, with an `action`: `publish`, `update` or `withdraw`."""
        return await done(hooks.article, signature, request)

    @router.post("/api/hooks/wordpress", status_code=202, summary="Push a post of WordPress")
    async def wordpress(request: Request, signature: _Signature = "") -> Pushed:
        """A post that is not `publish` any more leaves the feeds."""
        return await done(hooks.wordpress, signature, request)

    return router
