"""The skill: requests taken apart, given to what answers them, and put together again, by ask-sdk-core."""

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
from podcaster.alexa.repetition import Repetition
from podcaster.alexa.turn import Station, Turn, locale_of
from podcaster.alexa.verification import Verification
from podcaster.alexa.words import words_for

_NOTHING = b'{"version":"1.0","response":{}}'
_REHEARSED: tuple[dict[str, object], ...] = (
    {"type": "LaunchRequest"},
    {"type": "IntentRequest", "intent": {"name": "WhatsNewIntent"}},
    {"type": "PlaybackController.PlayCommandIssued"},
)
"""None of them writes."""
log = structlog.get_logger()


class Skill:
    """Fills `web.services.Speaker` for Alexa."""

    def __init__(self, station: Station, verification: Verification, repetition: Repetition) -> None:
        builder = SkillBuilder()
        for handler in (_Conversation(station), _Playback(station), _Rest()):
            builder.add_request_handler(handler)
        builder.add_exception_handler(_Mishap(station))
        self._skill = builder.create()
        self._verification = verification
        self._repetition = repetition
        self._serializer = DefaultSerializer()

    def at_hand(self, headers: Mapping[str, str]) -> bool:
        """Whether the chain of a request's signature is known, or none has to be looked for."""
        return self._verification.at_hand(headers)

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Pass one request.

        Raises:
            SignatureWrong: Alexa did not send it.
        """
        self._verification.verify(headers, body)

    def answer(self, body: bytes) -> bytes:
        """What a request that was verified gets.

        Raises:
            SignatureWrong: it came before.
        """
        self._repetition.refuse(body)
        return self._answer(body)

    def late(self, body: bytes) -> bytes:
        """What people hear when their answer is not there in time; players get nothing, as when something fails."""
        request = json.loads(body)["request"]
        if request.get("type") not in {"LaunchRequest", "IntentRequest"}:
            return _NOTHING
        said = PlainTextOutputSpeech(text=words_for(locale_of(request.get("locale"))).speech["failed"])
        answer = ResponseEnvelope(version="1.0", response=Response(output_speech=said, should_end_session=True))
        return json.dumps(self._serializer.serialize(answer), ensure_ascii=False).encode()

    def rehearse(self, locale: str) -> None:
        """Answer a listener who does not exist, so that everything is loaded before one who does has to wait for it."""
        envelope: dict[str, object] = {"version": "1.0", "context": {"System": {"user": {"userId": "a rehearsal"}}}}
        for request in _REHEARSED:
            said = {"requestId": "1", "timestamp": "2026-01-01T00:00:00Z", "locale": locale, **request}
            self._answer(json.dumps({**envelope, "request": said}).encode())

    def _answer(self, body: bytes) -> bytes:
        try:
            envelope = self._serializer.deserialize(body.decode(), RequestEnvelope)
        except (SerializationException, AttributeError, TypeError, ValueError) as error:
            # Signed, yet of a kind that is newer than our SDK: there is nothing that could be said to it.
            log.warning("a request of Alexa's is not understood", error=type(error).__name__)
            return _NOTHING
        if envelope is None or envelope.request is None or envelope.context is None:
            return _NOTHING
        answer = self._serializer.serialize(self._skill.invoke(envelope, None))
        return json.dumps(answer, ensure_ascii=False).encode()


class _Conversation(AbstractRequestHandler):
    """Launches and intents."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return isinstance(handler_input.request_envelope.request, LaunchRequest | IntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        turn = Turn(handler_input, self._station)
        if isinstance(turn.request, LaunchRequest):
            return launch(turn)
        return INTENTS.get(turn.request.intent.name, INTENTS["AMAZON.FallbackIntent"])(turn)


class _Playback(AbstractRequestHandler):
    """The player's events and buttons."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return getattr(handler_input.request_envelope.request, "object_type", "") in EVENTS

    def handle(self, handler_input: HandlerInput) -> Response:
        turn = Turn(handler_input, self._station)
        return EVENTS[turn.request.object_type](turn)


class _Rest(AbstractRequestHandler):
    """The end of a session, and whatever else wants no answer."""

    def can_handle(self, handler_input: HandlerInput) -> bool:  # noqa: ARG002 # the SDK's signature
        return True

    def handle(self, handler_input: HandlerInput) -> Response:  # noqa: ARG002 # the SDK's signature
        return Response()


class _Mishap(AbstractExceptionHandler):
    """What nobody thought of, and a library that is away: said politely to people, and not at all to players."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:  # noqa: ARG002 # the SDK's signature
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        log.error("the skill failed at a request", exc_info=exception)
        turn = Turn(handler_input, self._station)
        spoken = isinstance(turn.request, LaunchRequest | IntentRequest)
        return turn.say("failed") if spoken else Response()
