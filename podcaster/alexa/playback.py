"""Handlers for AudioPlayer events and PlaybackController buttons. Responses may hold directives, but no speech."""

from collections.abc import Callable, Mapping
from typing import Final

import structlog
from ask_sdk_model import Directive, Response
from ask_sdk_model.interfaces.audioplayer import PlayBehavior, StopDirective

from podcaster.alexa.conversation import navigate, stay
from podcaster.alexa.playlist import PlaylistPosition
from podcaster.alexa.turn import Turn

_FAILURES_IN_A_ROW = 3
log = structlog.get_logger()


def started(turn: Turn) -> Response:
    """Save the position at the start of a stream."""
    turn.save_position(turn.request.token, turn.request.offset_in_milliseconds)
    return Response()


def stopped(turn: Turn) -> Response:
    """Save the position when the listener pauses or interrupts. The response must be empty."""
    turn.save_position(turn.request.token, turn.request.offset_in_milliseconds)
    return Response()


def nearly_finished(turn: Turn) -> Response:
    """Enqueue the next episode."""
    position = _continuing_position(turn)
    episode = position.following(position.episodes_around(turn.services.reports)) if position else None
    if position is None or episode is None:
        return Response()
    directive = turn.play(position.playlist, episode, behavior=PlayBehavior.ENQUEUE, previous_token=turn.request.token)
    return _directives(directive)


def finished(turn: Turn) -> Response:
    """Save the start of the next episode as the position, for a resume on another device."""
    position = _continuing_position(turn)
    episode = position.following(position.episodes_around(turn.services.reports)) if position else None
    if position is not None and episode is not None:
        turn.save_position(PlaylistPosition.of(position.playlist, episode).token, 0)
    return Response()


def failed(turn: Turn) -> Response:
    """Log the failure and play the next episode; give up after three failures in a row."""
    error = turn.request.error
    position = turn.position_of(turn.request.token)
    log.warning(
        "a speaker failed to play an episode",
        article=position.article if position else "",
        kind=str(error.object_type) if error else "",
    )
    if position is None or position.failures + 1 >= _FAILURES_IN_A_ROW:
        return Response()
    episode = position.following(position.episodes_around(turn.services.reports))
    if episode is None:
        return Response()
    # An episode fetched ahead may fail while the one before it still plays; that one plays to its end.
    playing = turn.request.current_playback_state
    ahead = bool(playing and playing.token and playing.token != turn.request.token)
    behavior = PlayBehavior.REPLACE_ENQUEUED if ahead else PlayBehavior.REPLACE_ALL
    return _directives(turn.play(position.playlist, episode, behavior=behavior, failures=position.failures + 1))


EVENTS: Final[Mapping[str, Callable[[Turn], Response]]] = {
    "AudioPlayer.PlaybackStarted": started,
    "AudioPlayer.PlaybackStopped": stopped,
    "AudioPlayer.PlaybackNearlyFinished": nearly_finished,
    "AudioPlayer.PlaybackFinished": finished,
    "AudioPlayer.PlaybackFailed": failed,
    "PlaybackController.NextCommandIssued": lambda turn: _directives(navigate(turn, PlaylistPosition.following)),
    "PlaybackController.PreviousCommandIssued": lambda turn: _directives(navigate(turn, PlaylistPosition.preceding)),
    "PlaybackController.PlayCommandIssued": lambda turn: _directives(navigate(turn, stay, resuming=True)),
    "PlaybackController.PauseCommandIssued": lambda _: _directives(StopDirective()),
}
"""Handlers by request type."""


def _continuing_position(turn: Turn) -> PlaylistPosition | None:
    """The position of the event's token if more follows it; None after a personal briefing."""
    position = turn.position_of(turn.request.token)
    return None if position is None or position.is_personal_briefing else position


def _directives(*directives: Directive | None) -> Response:
    return Response(directives=[each for each in directives if each is not None] or None)
