"""Webhooks that submit reports. They need no API key: the body's signature is verified."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster.ports import HookReceiver, Taken
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel

_Signature = Annotated[
    str,
    Header(
        alias="X-Podcaster-Signature",
        max_length=200,
        examples=[f"t=1904184000,v1={'0123456789abcdef' * 4}"],
        description="`t=UNIX SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` with PODCASTER_HOOK_SECRET.",
    ),
]

_REPORT: Final = {
    "type": "object",
    "properties": {
        "action": {"enum": ["publish", "update", "withdraw"], "default": "publish"},
        "url": {"type": "string", "description": "URL of the report, which identifies it."},
        **{form: {"type": "string"} for form in ("html", "markdown", "text")},
        "languages": {"type": "array", "items": {"type": "string"}},
    },
    "anyOf": [{"required": [name]} for name in ("url", "html", "markdown", "text")],
}
_REPORT_EXAMPLE: Final = {"action": "publish", "url": "https://example.com/a-cable-levy", "languages": ["en", "es"]}
_POST: Final = {
    "type": "object",
    "description": "A post as in WordPress's REST API, or as sent by its plug-ins (`post_title` and so on).",
}
_POST_EXAMPLE: Final = {
    "link": "https://example.com/a-cable-levy",
    "status": "publish",
    "title": {"rendered": "A cable levy"},
    "content": {"rendered": "<p>The levy starts in July 2028.</p>"},
}


class HookResult(ApiModel):
    """The result of a hook call."""

    article: str | None
    render: str | None


def _body(schema: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    """The OpenAPI description of a request body."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}}


def hook_routes(hooks: HookReceiver) -> APIRouter:
    """The routes below /api/hooks. Both accept any JSON, which is validated after the signature."""
    refusals = problems(errors.HookUnset, errors.SignatureWrong, errors.InputRefused, errors.SourceTooLarge)
    refusals |= problems(errors.SourceUnreachable, errors.StorageFailed)
    router = APIRouter(tags=["hooks"], responses=refusals)

    async def done(act: Callable[[str, bytes], Taken | None], signature: str, request: Request) -> HookResult:
        taken = await run_in_threadpool(act, signature, await request.body())
        render = taken.render.id if taken and taken.render else None
        return HookResult(article=taken.article if taken else None, render=render)

    @router.post(
        "/api/hooks/article", status_code=202, summary="Push a report", openapi_extra=_body(_REPORT, _REPORT_EXAMPLE)
    )
    async def article(request: Request, signature: _Signature = "") -> HookResult:
        """Takes the JSON of `POST /api/articles` and an `action`: `publish`, `update` or `withdraw`."""
        return await done(hooks.article, signature, request)

    @router.post(
        "/api/hooks/wordpress",
        status_code=202,
        summary="Push a WordPress post",
        openapi_extra=_body(_POST, _POST_EXAMPLE),
    )
    async def wordpress(request: Request, signature: _Signature = "") -> HookResult:
        """A post whose status is no longer `publish` leaves the feeds."""
        return await done(hooks.wordpress, signature, request)

    return router
