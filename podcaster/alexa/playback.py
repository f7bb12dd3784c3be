"""What the player tells, and its buttons. Answers to these hold directives alone: nothing may be said."""

from collections.abc import Callable, Mapping
from typing import Final

import structlog
from ask_sdk_model import Directive, Response
from ask_sdk_model.interfaces.audioplayer import PlayBehavior, StopDirective

from podcaster.alexa.conversation import moved, staying
from podcaster.alexa.programme import Place
from podcaster.alexa.turn import Turn

_FAILURES_IN_A_ROW = 3
log = structlog.get_logger()


def started(turn: Turn) -> Response:
    """It is heard."""
    turn.keep(turn.request.token, turn.request.offset_in_milliseconds)
    return Response()


def stopped(turn: Turn) -> Response:
    """Paused, or spoken over: they will want to go on here. Nothing may be answered."""
    turn.keep(turn.request.token, turn.request.offset_in_milliseconds)
    return Response()


def nearly_finished(turn: Turn) -> Response:
    """The device wants to fetch what comes next."""
    place = _going_on(turn)
    episode = place.following(place.surroundings(turn.station.reports)) if place else None
    if place is None or episode is None:
        return Response()
    directive = turn.play(place.programme, episode, behavior=PlayBehavior.ENQUEUE, behind=turn.request.token)
    return _directives(directive)


def finished(turn: Turn) -> Response:
    """Whoever resumes now, elsewhere, hears the next one."""
    place = _going_on(turn)
    episode = place.following(place.surroundings(turn.station.reports)) if place else None
    if place is not None and episode is not None:
        turn.keep(Place.of(place.programme, episode).token, 0)
    return Response()


def failed(turn: Turn) -> Response:
    """Skip it, note it, go on; after three in a row the fault is not in the stream."""
    error = turn.request.error
    place = turn.place_of(turn.request.token)
    log.warning(
        "a speaker could not play an episode",
        article=place.article if place else "",
        kind=str(error.object_type) if error else "",
    )
    if place is None or place.failures + 1 >= _FAILURES_IN_A_ROW:
        return Response()
    episode = place.following(place.surroundings(turn.station.reports))
    if episode is None:
        return Response()
    # One that was fetched ahead may fail while the one before it still plays, which is to be heard to its end.
    playing = turn.request.current_playback_state
    ahead = bool(playing and playing.token and playing.token != turn.request.token)
    behavior = PlayBehavior.REPLACE_ENQUEUED if ahead else PlayBehavior.REPLACE_ALL
    return _directives(turn.play(place.programme, episode, behavior=behavior, failures=place.failures + 1))


EVENTS: Final[Mapping[str, Callable[[Turn], Response]]] = {
    "AudioPlayer.PlaybackStarted": started,
    "AudioPlayer.PlaybackStopped": stopped,
    "AudioPlayer.PlaybackNearlyFinished": nearly_finished,
    "AudioPlayer.PlaybackFinished": finished,
    "AudioPlayer.PlaybackFailed": failed,
    "PlaybackController.NextCommandIssued": lambda turn: _directives(moved(turn, Place.following)),
    "PlaybackController.PreviousCommandIssued": lambda turn: _directives(moved(turn, Place.preceding)),
    "PlaybackController.PlayCommandIssued": lambda turn: _directives(moved(turn, staying, resuming=True)),
    "PlaybackController.PauseCommandIssued": lambda _: _directives(StopDirective()),
}
"""By the type of the request."""


def _going_on(turn: Turn) -> Place | None:
    """The place behind which something comes; behind a spliced briefing nothing does."""
    place = turn.place_of(turn.request.token)
    return None if place is None or place.spliced else place


def _directives(*directives: Directive | None) -> Response:
    return Response(directives=[each for each in directives if each is not None] or None)
