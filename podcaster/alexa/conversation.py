"""What listeners ask for by voice, intent by intent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ask_sdk_model import Response
from ask_sdk_model.interfaces.audioplayer import PlayDirective, StopDirective

from podcaster import language as languages
from podcaster.alexa.linking import link_code
from podcaster.alexa.programme import Place, Programme, ProgrammeKind
from podcaster.alexa.turn import Turn
from podcaster.errors import LanguageUnknown
from podcaster.model import Episode
from podcaster.units import LanguageTag

Choice = Callable[[Place, Sequence[Episode]], Episode | None]
"""From where one is, and what there is, to where to go."""
_HEADLINES = 5


def staying(place: Place, there: Sequence[Episode]) -> Episode | None:
    """What is heard there; where it was withdrawn, the next one."""
    return place.here(there) or place.following(there)


def launch(turn: Turn) -> Response:
    """`Alexa, open …`."""
    return turn.ask("welcome", show=turn.station.show(turn.language).title)


def play_latest(turn: Turn) -> Response:
    """The newest report, and then the others."""
    return _begin(turn, turn.programme(ProgrammeKind.LATEST), "latest")


def play_briefing(turn: Turn) -> Response:
    """Their own, spliced, where they are linked; else the newest five."""
    if turn.account is not None:
        return _own_briefing(turn)
    return _begin(turn, turn.programme(ProgrammeKind.BRIEFING), "briefing")


def play_topic(turn: Turn) -> Response:
    """Reports about something."""
    said, code = turn.slot("topic")
    if not said:
        return turn.ask("what_topic")
    programme = turn.programme(ProgrammeKind.TOPIC, topic=said, code=code)
    return _begin(turn, programme, "topic", nothing="no_topic")


def play_language(turn: Turn) -> Response:
    """In another language, from now on."""
    said, code = turn.slot("language")
    if not said:
        return turn.ask("what_language")
    wanted = _language(said, code, turn.locale)
    there = languages.match(wanted, turn.station.reports.languages()) if wanted else None
    if there is None:
        return turn.say("no_language", language=said)
    programme = turn.programme(ProgrammeKind.LATEST, language=there)
    return _begin(turn, programme, "language", language=there)


def whats_new(turn: Turn) -> Response:
    """Headlines."""
    newest = turn.programme(ProgrammeKind.LATEST).episodes(turn.station.reports, _HEADLINES)
    if not newest:
        return turn.say("nothing")
    return turn.ask("headlines", titles="; ".join(each.title for each in newest))


def pause(turn: Turn) -> Response:
    """Stop, and remember where; Stopped says the same a moment later, or is lost."""
    _note_player(turn)
    return Response(directives=[StopDirective()], should_end_session=True)


def stop(turn: Turn) -> Response:
    """Stop, and say goodbye."""
    _note_player(turn)
    return turn.say("goodbye", StopDirective())


def resume(turn: Turn) -> Response:
    """Go on where they were, on this device or another; from the beginning where they were nowhere."""
    return _go(turn, staying, "end", resuming=True)


def following(turn: Turn) -> Response:
    """The next one."""
    return _go(turn, lambda place, there: place.following(there), "end")


def preceding(turn: Turn) -> Response:
    """The one before."""
    return _go(turn, lambda place, there: place.preceding(there), "beginning")


def start_over(turn: Turn) -> Response:
    """This one once more."""
    return _go(turn, staying, "end")


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
"""By name; an intent that is none of these is answered as the fallback is."""


def moved(turn: Turn, choose: Choice, *, resuming: bool = False) -> PlayDirective | None:
    """The directive that plays another episode of the same programme; None where there is none."""
    place = turn.place
    if place is None:
        programme = turn.programme(ProgrammeKind.LATEST)
        newest = programme.newest(turn.station.reports)
        return turn.play(programme, newest) if newest else None
    if place.spliced and choose is staying and turn.account is not None:
        return turn.play_briefing(place, turn.listening.offset_ms if turn.listening and resuming else 0)
    episode = choose(place, place.surroundings(turn.station.reports))
    if episode is None:
        return None
    heard = turn.listening.offset_ms if turn.listening and resuming and episode.article == place.article else 0
    return turn.play(place.programme, episode, offset_ms=heard)


def _go(turn: Turn, choose: Choice, without: str, *, resuming: bool = False) -> Response:
    if not turn.station.addresses.site.startswith("https://"):
        return turn.say("no_stream")
    directive = moved(turn, choose, resuming=resuming)
    if directive is None:
        return turn.say(without)
    return Response(directives=[directive], should_end_session=True)


def _begin(
    turn: Turn, programme: Programme, occasion: str, *, nothing: str = "nothing", language: LanguageTag | None = None
) -> Response:
    episode = programme.newest(turn.station.reports)
    if episode is None:
        return turn.say(nothing, topic=programme.topic)
    directive = turn.play(programme, episode)
    if directive is None:
        return turn.say("no_stream")
    turn.keep(Place.of(programme, episode).token, 0, language=language)
    spoken = languages.name(programme.language, turn.locale)
    return turn.say(occasion, directive, title=episode.title, topic=programme.topic, language=spoken)


def _own_briefing(turn: Turn) -> Response:
    programme = turn.programme(ProgrammeKind.BRIEFING)
    if programme.newest(turn.station.reports) is None:
        return turn.say("nothing")
    place = Place.of_briefing(programme)
    directive = turn.play_briefing(place)
    if directive is None:
        return turn.say("no_stream")
    turn.keep(place.token, 0)
    return turn.say("briefing", directive)


def _note_player(turn: Turn) -> None:
    if turn.playing and turn.place_of(turn.player.token):
        turn.keep(turn.player.token, turn.player.offset_in_milliseconds)


def _language(said: str, code: str, locale: LanguageTag) -> LanguageTag | None:
    """What a listener calls a language: by the slot's id, else by CLDR's name in their own language."""
    from babel import Locale  # noqa: PLC0415 # loaded when somebody asks for a language by a name that Alexa does not know

    try:
        if code:
            return languages.parse(code)
        names = Locale.parse(locale, sep="-").languages
        return next((LanguageTag(tag) for tag, name in names.items() if name.casefold() == said.casefold()), None)
    except (LanguageUnknown, ValueError):
        return None
