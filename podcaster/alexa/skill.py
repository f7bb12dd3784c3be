"""The skill: parses requests, dispatches them through ask-sdk-core and serialises the responses."""

import json
from collections.abc import Mapping

import structlog
from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import IntentRequest, LaunchRequest, RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.ui import PlainTextOutputSpeech

from podcaster.alexa.conversation import INTENTS, launch
from podcaster.alexa.playback import EVENTS
from podcaster.alexa.replay_protection import ReplayProtection
from podcaster.alexa.turn import SkillServices, Turn, locale_of
from podcaster.alexa.verification import Verification
from podcaster.alexa.words import words_for

_NOTHING = b'{"version":"1.0","response":{}}'
_WARM_UP_REQUESTS: tuple[dict[str, object], ...] = (
    {"type": "LaunchRequest"},
    {"type": "IntentRequest", "intent": {"name": "WhatsNewIntent"}},
    {"type": "PlaybackController.PlayCommandIssued"},
)
"""Requests that write nothing."""
log = structlog.get_logger()


class Skill:
    """The Alexa implementation of `web.services.Speaker`."""

    def __init__(
        self, services: SkillServices, verification: Verification, replay_protection: ReplayProtection
    ) -> None:
        builder = SkillBuilder()
        for handler in (_Conversation(services), _Playback(services), _Ignored()):
            builder.add_request_handler(handler)
        builder.add_exception_handler(_UnexpectedError(services))
        self._skill = builder.create()
        self._verification = verification
        self._repetition = replay_protection
        self._serializer = DefaultSerializer()

    def verifies_offline(self, headers: Mapping[str, str]) -> bool:
        """Whether `verify` needs no fetch: the certificate chain is cached, or its URL is refused anyway."""
        return self._verification.verifies_offline(headers)

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Verify a request's signature and envelope.

        Raises:
            SignatureWrong: The request is not a valid one from Alexa.
        """
        self._verification.verify(headers, body)

    def answer(self, body: bytes) -> bytes:
        """Answer a verified request.

        Raises:
            SignatureWrong: The request is a replay.
        """
        self._repetition.reject_replay(body)
        return self._answer(body)

    def timeout_answer(self, body: bytes) -> bytes:
        """The response when an answer takes too long: an apology for people, an empty response for players."""
        request = json.loads(body)["request"]
        if request.get("type") not in {"LaunchRequest", "IntentRequest"}:
            return _NOTHING
        said = PlainTextOutputSpeech(text=words_for(locale_of(request.get("locale"))).speech["failed"])
        answer = ResponseEnvelope(version="1.0", response=Response(output_speech=said, should_end_session=True))
        return json.dumps(self._serializer.serialize(answer), ensure_ascii=False).encode()

    def warm_up(self, locale: str) -> None:
        """Warm the caches with requests for an unknown listener."""
        envelope: dict[str, object] = {"version": "1.0", "context": {"System": {"user": {"userId": "warm-up"}}}}
        for request in _WARM_UP_REQUESTS:
            said = {"requestId": "1", "timestamp": "2026-01-01T00:00:00Z", "locale": locale, **request}
            self._answer(json.dumps({**envelope, "request": said}).encode())

    def _answer(self, body: bytes) -> bytes:
        try:
            envelope = self._serializer.deserialize(body.decode(), RequestEnvelope)
        except (SerializationException, AttributeError, TypeError, ValueError) as error:
            # Signed, but of a type newer than the SDK: an empty response is the only valid one.
            log.warning("unknown type of request from Alexa", error=type(error).__name__)
            return _NOTHING
        if envelope is None or envelope.request is None or envelope.context is None:
            return _NOTHING
        answer = self._serializer.serialize(self._skill.invoke(envelope, None))
        return json.dumps(answer, ensure_ascii=False).encode()


class _Conversation(AbstractRequestHandler):
    """Handles launches and intents."""

    def __init__(self, services: SkillServices) -> None:
        self._station = services

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return isinstance(handler_input.request_envelope.request, LaunchRequest | IntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        turn = Turn(handler_input, self._station)
        if isinstance(turn.request, LaunchRequest):
            return launch(turn)
        return INTENTS.get(turn.request.intent.name, INTENTS["AMAZON.FallbackIntent"])(turn)


class _Playback(AbstractRequestHandler):
    """Handles the player's events and buttons."""

    def __init__(self, services: SkillServices) -> None:
        self._station = services

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return getattr(handler_input.request_envelope.request, "object_type", "") in EVENTS

    def handle(self, handler_input: HandlerInput) -> Response:
        turn = Turn(handler_input, self._station)
        return EVENTS[turn.request.object_type](turn)


class _Ignored(AbstractRequestHandler):
    """Handles SessionEndedRequest and other requests that need no answer."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 # the SDK's signature
        return True

    def handle(self, handler_input: HandlerInput) -> Response:  # noqa: ARG002 # the SDK's signature
        return Response()


class _UnexpectedError(AbstractExceptionHandler):
    """Handles unexpected errors: an apology for people, an empty response for players."""

    def __init__(self, services: SkillServices) -> None:
        self._station = services

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002 # the SDK's signature
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        log.error("unhandled error in the skill", exc_info=exception)
        turn = Turn(handler_input, self._station)
        spoken = isinstance(turn.request, LaunchRequest | IntentRequest)
        return turn.say("failed") if spoken else Response()
