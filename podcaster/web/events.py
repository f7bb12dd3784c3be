"""How far a render has got, told while it happens: server-sent events (WHATWG HTML §9.2).

An event is the whole state, and its id stands for that state alone. So whoever comes back with the id of the last event
that they saw misses nothing, whichever process answers.
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter, Header, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster.ports import Library
from podcaster.units import RenderId
from podcaster.web.documents import RenderProgress, problems
from podcaster.web.examples import PROGRESS
from podcaster.web.parameters import RenderPath
from podcaster.web.services import Services

_LastSeen = Annotated[
    str, Header(alias="Last-Event-ID", max_length=64, description="The id of the last event that came through.")
]
_EVENT: Final[Mapping[str, Any]] = {
    "schema": {
        "type": "object",
        "description": "One event.",
        "properties": {
            "event": {"const": "progress"},
            "id": {"type": "string"},
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": {"$ref": "#/components/schemas/RenderProgress"},
            },
        },
        "required": ["data"],
    },
    "example": {"event": "progress", "id": "4ac7682f1ebde80a", "data": json.dumps(PROGRESS)},
}
_EVERY_S: Final = 0.15
_HEARTBEAT_S: Final = 10.0
"""Less than what proxies take for the end of a connection."""
_RETRY_MS: Final = 500
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
log = structlog.get_logger()


def add_events(router: APIRouter, services: Services) -> None:
    """The route for whoever watches a render."""

    @router.get(
        "/renders/{render}/events",
        summary="Watch a render",
        response_class=Response,
        responses={
            200: {"description": "Events.", "content": {"text/event-stream": _EVENT}},
            204: {
                "description": "The render has ended, and the last event was seen: there is nothing to come back for."
            },
            **problems(errors.RenderUnknown),
        },
    )
    async def events(render: RenderPath, last_event_id: _LastSeen = "") -> Response:
        """Events `progress`, each the document of `GET /api/renders/{render}`; the last one has a final state."""
        name = RenderId(render)
        first = await _state(services.library, name)
        if first.state.final and last_event_id == event_id(first):
            return Response(status_code=204)
        told = _told(services.library, name, last_event_id, services.leaving)
        return EventSourceResponse(told, headers=_HEADERS)


def event_id(progress: RenderProgress) -> str:
    """Stands for a state of a render: the same for the same, in every process."""
    return hashlib.sha256(_written(progress).encode()).hexdigest()[:16]


async def _told(library: Library, render: RenderId, seen: str, leaving: threading.Event) -> AsyncIterator[bytes]:
    yield format_sse_event(retry=_RETRY_MS)
    silent_s = 0.0
    try:
        while True:
            progress = await _state(library, render)
            if (now := event_id(progress)) != seen:
                yield format_sse_event(event="progress", data_str=_written(progress), id=now)
                seen, silent_s = now, 0.0
            if progress.state.final or leaving.is_set():
                return
            if silent_s >= _HEARTBEAT_S:
                yield KEEPALIVE_COMMENT
                silent_s = 0.0
            await asyncio.sleep(_EVERY_S)
            silent_s += _EVERY_S
    except errors.PodcasterError as error:
        log.warning("cannot tell how far a render has got", render=render, error=str(error))


async def _state(library: Library, render: RenderId) -> RenderProgress:
    return RenderProgress.of(await run_in_threadpool(library.render, render))


def _written(progress: RenderProgress) -> str:
    return progress.model_dump_json(exclude_unset=True)
