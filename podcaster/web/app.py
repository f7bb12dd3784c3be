"""The web service as one ASGI application: raw handlers for feeds and media in front, FastAPI for the rest."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from podcaster.web import media, shelf, speaker
from podcaster.web.asgi import Application, Receive, Scope, Send, refuse, respond, unfit
from podcaster.web.audience import Audience
from podcaster.web.briefings import briefings
from podcaster.web.desk import desk
from podcaster.web.editors import editors
from podcaster.web.embedding import embedding
from podcaster.web.error_pages import ErrorPages
from podcaster.web.failures import answer_errors
from podcaster.web.figures import counted
from podcaster.web.gate import Gate
from podcaster.web.heads import Fields
from podcaster.web.hooks import pushes
from podcaster.web.linked_speakers import linked_speakers
from podcaster.web.listener_forms import listener_forms
from podcaster.web.listeners import listeners
from podcaster.web.media import MediaFiles
from podcaster.web.openapi import complete
from podcaster.web.pages import environment
from podcaster.web.personal import PersonalFiles
from podcaster.web.privacy import privacy
from podcaster.web.prompt import PromptApplication, ReadyAnswer
from podcaster.web.services import Services
from podcaster.web.shelf import FeedShelf
from podcaster.web.site import site
from podcaster.web.speaker import SpeakerDoor
from podcaster.web.static import StaticFiles

_MEDIA = media.PREFIX.encode()
_METHODS = "GET, HEAD, OPTIONS"
_ALLOW = (b"allow", _METHODS.encode())
_PREFLIGHT = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"range, if-none-match, if-modified-since, if-range"),
    (b"access-control-max-age", b"86400"),
    _ALLOW,
)


def create_app(services: Services) -> PromptApplication:
    """The whole service. Its lifespan keeps the feeds fresh."""
    feeds, files, personal = FeedShelf(services), MediaFiles(services.blobs), PersonalFiles(services)
    door = SpeakerDoor(services.speaker, services) if services.speaker else None
    audience = Audience(services.library, services.blobs, services.clock, counting=services.count_downloads)
    heard_files, heard_personal = audience.hearing(files), audience.hearing(personal)
    routes = Gate(_routes(services, feeds, files, personal, audience), services)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"] if scope["type"] == "http" else ""
        if path.startswith(media.PREFIX):
            await _public(heard_files, scope, receive, counted(send, "media"))
        elif path.startswith(shelf.PREFIX) or path == shelf.OPML:
            await _public(feeds, scope, receive, counted(send, "feed"))
        elif path == speaker.PATH and door is not None:
            await door(scope, receive, counted(send, "speaker"))
        elif personal.knows(path):
            await _public(heard_personal, scope, receive, counted(send, "personal"))
        else:
            await routes(scope, receive, counted(send, "api" if path.startswith("/api/") else "page"))

    def prompt(method: bytes, target: bytes, fields: Fields, host: str) -> ReadyAnswer | None:
        if not target.startswith(_MEDIA):
            return feeds.prompt(method, target, fields)
        # Whom a proxy speaks for is found out on the longer way.
        part = None if b"x-forwarded-for" in fields else files.prompt(method, target, fields)
        if part is not None:
            audience.heard_part(target, host, fields.get(b"user-agent", b""), part)
        return part

    return PromptApplication(application, prompt)


async def _public(handler: Application, scope: Scope, receive: Receive, send: Send) -> None:
    """Feeds and files: to be read, from everywhere."""
    if scope["method"] in {"GET", "HEAD"}:
        await handler(scope, receive, send)
    elif scope["method"] == "OPTIONS":
        await respond(send, 204, _PREFLIGHT)
    else:
        await refuse(scope, send, unfit(scope["method"], _METHODS), [_ALLOW, (b"connection", b"close")])


def _routes(
    services: Services, feeds: FeedShelf, files: MediaFiles, personal: PersonalFiles, audience: Audience
) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(feeds.refresh)
        fresh = asyncio.create_task(feeds.keep_fresh())
        audience.open()
        try:
            yield
        finally:
            fresh.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fresh
            await asyncio.to_thread(audience.close)
            files.close()
            personal.close()

    app = FastAPI(
        title="podcaster",
        summary="Written reports as podcasts in several languages.",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        redirect_slashes=False,  # the address to redirect to would be made of the Host that the client sends
    )
    app.include_router(editors(services))
    app.include_router(pushes(services.hooks))
    pages = environment()
    app.include_router(listeners(services, pages))
    app.include_router(listener_forms(services, pages))
    app.include_router(linked_speakers(services))
    app.include_router(privacy(services, pages))
    if services.linking:
        from podcaster.web.oauth import oauth  # noqa: PLC0415 # authlib; most services link no accounts

        app.include_router(oauth(services, pages, services.linking))
    app.include_router(site(services, pages))
    app.include_router(embedding(services, pages))
    app.include_router(briefings(services))
    app.include_router(desk(services, pages))
    app.mount("/static", StaticFiles())
    _add_health(app, services)
    complete(app)
    answer_errors(app, ErrorPages(services, pages))
    return app


def _add_health(app: FastAPI, services: Services) -> None:
    fresh = {"Cache-Control": "no-store"}

    @app.get("/healthz", include_in_schema=False)
    async def alive(response: Response) -> dict[str, str]:
        response.headers.update(fresh)
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    def ready(response: Response) -> dict[str, object]:
        services.blobs.size("ready")
        response.headers.update(fresh)
        return {"status": "ready", "generation": services.library.generation()}

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=fresh)
