"""ASGI application of /mcp: sign-in and origin before the SDK, which is imported with the first request."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from podcaster.errors import AccessRefused, AskedTooOften, KeyWrong, PodcasterError
from podcaster.web.assistants.assistant_tools import AssistantTools
from podcaster.web.assistants.bearer import access_token, challenge
from podcaster.web.http.asgi import Message, Receive, Scope, Send, header, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from podcaster.web.services import Services

_PERSONAL = frozenset({"my_briefing"})


class McpEndpoint:
    """Answers one POST each; no sessions are kept, so that any web process can answer any request."""

    def __init__(
        self, services: Services, count: Callable[[Scope, str], None], count_wrong_key: Callable[[Scope], None]
    ) -> None:
        """Count requests: by access token, or by network where it is empty; and wrong tokens by network.

        Both raise AskedTooOften after too many.
        """
        self._services = services
        self._count = count
        self._count_wrong_key = count_wrong_key
        self._tools = AssistantTools(services)
        self._lock = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._runs: asyncio.Task[None] | None = None
        self._leave = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        services = self._services
        origin = header(scope, b"origin")
        if origin and origin != services.base_url:
            await refuse(scope, send, AccessRefused("Another site sent this request.", "Ask from a program."))
            return
        message = await receive()
        token = access_token(scope)
        known = bool(token) and await asyncio.to_thread(self._tools.listener, token) is not None
        if (token and not known) or (not known and _is_personal(message.get("body", b""))):
            await self._refuse(scope, send, wrong=bool(token))
            return
        try:
            self._count(scope, token)
        except AskedTooOften as refusal:
            await refuse(scope, send, refusal)
            return
        manager = await self._ready()
        await manager.handle_request(scope, _replayed(message, receive), send)

    async def close(self) -> None:
        """End what a first request began."""
        self._leave.set()
        if self._runs is not None:
            await asyncio.wait({self._runs})

    async def _refuse(self, scope: Scope, send: Send, *, wrong: bool) -> None:
        headers = []
        try:
            if wrong:
                self._count_wrong_key(scope)
            error: PodcasterError = KeyWrong("Nobody is signed in.", "Link your account, and ask again.")
            headers = [(b"www-authenticate", challenge(self._services.base_url, wrong=wrong))]
        except AskedTooOften as refusal:
            error = refusal
        await refuse(scope, send, error, headers)

    async def _ready(self) -> StreamableHTTPSessionManager:
        async with self._lock:
            if self._manager is None or self._runs is None or self._runs.done():
                self._manager = None
                manager = await asyncio.to_thread(self._imported)
                ready = asyncio.Event()
                self._runs = asyncio.create_task(self._run(manager, ready))
                waits = asyncio.create_task(ready.wait())
                await asyncio.wait({self._runs, waits}, return_when=asyncio.FIRST_COMPLETED)
                waits.cancel()
                if not ready.is_set():
                    await self._runs  # raises what it failed of
                self._manager = manager
            return self._manager

    def _imported(self) -> StreamableHTTPSessionManager:
        from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415 # 28 MB

        from podcaster.web.assistants.tools import mcp_server  # noqa: PLC0415 # the same

        services = self._services
        server = mcp_server(self._tools, services.show(services.languages[0]).title)
        # This class has checked the origin, which every page sends, one of a rebound host name too.
        trusted = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(json_response=True, stateless_http=True, transport_security=trusted)
        return server.session_manager

    async def _run(self, manager: StreamableHTTPSessionManager, ready: asyncio.Event) -> None:
        """Keep the manager's tasks in one of ours: it must be left by the task that entered it."""
        async with manager.run():
            ready.set()
            await self._leave.wait()


def _is_personal(body: bytes) -> bool:
    """Whether a message calls a tool that is for a signed-in listener."""
    message: Any = None
    with suppress(ValueError, RecursionError):
        message = json.loads(body)
    parameters = message.get("params") if isinstance(message, dict) and message.get("method") == "tools/call" else None
    return isinstance(parameters, dict) and parameters.get("name") in _PERSONAL


def _replayed(message: Message, receive: Receive) -> Receive:
    """A `receive` that gives a message again, then what the client does next."""
    messages = [message]

    async def replayed() -> Message:
        return messages.pop() if messages else await receive()

    return replayed
