"""Every error that a route raises, as a problem document (RFC 9457); none says what was sent."""

import re

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from podcaster.errors import MethodUnfit, PageUnknown, PodcasterError, RequestMalformed
from podcaster.web.asgi import PROBLEM, advice, problem_json, unfit
from podcaster.web.private import redacted

_UNPROCESSABLE = 422
_SAID_AT_MOST = 10
log = structlog.get_logger()


def answer_errors(app: FastAPI) -> None:
    """One handler for each kind of error, and one for all that nobody thought of."""

    @app.exception_handler(PodcasterError)
    async def ours(_: Request, error: PodcasterError) -> Response:
        return _response(error)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(ValidationError)
    async def malformed(_: Request, error: RequestValidationError | ValidationError) -> Response:
        faults = [(".".join(str(part) for part in each["loc"]), str(each["msg"])) for each in error.errors()]
        said = "; ".join(f"{place}: {message}" if place else message for place, message in faults[:_SAID_AT_MOST])
        refused = RequestMalformed(f"The request is not understood: {said}.", "/api/openapi.json describes it.")
        return _response(refused, _UNPROCESSABLE)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == PageUnknown.http_status:
            return _response(PageUnknown("There is nothing at this address.", "Start at /."))
        if error.status_code == MethodUnfit.http_status:
            fit = _allowed(app, request.url.path, (error.headers or {}).get("Allow", ""))
            return _response(unfit(request.method, fit), headers={"Allow": fit})
        refused = RequestMalformed("The request cannot be read.", "/api/openapi.json describes it.")
        return _response(refused, error.status_code, dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        log.error("unforeseen error", path=redacted(request.url.path), exc_info=error)
        return _response(PodcasterError("The service failed at this request.", "Try again; its log has the details."))


def _allowed(app: FastAPI, path: str, found: str) -> str:
    """Every method of an address: the framework names those of the first route that fits it (RFC 9110 §10.2.1)."""
    methods = {each.strip() for each in found.split(",")}
    for template, operations in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path):
            methods |= {each.upper() for each in operations}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def _response(error: PodcasterError, status: int | None = None, headers: dict[str, str] | None = None) -> Response:
    advised = {name.decode(): value.decode() for name, value in advice(error)}
    return Response(
        problem_json(error, status),
        status_code=status or error.http_status,
        media_type=PROBLEM.decode(),
        headers={**advised, **(headers or {})},
    )
