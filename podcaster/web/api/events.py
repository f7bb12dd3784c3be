"""How far something has got, told while it happens: server-sent events (WHATWG HTML §9.2).

An event is the whole state, and its id stands for that state alone. So whoever comes back with the id of the last event
that they saw misses nothing, whichever process answers.
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Annotated, Any, Final, Protocol

import structlog
from fastapi import APIRouter, Header, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from podcaster import errors
from podcaster.units import RenderId
from podcaster.web.api.examples import PROGRESS
from podcaster.web.api.parameters import RenderPath
from podcaster.web.api.schemas import RenderProgress, problems
from podcaster.web.services import Services

LastSeen = Annotated[
    str, Header(alias="Last-Event-ID", max_length=64, description="The id of the last event that came through.")
]
_EVERY_S: Final = 0.15
_HEARTBEAT_S: Final = 10.0
"""Less than what proxies take for the end of a connection."""
_RETRY_MS: Final = 500
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
log = structlog.get_logger()


class Ends(Protocol):
    """A state."""

    @property
    def final(self) -> bool:
        """Whether nothing more comes of it."""


class Progress(Protocol):
    """A document that says how far something has got."""

    @property
    def state(self) -> Ends:
        """Its state."""

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """As it is sent."""


def add_events(router: APIRouter, services: Services) -> None:
    """The route for whoever watches a render."""

    @router.get(
        "/renders/{render}/events",
        summary="Watch a render",
        response_class=Response,
        responses={**events_of(RenderProgress, PROGRESS), **problems(errors.RenderUnknown)},
    )
    async def events(render: RenderPath, last_event_id: LastSeen = "") -> Response:
        """Events `progress`, each the document of `GET /api/renders/{render}`; the last one has a final state."""

        def state() -> RenderProgress:
            return RenderProgress.of(services.library.render(RenderId(render)))

        return await watched(state, last_event_id, services.leaving, every_s=_EVERY_S)


def events_of(model: type[BaseModel], example: Mapping[str, Any]) -> dict[int | str, dict[str, Any]]:
    """What a document of OpenAPI says of answers that are events."""
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
        "example": {"event": "progress", "id": "4ac7682f1ebde80a", "data": json.dumps(example)},
    }
    return {
        200: {"description": "Events.", "content": {"text/event-stream": event}},
        204: {"description": "It has ended, and the last event was seen: there is nothing to come back for."},
    }


async def watched(state: Callable[[], Progress], seen: str, leaving: threading.Event, *, every_s: float) -> Response:
    """Events for every change of a state until it is final, from behind the one with the id `seen`.

    Args:
        state: Reads it; may block.
        seen: Empty: from the state that there is.
        leaving: Ends the answer when it is set.
        every_s: Between two looks.
    """
    first = await run_in_threadpool(state)
    if first.state.final and seen == event_id(first):
        return Response(status_code=204)
    return EventSourceResponse(_told(state, seen, leaving, every_s), headers=_HEADERS)


def event_id(progress: Progress) -> str:
    """Stands for a state: the same for the same, in every process."""
    return hashlib.sha256(_written(progress).encode()).hexdigest()[:16]


async def _told(
    state: Callable[[], Progress], seen: str, leaving: threading.Event, every_s: float
) -> AsyncIterator[bytes]:
    yield format_sse_event(retry=_RETRY_MS)
    silent_s = 0.0
    try:
        while True:
            progress = await run_in_threadpool(state)
            if (now := event_id(progress)) != seen:
                yield format_sse_event(event="progress", data_str=_written(progress), id=now)
                seen, silent_s = now, 0.0
            if progress.state.final or leaving.is_set():
                return
            if silent_s >= _HEARTBEAT_S:
                yield KEEPALIVE_COMMENT
                silent_s = 0.0
            await asyncio.sleep(every_s)
            silent_s += every_s
    except errors.PodcasterError as error:
        log.warning("cannot tell how far something has got", error=str(error))


def _written(progress: Progress) -> str:
    return progress.model_dump_json(exclude_unset=True)
