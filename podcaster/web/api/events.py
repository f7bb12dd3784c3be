"""Progress as server-sent events (WHATWG HTML §9.2).

An event carries the whole state, and its id is a hash of that state. So a client that reconnects with the last id misses
nothing, whichever process answers.
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final, Protocol

import structlog
from fastapi import APIRouter, Header, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster.units import RenderId
from podcaster.web.api.schemas import RenderProgress, problems
from podcaster.web.api.schemas.base_models import examples
from podcaster.web.api.schemas.parameters import RenderPath
from podcaster.web.services import Services

LastSeen = Annotated[str, Header(alias="Last-Event-ID", max_length=64, description="Id of the last event received.")]
_EVERY_S: Final = 0.15
_HEARTBEAT_S: Final = 10.0
"""Shorter than the idle timeouts of proxies."""
_RETRY_MS: Final = 500
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
log = structlog.get_logger()


class ProgressState(Protocol):
    """A state that may be final."""

    @property
    def final(self) -> bool:
        """Whether the state will not change any more."""


class ProgressDocument(Protocol):
    """A document with a state."""

    @property
    def state(self) -> ProgressState:
        """The state."""

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """The document as JSON."""


def add_events(router: APIRouter, services: Services) -> None:
    """Add the route for a render's events."""

    @router.get(
        "/renders/{render}/events",
        summary="Watch a render",
        response_class=Response,
        responses={**event_responses(RenderProgress), **problems(errors.RenderUnknown)},
    )
    async def events(render: RenderPath, last_event_id: LastSeen = "") -> Response:
        """Events named `progress`, each with the document of `GET /api/renders/{render}`; the last has a final state."""

        def state() -> RenderProgress:
            return RenderProgress.of(services.library.render(RenderId(render)))

        return await event_stream(state, last_event_id, services.stopping, every_s=_EVERY_S)


def event_responses(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI responses of an event stream."""
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": f"#/components/schemas/{model.__name__}"},
    }
    event = {
        "schema": {
            "type": "object",
            "description": "One event.",
            "properties": {"event": {"const": "progress"}, "id": {"type": "string"}, "data": data},
            "required": ["data"],
        },
        "example": {"event": "progress", "id": "4ac7682f1ebde80a", "data": json.dumps(examples()[model.__name__])},
    }
    return {
        200: {"description": "Events.", "content": {"text/event-stream": event}},
        204: {"description": "The last event was received already; do not reconnect."},
    }


async def event_stream(
    state: Callable[[], ProgressDocument], seen: str, stopping: threading.Event, *, every_s: float
) -> Response:
    """Stream an event for every change of a state until it is final, starting after the event `seen`.

    Args:
        state: Reads the state; may block.
        seen: Id of the last event received; empty to start with the present state.
        stopping: Ends the stream when set.
        every_s: Interval between reads, in seconds.
    """
    first = await run_in_threadpool(state)
    if first.state.final and seen == event_id(first):
        return Response(status_code=204)
    return EventSourceResponse(_events(state, seen, stopping, every_s), headers=_HEADERS)


def event_id(progress: ProgressDocument) -> str:
    """Hash of a state, the same in every process."""
    return hashlib.sha256(_written(progress).encode()).hexdigest()[:16]


async def _events(
    state: Callable[[], ProgressDocument], seen: str, stopping: threading.Event, every_s: float
) -> AsyncIterator[bytes]:
    yield format_sse_event(retry=_RETRY_MS)
    silent_s = 0.0
    try:
        while True:
            progress = await run_in_threadpool(state)
            if (now := event_id(progress)) != seen:
                yield format_sse_event(event="progress", data_str=_written(progress), id=now)
                seen, silent_s = now, 0.0
            if progress.state.final or stopping.is_set():
                return
            if silent_s >= _HEARTBEAT_S:
                yield KEEPALIVE_COMMENT
                silent_s = 0.0
            await asyncio.sleep(every_s)
            silent_s += every_s
    except errors.PodcasterError as error:
        log.warning("an event stream ended: the state cannot be read", error=str(error))


def _written(progress: ProgressDocument) -> str:
    return progress.model_dump_json(exclude_unset=True)
