"""Intent handlers of the skill."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ask_sdk_model import Response
from ask_sdk_model.interfaces.audioplayer import PlayDirective, StopDirective

from podcaster import language as languages
from podcaster.alexa.linking import link_code
from podcaster.alexa.playlist import Playlist, PlaylistKind, PlaylistPosition
from podcaster.alexa.turn import Turn
from podcaster.errors import LanguageUnknown
from podcaster.model import Episode
from podcaster.units import LanguageTag

Choice = Callable[[PlaylistPosition, Sequence[Episode]], Episode | None]
"""Chooses the next episode, given the current position and the playlist's episodes."""
_HEADLINES = 5


def stay(position: PlaylistPosition, there: Sequence[Episode]) -> Episode | None:
    """The current episode; the one after it if it was withdrawn."""
    return position.current(there) or position.following(there)


def launch(turn: Turn) -> Response:
    """Answer a launch without an intent: `Alexa, open …`."""
    return turn.ask("welcome", show=turn.services.show(turn.language).title)


def play_latest(turn: Turn) -> Response:
    """Play the newest report, then older ones."""
    return _start_playlist(turn, turn.playlist(PlaylistKind.LATEST), "latest")


def play_briefing(turn: Turn) -> Response:
    """Play the personal briefing of a linked listener; for others the five newest reports."""
    if turn.account is not None:
        return _play_personal_briefing(turn)
    return _start_playlist(turn, turn.playlist(PlaylistKind.BRIEFING), "briefing")


def play_topic(turn: Turn) -> Response:
    """Play reports on a topic."""
    said, code = turn.slot("topic")
    if not said:
        return turn.ask("what_topic")
    playlist = turn.playlist(PlaylistKind.TOPIC, topic=said, code=code)
    return _start_playlist(turn, playlist, "topic", nothing="no_topic")


def play_language(turn: Turn) -> Response:
    """Play reports in another language, and save_position it for later requests."""
    said, code = turn.slot("language")
    if not said:
        return turn.ask("what_language")
    wanted = _language(said, code, turn.locale)
    there = languages.match(wanted, turn.services.reports.languages()) if wanted else None
    if there is None:
        return turn.say("no_language", language=said)
    playlist = turn.playlist(PlaylistKind.LATEST, language=there)
    return _start_playlist(turn, playlist, "language", language=there)


def whats_new(turn: Turn) -> Response:
    """Read out headlines."""
    newest = turn.playlist(PlaylistKind.LATEST).episodes(turn.services.reports, _HEADLINES)
    if not newest:
        return turn.say("nothing")
    return turn.ask("headlines", titles="; ".join(each.title for each in newest))


def pause(turn: Turn) -> Response:
    """Stop and save the position. PlaybackStopped saves it again a moment later, but may get lost."""
    _save_player_position(turn)
    return Response(directives=[StopDirective()], should_end_session=True)


def stop(turn: Turn) -> Response:
    """Stop, save the position and say goodbye."""
    _save_player_position(turn)
    return turn.say("goodbye", StopDirective())


def resume(turn: Turn) -> Response:
    """Resume at the saved position, of any device; at the newest report if there is none."""
    return _answer_navigation(turn, stay, "end", resuming=True)


def following(turn: Turn) -> Response:
    """Play the next episode."""
    return _answer_navigation(turn, lambda position, there: position.following(there), "end")


def preceding(turn: Turn) -> Response:
    """Play the previous episode."""
    return _answer_navigation(turn, lambda position, there: position.preceding(there), "beginning")


def start_over(turn: Turn) -> Response:
    """Play the current episode from its start."""
    return _answer_navigation(turn, stay, "end")


INTENTS: Final[Mapping[str, Callable[[Turn], Response]]] = {
    "PlayLatestIntent": play_latest,
    "PlayTopicIntent": play_topic,
    "PlayLanguageIntent": play_language,
    "WhatsNewIntent": whats_new,
    "PlayBriefingIntent": play_briefing,
    "LinkCodeIntent": link_code,
    "AMAZON.PauseIntent": pause,
    "AMAZON.ResumeIntent": resume,
    "AMAZON.NextIntent": following,
    "AMAZON.PreviousIntent": preceding,
    "AMAZON.StartOverIntent": start_over,
    "AMAZON.RepeatIntent": start_over,
    "AMAZON.ShuffleOnIntent": lambda turn: turn.say("no_shuffle"),
    "AMAZON.ShuffleOffIntent": lambda turn: turn.say("no_shuffle"),
    "AMAZON.LoopOnIntent": lambda turn: turn.say("no_loop"),
    "AMAZON.LoopOffIntent": lambda turn: turn.say("no_loop"),
    "AMAZON.HelpIntent": lambda turn: turn.ask("help"),
    "AMAZON.StopIntent": stop,
    "AMAZON.CancelIntent": stop,
    "AMAZON.NavigateHomeIntent": stop,
    "AMAZON.FallbackIntent": lambda turn: turn.ask("fallback"),
}
"""Handlers by intent name; unknown intents get the fallback's answer."""


def navigate(turn: Turn, choose: Choice, *, resuming: bool = False) -> PlayDirective | None:
    """The directive that plays another episode of the same playlist; None if there is none."""
    position = turn.position
    if position is None:
        playlist = turn.playlist(PlaylistKind.LATEST)
        newest = playlist.newest(turn.services.reports)
        return turn.play(playlist, newest) if newest else None
    if position.is_personal_briefing and choose is stay and turn.account is not None:
        return turn.play_personal_briefing(position, turn.listening.offset_ms if turn.listening and resuming else 0)
    episode = choose(position, position.episodes_around(turn.services.reports))
    if episode is None:
        return None
    heard = turn.listening.offset_ms if turn.listening and resuming and episode.article == position.article else 0
    return turn.play(position.playlist, episode, offset_ms=heard)


def _answer_navigation(turn: Turn, choose: Choice, without: str, *, resuming: bool = False) -> Response:
    if not turn.services.addresses.site.startswith("https://"):
        return turn.say("no_stream")
    directive = navigate(turn, choose, resuming=resuming)
    if directive is None:
        return turn.say(without)
    return Response(directives=[directive], should_end_session=True)


def _start_playlist(
    turn: Turn, playlist: Playlist, occasion: str, *, nothing: str = "nothing", language: LanguageTag | None = None
) -> Response:
    episode = playlist.newest(turn.services.reports)
    if episode is None:
        return turn.say(nothing, topic=playlist.topic)
    directive = turn.play(playlist, episode)
    if directive is None:
        return turn.say("no_stream")
    turn.save_position(PlaylistPosition.of(playlist, episode).token, 0, language=language)
    spoken = languages.name(playlist.language, turn.locale)
    return turn.say(occasion, directive, title=episode.title, topic=playlist.topic, language=spoken)


def _play_personal_briefing(turn: Turn) -> Response:
    playlist = turn.playlist(PlaylistKind.BRIEFING)
    if playlist.newest(turn.services.reports) is None:
        return turn.say("nothing")
    position = PlaylistPosition.of_personal_briefing(playlist)
    directive = turn.play_personal_briefing(position)
    if directive is None:
        return turn.say("no_stream")
    turn.save_position(position.token, 0)
    return turn.say("briefing", directive)


def _save_player_position(turn: Turn) -> None:
    if turn.playing and turn.position_of(turn.player.token):
        turn.save_position(turn.player.token, turn.player.offset_in_milliseconds)


def _language(said: str, code: str, locale: LanguageTag) -> LanguageTag | None:
    """The language that a listener named: by the slot's id, else by its CLDR name in the locale's language."""
    from babel import Locale  # noqa: PLC0415 # only needed for language names that the slot does not resolve

    try:
        if code:
            return languages.parse(code)
        names = Locale.parse(locale, sep="-").languages
        return next((LanguageTag(tag) for tag, name in names.items() if name.casefold() == said.casefold()), None)
    except (LanguageUnknown, ValueError):
        return None
