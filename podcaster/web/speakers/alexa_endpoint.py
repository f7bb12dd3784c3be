"""`POST /alexa`: verifies and answers requests of smart speakers. Raw ASGI."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import structlog

from podcaster.errors import PodcasterError, RequestMalformed, SignatureWrong
from podcaster.web.http.asgi import Receive, Scope, Send, method_not_allowed, refuse, respond
from podcaster.web.http.body import read_body
from podcaster.web.services import Services, Speaker

PATH = "/alexa"
_LONGEST_BYTES = 128 * 1024
_FETCHING, _ANSWERING = 4, 8
"""Threads for each."""
_JSON = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
_REFUSED = RequestMalformed("The request is refused.", "Only Alexa may call this URL.")
log = structlog.get_logger()


class AlexaEndpoint:
    """ASGI handler of the skill: answers in time, and refuses every unverified request with the same 400.

    It has its own thread pools, so that a slow database or certificate fetch delays no other request.
    """

    def __init__(self, speaker: Speaker, services: Services) -> None:
        self._speaker = speaker
        self._body_seconds = services.body_seconds
        self._seconds = services.speaker_seconds
        self._fetching = ThreadPoolExecutor(_FETCHING, thread_name_prefix="chains")
        self._answering = ThreadPoolExecutor(_ANSWERING, thread_name_prefix="speaker")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["method"] != "POST":
            await refuse(scope, send, method_not_allowed(scope["method"], "POST"), [(b"allow", b"POST")])
            return
        try:
            body = await read_body(scope, receive, longest=_LONGEST_BYTES, seconds=self._body_seconds)
            if body is None:
                return
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            answer = await self._answer(headers, body)
        except PodcasterError as error:
            log.warning("a speaker's request was refused", why=error.what, code=error.code)
            await refuse(scope, send, _REFUSED, [(b"connection", b"close")])
            return
        await respond(send, 200, _JSON, answer)

    async def _answer(self, headers: Mapping[str, str], body: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._seconds
        if self._speaker.verifies_offline(headers):
            # Takes a tenth of a millisecond, less than handing it to a thread.
            self._speaker.verify(headers, body)
        else:
            try:
                async with asyncio.timeout_at(until):
                    await loop.run_in_executor(self._fetching, self._speaker.verify, headers, body)
            except TimeoutError:
                raise SignatureWrong(
                    "The certificate chain was not fetched in time.", "A later request will find it cached."
                ) from None
        try:
            async with asyncio.timeout_at(until):
                return await loop.run_in_executor(self._answering, self._speaker.answer, body)
        except TimeoutError:
            log.warning("the skill's answer took too long", seconds=self._seconds)
            return self._speaker.timeout_answer(body)
