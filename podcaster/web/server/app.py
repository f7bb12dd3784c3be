"""The web service as one ASGI application: raw handlers for feeds and media, FastAPI for everything else."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.routing import Route

from podcaster.web.api.hooks import hook_routes
from podcaster.web.api.routes import editors
from podcaster.web.api.schemas.openapi import complete
from podcaster.web.assistants.bearer import PATH as MCP
from podcaster.web.assistants.endpoint import McpEndpoint
from podcaster.web.assistants.metadata import assistants_metadata
from podcaster.web.desk.pages import desk
from podcaster.web.feeds import feed_cache
from podcaster.web.feeds.feed_cache import FeedCache
from podcaster.web.feeds.flash_briefing import flash_briefings
from podcaster.web.http.asgi import Application, Receive, Scope, Send, method_not_allowed, refuse, respond
from podcaster.web.listeners.form_routes import listener_forms
from podcaster.web.listeners.linked_speakers import linked_speakers
from podcaster.web.listeners.privacy_page import privacy
from podcaster.web.listeners.private_files import PersonalFiles
from podcaster.web.listeners.routes import listeners
from podcaster.web.media import episode_files
from podcaster.web.media.episode_files import MediaFiles
from podcaster.web.server.error_pages import ErrorPages
from podcaster.web.server.error_responses import add_error_handlers
from podcaster.web.server.gate import Gate
from podcaster.web.server.limits import RateLimits
from podcaster.web.server.metrics import count_responses, response_counter
from podcaster.web.server.page_compression import PageCompression
from podcaster.web.server.readiness import Readiness
from podcaster.web.services import Services
from podcaster.web.site.assets import StaticFiles
from podcaster.web.site.brand import Brand, brand_files
from podcaster.web.site.embed import embedding
from podcaster.web.site.home import site
from podcaster.web.site.installation import installation
from podcaster.web.site.oembed import oembedding
from podcaster.web.site.styleguide import style_guide
from podcaster.web.site.templating import environment
from podcaster.web.speakers import alexa_endpoint
from podcaster.web.speakers.alexa_endpoint import AlexaEndpoint
from podcaster.web.statistics.download_recorder import DownloadRecorder

_METHODS = "GET, HEAD, OPTIONS"
_READS = frozenset({"GET", "HEAD"})
_ALLOW = (b"allow", _METHODS.encode())
_PREFLIGHT = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"range, if-none-match, if-modified-since, if-range"),
    (b"access-control-max-age", b"86400"),
    _ALLOW,
)


def create_app(services: Services, limits: RateLimits) -> Application:
    """The whole service. Its lifespan keeps the feeds fresh.

    Feeds and media are answered before everything else, with as few layers as possible: they are most of the requests.
    """
    feeds, files, personal = FeedCache(services), MediaFiles(services.blobs, services.library), PersonalFiles(services)
    alexa = AlexaEndpoint(services.speaker, services) if services.speaker else None
    recorder = DownloadRecorder(services.library, services.blobs, services.clock, counting=services.count_downloads)
    recorded_files, recorded_personal = recorder.recording(files), recorder.recording(personal)
    pages = _routes(services, limits, feeds=feeds, files=files, personal=personal, recorder=recorder)
    routes = Gate(PageCompression(pages), services, limits)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(episode_files.PREFIX):
            known = scope["method"] in _READS
            status = await recorded_files(scope, receive, send) if known else await _other_method(scope, send)
            response_counter("media", status).inc()
        elif path.startswith(feed_cache.PREFIX) or path == feed_cache.OPML:
            known = scope["method"] in _READS
            status = await feeds(scope, receive, send) if known else await _other_method(scope, send)
            response_counter("feed", status).inc()
        elif path == alexa_endpoint.PATH and alexa is not None:
            await alexa(scope, receive, count_responses(send, "speaker"))
        elif personal.knows(path):
            counting = count_responses(send, "personal")
            if scope["method"] in _READS:
                await recorded_personal(scope, receive, counting)
            else:
                await _other_method(scope, counting)
        else:
            await routes(scope, receive, count_responses(send, "api" if path.startswith("/api/") else "page"))

    return application


async def _other_method(scope: Scope, send: Send) -> int:
    """Answer a preflight, which every origin passes, and refuse changes to what can only be read."""
    if scope["method"] == "OPTIONS":
        return await respond(send, 204, _PREFLIGHT)
    return await refuse(scope, send, method_not_allowed(scope["method"], _METHODS), [_ALLOW, (b"connection", b"close")])


def _routes(
    services: Services,
    limits: RateLimits,
    *,
    feeds: FeedCache,
    files: MediaFiles,
    personal: PersonalFiles,
    recorder: DownloadRecorder,
) -> Application:
    assistants = McpEndpoint(services, limits.count_assistant, limits.count_wrong_key) if services.assistants else None

    app = FastAPI(
        title="podcaster",
        summary="Written reports as podcasts in several languages.",
        version="1",
        lifespan=_lifespan(feeds, recorder, assistants, files, personal),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,  # the address to redirect to would be made of the Host that the client sends
    )
    with_editors = _EditorsRoutes(app, services)
    _add(app, hook_routes(services.hooks))
    brand = Brand(services.brand)
    pages = environment(brand)
    _add(app, listeners(services, pages))
    _add(app, listener_forms(services, pages))
    _add(app, linked_speakers(services))
    _add(app, privacy(services, pages))
    if services.linking or services.assistants:
        from podcaster.web.speakers.oauth_routes import oauth  # noqa: PLC0415 # authlib; most services link no accounts

        _add(app, oauth(services, pages, services.linking))
    if assistants is not None:
        _add(app, assistants_metadata(services))
        app.router.routes.append(Route(MCP, assistants, methods=["POST"]))
    _add(app, site(services, pages))
    _add(app, brand_files(brand))
    _add(app, installation(services, pages, brand))
    _add(app, embedding(services, pages))
    _add(app, oembedding(services))
    if services.development:
        _add(app, style_guide(services, pages))
    _add(app, flash_briefings(services))
    _add(app, desk(services, pages, limits.count_wrong_key))
    app.mount("/static", StaticFiles())
    _add_health(app, services)
    complete(app, with_editors.add)
    add_error_handlers(app, ErrorPages(services, pages))
    services.instrument(app)
    return with_editors


class _EditorsRoutes:
    """ASGI middleware: adds the routes below /api/ at the first request for one, which takes longer than all others together.

    A worker whose requests are listeners' never needs them.
    """

    def __init__(self, app: FastAPI, services: Services) -> None:
        self._app, self._services = app, services
        self._place = len(app.router.routes)
        self._lock = threading.Lock()
        self._added = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._added and scope["type"] == "http" and scope["path"].startswith("/api/"):
            await asyncio.to_thread(self.add)
        await self._app(scope, receive, send)

    def add(self) -> None:
        """Add the routes in front of those of pages, once."""
        with self._lock:
            if not self._added:
                self._app.router.routes[self._place : self._place] = editors(self._services).routes
                self._added = True


def _add(app: FastAPI, router: APIRouter) -> None:
    """Add a router's routes as they are; `include_router` would analyse each a second time, at the first request."""
    app.router.routes.extend(router.routes)


def _lifespan(
    feeds: FeedCache,
    recorder: DownloadRecorder,
    assistants: McpEndpoint | None,
    files: MediaFiles,
    personal: PersonalFiles,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(feeds.refresh)
        fresh = asyncio.create_task(feeds.keep_fresh())
        recorder.open()
        try:
            yield
        finally:
            fresh.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fresh
            if assistants is not None:
                await assistants.close()
            await asyncio.to_thread(recorder.close)
            files.close()
            personal.close()

    return lifespan


def _add_health(app: FastAPI, services: Services) -> None:
    fresh = {"Cache-Control": "no-store"}

    @app.get("/healthz", include_in_schema=False)
    async def alive(response: Response) -> dict[str, str]:
        response.headers.update(fresh)
        return {"status": "alive"}

    readiness = Readiness({"database": services.library.generation, "storage": lambda: services.blobs.size("ready")})

    @app.get("/readyz", include_in_schema=False)
    async def ready(response: Response) -> dict[str, object]:
        answers = await readiness.check()
        response.headers.update(fresh)
        return {"status": "ready", "generation": answers["database"]}

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(services.figures(), media_type=CONTENT_TYPE_LATEST, headers=fresh)
