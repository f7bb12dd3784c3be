"""The web service as one ASGI application: raw handlers for feeds and media in front, FastAPI for the rest."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from podcaster.errors import BlobMissing, PageUnknown, PodcasterError, RequestMalformed
from podcaster.web import media, shelf
from podcaster.web.asgi import Application, Receive, Scope, Send, problem, respond
from podcaster.web.editors import editors
from podcaster.web.gate import Gate
from podcaster.web.media import MediaFiles
from podcaster.web.services import Services
from podcaster.web.shelf import FeedShelf
from podcaster.web.site import site, static_files

log = structlog.get_logger()
_PREFLIGHT = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"range, if-none-match, if-range"),
    (b"access-control-max-age", b"86400"),
)


def create_app(services: Services) -> Application:
    """The whole service. Its lifespan keeps the feeds fresh."""
    feeds, files = FeedShelf(services), MediaFiles(services.blobs)
    routes = Gate(_routes(services, feeds, files), services)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(media.PREFIX):
            await _public(files, scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(shelf.PREFIX):
            await _public(feeds, scope, receive, send)
        else:
            await routes(scope, receive, send)

    return application


async def _public(handler: Application, scope: Scope, receive: Receive, send: Send) -> None:
    """Feeds and files: to be read, from everywhere."""
    if scope["method"] in {"GET", "HEAD"}:
        await handler(scope, receive, send)
    elif scope["method"] == "OPTIONS":
        await respond(send, 204, [*_PREFLIGHT, (b"allow", b"GET, HEAD, OPTIONS")])
    else:
        await respond(send, 405, [(b"allow", b"GET, HEAD, OPTIONS")])


def _routes(services: Services, feeds: FeedShelf, files: MediaFiles) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(feeds.refresh)
        fresh = asyncio.create_task(feeds.keep_fresh())
        try:
            yield
        finally:
            fresh.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fresh
            files.close()

    app = FastAPI(
        title="podcaster",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.include_router(editors(services))
    app.include_router(site(services))
    app.mount("/static", static_files())
    _add_health(app, services)
    _add_errors(app)
    return app


def _add_health(app: FastAPI, services: Services) -> None:
    @app.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.api_route("/readyz", methods=["GET", "HEAD"], include_in_schema=False)
    def ready() -> dict[str, object]:
        services.blobs.size("ready")
        return {"status": "ready", "generation": services.library.generation()}

    @app.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _add_errors(app: FastAPI) -> None:
    """One handler for every error: problem documents (RFC 9457), and no input echoed."""

    @app.exception_handler(PodcasterError)
    async def ours(_: Request, error: PodcasterError) -> Response:
        return _problem(error)

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(ValidationError)
    async def malformed(_: Request, error: RequestValidationError | ValidationError) -> Response:
        faults = [(".".join(str(part) for part in each["loc"]), str(each["msg"])) for each in error.errors()]
        said = "; ".join(f"{place}: {message}" if place else message for place, message in faults)
        return _problem(
            RequestMalformed(f"The request is not understood: {said}.", "/api/openapi.json describes it."), 422
        )

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        if error.status_code == PageUnknown.http_status:
            return _problem(PageUnknown("There is nothing at this address.", "Start at /."))
        refused = RequestMalformed(f"{request.method} is not possible here.", "/api/openapi.json lists what is.")
        return _problem(refused, error.status_code, dict(error.headers or {}))

    @app.exception_handler(BlobMissing)
    async def lost(_: Request, error: BlobMissing) -> Response:
        return _problem(error)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        log.error("unforeseen error", path=request.url.path, exc_info=error)
        return _problem(PodcasterError("The service failed at this request.", "Try again; its log has the details."))


def _problem(error: PodcasterError, status: int | None = None, headers: dict[str, str] | None = None) -> Response:
    document = problem(error) | {"status": status or error.http_status}
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return Response(
        body,
        status_code=status or error.http_status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
