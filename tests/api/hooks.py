"""Hooks for schemathesis: existing reports, and the meaning of refusals."""

import json
import os

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response

THERE = json.loads(os.environ["PODCASTER_API_THERE"])
"""Names in addresses that something is behind: a report, its render, its language."""


ENDLESS = "/api/backfills/{backfill}/events"
"""Goes on as long as a back-fill does, which may stand still for days; test_backfills_api.py holds what it answers."""


@schemathesis.hook
def before_call(context: HookContext, case: Case, **_: object) -> None:
    """Half of the requests that are as they should be go to what is there; none waits for what does not end."""
    if case.operation.path == ENDLESS and "backfill" in (case.path_parameters or {}):
        case.path_parameters["backfill"] = "none"
    if case.meta is None or not case.meta.generation.mode.is_positive or len(repr(case.body)) % 2:
        return
    for name, value in THERE.items():
        if name in (case.path_parameters or {}):
            case.path_parameters[name] = value


@schemathesis.serializer(
    "audio/webm", "audio/ogg", "audio/wav", "audio/mpeg", "audio/mp4", "audio/flac", "audio/x-m4a",
    "application/pdf", "application/epub+zip", "message/rfc822",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)  # fmt: skip
def file(context: schemathesis.SerializationContext, value: object) -> bytes:
    """A file's bytes: no schema says what makes one, so whatever was generated is sent, and is refused as no such file."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@schemathesis.check
def understood(ctx: CheckContext, response: Response, case: Case) -> None:
    """A request that the document allows is never refused as malformed."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and response.status_code in {400, 422}:
        problem = response.json()
        assert problem["code"] != "request-malformed", problem["detail"]


@schemathesis.check
def problems(ctx: CheckContext, response: Response, case: Case) -> None:
    """Every refusal is a problem document that says what to do, and none echoes a key."""
    if response.status_code < 400 or case.method.upper() == "HEAD":
        return
    assert response.headers["content-type"] == ["application/problem+json"], response.headers["content-type"]
    problem = response.json()
    assert problem["type"] == f"urn:podcaster:error:{problem['code']}"
    assert problem["status"] == response.status_code
    assert problem["detail"]
    assert problem["remedy"]
