"""`POST /alexa`: requests of smart speakers, handed on whole; whoever is refused is not told why. Raw ASGI."""

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
"""Threads."""
_JSON = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
_REFUSED = RequestMalformed("The request is refused.", "Ask your speaker.")
log = structlog.get_logger()


class SpeakerDoor:
    """Answers what the speaker's verification lets through, and everything else with the same 400; all of it in time.

    Its threads are its own: a library or a chain that keeps them waiting keeps nobody else waiting.
    """

    def __init__(self, speaker: Speaker, services: Services) -> None:
        self._speaker = speaker
        self._body_seconds = services.body_seconds
        self._seconds = services.speaker_seconds
        self._fetching = ThreadPoolExecutor(_FETCHING, thread_name_prefix="chains")
        self._answering = ThreadPoolExecutor(_ANSWERING, thread_name_prefix="speaker")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
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
        if self._speaker.at_hand(headers):
            # A tenth of a millisecond, which is less than a thread takes to begin.
            self._speaker.verify(headers, body)
        else:
            try:
                async with asyncio.timeout_at(until):
                    await loop.run_in_executor(self._fetching, self._speaker.verify, headers, body)
            except TimeoutError:
                raise SignatureWrong("The chain did not come in time.", "It is there for a later request.") from None
        try:
            async with asyncio.timeout_at(until):
                return await loop.run_in_executor(self._answering, self._speaker.answer, body)
        except TimeoutError:
            log.warning("a speaker's answer was not there in time", seconds=self._seconds)
            return self._speaker.late(body)
