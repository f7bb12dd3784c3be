"""`POST /alexa`: requests of smart speakers, handed on whole; whoever is refused is not told why. Raw ASGI."""

import asyncio

import structlog

from podcaster.errors import PodcasterError, RequestMalformed
from podcaster.web.asgi import Receive, Scope, Send, refuse, respond, unfit
from podcaster.web.gate import whole_body
from podcaster.web.services import Services, Speaker

PATH = "/alexa"
_LONGEST_BYTES = 128 * 1024
_JSON = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
_REFUSED = RequestMalformed("The request is refused.", "Ask your speaker.")
log = structlog.get_logger()


class SpeakerDoor:
    """Answers what the speaker's verification lets through, and everything else with the same 400."""

    def __init__(self, speaker: Speaker, services: Services) -> None:
        self._speaker = speaker
        self._seconds = services.body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["method"] != "POST":
            await refuse(scope, send, unfit(scope["method"], "POST"), [(b"allow", b"POST")])
            return
        try:
            body = await whole_body(scope, receive, longest=_LONGEST_BYTES, seconds=self._seconds)
            if body is None:
                return
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            answer = await asyncio.to_thread(self._speaker, headers, body)
        except PodcasterError as error:
            log.warning("a speaker's request was refused", why=error.what, code=error.code)
            await refuse(scope, send, _REFUSED, [(b"connection", b"close")])
            return
        await respond(send, 200, _JSON, answer)
