"""Error handlers: problem documents (RFC 9457) or pages; none repeats what the client sent."""

import re

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from podcaster.errors import MethodUnfit, PageUnknown, PodcasterError, RequestMalformed
from podcaster.web.http.asgi import PROBLEM, error_headers, method_not_allowed, problem_json
from podcaster.web.http.error_counts import count_error
from podcaster.web.listeners.private_urls import redacted
from podcaster.web.server.error_pages import ErrorPages

_UNPROCESSABLE = 422
_SAID_AT_MOST = 10
log = structlog.get_logger()


def add_error_handlers(app: FastAPI, pages: ErrorPages) -> None:
    """Add a handler for each kind of error, and one for unforeseen errors."""

    def answered(
        request: Request, error: PodcasterError, status: int | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        advised = {name.decode(): value.decode() for name, value in error_headers(error)}
        # Keeps a private address from the sites that its page links to.
        private = {"Referrer-Policy": "no-referrer"} if redacted(request.url.path) != request.url.path else {}
        said = {**advised, **private, "Vary": "Accept, Accept-Language", **(headers or {})}
        code = status or error.http_status
        count_error(error.code)
        if pages.wanted(request):
            return HTMLResponse(pages.html(request, error, code), status_code=code, headers=said)
        return Response(problem_json(error, status), status_code=code, media_type=PROBLEM.decode(), headers=said)

    @app.exception_handler(PodcasterError)
    async def ours(request: Request, error: PodcasterError) -> Response:
        return answered(request, error)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(ValidationError)
    async def malformed(request: Request, error: RequestValidationError | ValidationError) -> Response:
        faults = [(".".join(str(part) for part in each["loc"]), str(each["msg"])) for each in error.errors()]
        said = "; ".join(f"{place}: {message}" if place else message for place, message in faults[:_SAID_AT_MOST])
        refused = RequestMalformed(f"The request is not understood: {said}.", "/api/openapi.json describes it.")
        return answered(request, refused, _UNPROCESSABLE)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == PageUnknown.http_status:
            return answered(request, PageUnknown("There is nothing at this address.", "Start at /."))
        if error.status_code == MethodUnfit.http_status:
            fit = _allowed(app, request.url.path, (error.headers or {}).get("Allow", ""))
            return answered(request, method_not_allowed(request.method, fit), headers={"Allow": fit})
        refused = RequestMalformed("The request cannot be read.", "/api/openapi.json describes it.")
        return answered(request, refused, error.status_code, dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        log.error("unforeseen error", path=redacted(request.url.path), exc_info=error)
        return answered(
            request, PodcasterError("The service failed to answer this request.", "Try again; its log has the details.")
        )


def _allowed(app: FastAPI, path: str, found: str) -> str:
    """Every method of an address (RFC 9110 §10.2.1); the framework names those of the first matching route."""
    methods = {each.strip() for each in found.split(",")}
    for template, operations in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), path):
            methods |= {each.upper() for each in operations}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
