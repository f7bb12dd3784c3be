"""Evenings with a speaker: signed requests over real HTTP to a running service, answers by Amazon's rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from podcaster.alexa.episode_cache import EpisodeCache
from podcaster.alexa.playlist import Playlist, PlaylistKind, PlaylistPosition
from podcaster.alexa.words import LOCALES, words_for
from podcaster.errors import StorageFailed
from podcaster.units import LanguageTag
from podcaster.web.listeners.published_reports import personal_reports
from support.alexa_signing import Alexa
from support.clock import Clock
from support.examples import DAY, NOW, episode_of
from support.small_service import SmallService, client, served, small_service
from support.speaker import Speaker, article, publish_reports, skill_of, stream, text


@pytest.fixture(scope="module")
def alexa() -> Alexa:
    return Alexa()


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, alexa: Alexa) -> Iterator[tuple[SmallService, str, Clock]]:
    """A service with eight reports in three languages, and its clock."""
    folder = tmp_path_factory.mktemp("evening")
    clock = Clock()
    with small_service(folder) as made:
        publish_reports(made)
        services = replace(made.services, speaker=skill_of(made, folder, alexa, clock))
        with served(services) as url:
            yield made, url, clock


@pytest.fixture
def speaker(
    request: pytest.FixtureRequest, evening: tuple[SmallService, str, Clock], alexa: Alexa
) -> Iterator[Speaker]:
    _, url, clock = evening
    with client(url) as web:
        yield Speaker(web, alexa, clock, user=f"amzn1.ask.account.{request.node.name}")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_whole_evening(speaker: Speaker, locale: str) -> None:
    """Launch, play, on and on, pause, resume elsewhere, next, a stream that fails, a topic, stop."""
    speaker.locale = locale
    words = words_for(LanguageTag(locale)).speech
    plays_in = {"es": "es"}.get(locale[:2], "en")

    welcome = speaker.ask({"type": "LaunchRequest"})
    assert text(welcome) == words["welcome"].format(show="Field & Notes")
    assert welcome["shouldEndSession"] is False

    playing = speaker.intent("PlayLatestIntent")
    assert text(playing) == words["latest"].format(title="India & 8")
    assert f"/report-8/{plays_in}/" in stream(playing)["url"]
    for day in (7, 6, 5, 4, 3):
        speaker.event("PlaybackStarted")
        speaker.hear(290_000)
        nearly = speaker.event("PlaybackNearlyFinished")
        assert (nearly["directives"][0]["playBehavior"], article(nearly)) == ("ENQUEUE", f"report-{day}")
        assert stream(nearly)["expectedPreviousToken"] == speaker.players["kitchen"]["token"]
        speaker.event("PlaybackFinished")
        speaker.players["kitchen"].update(token=stream(nearly)["token"], offsetInMilliseconds=0)
    speaker.event("PlaybackStarted")

    speaker.hear(61_000)
    paused = speaker.intent("AMAZON.PauseIntent")
    assert [each["type"] for each in paused["directives"]] == ["AudioPlayer.Stop"]
    speaker.hear(500)
    speaker.event("PlaybackStopped")
    resumed = speaker.intent("AMAZON.ResumeIntent", "bedroom")
    assert (article(resumed), stream(resumed)["offsetInMilliseconds"]) == ("report-3", 61_500)

    following = speaker.intent("AMAZON.NextIntent", "bedroom")
    assert article(following) == "report-2"
    failed = speaker.event(
        "PlaybackFailed",
        "bedroom",
        error={"type": "MEDIA_ERROR_INTERNAL_SERVER_ERROR", "message": "500"},
        currentPlaybackState={**speaker.players["bedroom"]},
    )
    assert (failed["directives"][0]["playBehavior"], article(failed)) == ("REPLACE_ALL", "report-1")

    about = speaker.intent("PlayTopicIntent", "bedroom", topic=("China", "CN"))
    assert text(about) == words["topic"].format(topic="China", title="China & 6")
    assert article(speaker.event("PlaybackNearlyFinished", "bedroom")) == "report-3"

    stopped = speaker.intent("AMAZON.StopIntent", "bedroom")
    assert [each["type"] for each in stopped["directives"]] == ["AudioPlayer.Stop"]
    assert text(stopped) == words["goodbye"]
    assert speaker.ask({"type": "SessionEndedRequest", "reason": "USER_INITIATED"}, "bedroom") == {}


def test_every_answer_of_the_skill_keeps_the_rules(speaker: Speaker) -> None:
    for name in ("WhatsNewIntent", "AMAZON.HelpIntent", "AMAZON.FallbackIntent", "AnIntentOfTomorrow"):
        assert speaker.intent(name)["shouldEndSession"] is False
    assert "India & 8; Kenya & 7" in text(speaker.intent("WhatsNewIntent"))
    assert article(speaker.intent("PlayBriefingIntent")) == "report-8"
    for name in ("ShuffleOn", "ShuffleOff", "LoopOn", "LoopOff"):
        assert text(speaker.intent(f"AMAZON.{name}Intent"))
    assert text(speaker.intent("AMAZON.PreviousIntent")) == words_for(LanguageTag("en")).speech["beginning"]
    assert article(speaker.intent("AMAZON.NextIntent")) == "report-7"
    speaker.event("PlaybackStarted")
    assert article(speaker.intent("AMAZON.PreviousIntent")) == "report-8"
    for name in ("Repeat", "StartOver"):
        assert stream(speaker.intent(f"AMAZON.{name}Intent"))["offsetInMilliseconds"] == 0
    assert "reprompt" not in speaker.intent("AMAZON.HelpIntent"), "something plays"
    for name in ("Cancel", "NavigateHome"):
        assert speaker.intent(f"AMAZON.{name}Intent")["directives"][0]["type"] == "AudioPlayer.Stop"


def test_a_briefing_ends_after_five(speaker: Speaker) -> None:
    response = speaker.intent("PlayBriefingIntent")
    heard = [article(response)]
    while response := speaker.event("PlaybackNearlyFinished"):
        heard.append(article(response))
        speaker.players["kitchen"]["token"] = stream(response)["token"]
    assert heard == [f"report-{day}" for day in (8, 7, 6, 5, 4)]
    assert speaker.event("PlaybackFinished") == {}
    assert text(speaker.intent("AMAZON.NextIntent")) == words_for(LanguageTag("en")).speech["end"]


def test_the_buttons_of_a_remote_do_what_they_say_and_nothing_is_said(speaker: Speaker) -> None:
    def button(name: str) -> dict[str, Any]:
        return speaker.ask({"type": f"PlaybackController.{name}CommandIssued"})

    assert article(button("Play")) == "report-8"
    speaker.event("PlaybackStarted")
    assert article(button("Next")) == "report-7"
    speaker.event("PlaybackStarted")
    speaker.hear(30_000)
    assert button("Pause")["directives"] == [{"type": "AudioPlayer.Stop"}]
    speaker.event("PlaybackStopped")
    assert stream(button("Play"))["offsetInMilliseconds"] == 30_000
    assert article(button("Previous")) == "report-8"


def test_a_language_stays_chosen_for_its_listener_alone(speaker: Speaker, alexa: Alexa) -> None:
    spoken = speaker.intent("PlayLanguageIntent", language=("Catalan", "ca"))
    assert "/ca/" in stream(spoken)["url"]
    assert "Catalan" in text(spoken)
    assert "/ca/" in stream(speaker.intent("PlayLatestIntent", "bedroom"))["url"]
    neighbour = replace(speaker, user="amzn1.ask.account.NEIGHBOUR", players={})
    assert "/en/" in stream(neighbour.intent("PlayLatestIntent"))["url"]
    assert "/es/" in stream(speaker.intent("PlayLanguageIntent", language=("spanish", "")))["url"]
    unknown = speaker.intent("PlayLanguageIntent", language=("Klingon", ""))
    assert "Klingon" in text(unknown)
    assert "directives" not in unknown


def test_a_topic_is_found_by_whatever_it_is_called(speaker: Speaker) -> None:
    speaker.locale = "es-MX"
    assert speaker.intent("PlayTopicIntent")["shouldEndSession"] is False, "it asks about what"
    for said, code in (("China", ""), ("la china", "CN"), ("república popular", "CN"), ("CHINA", "CN")):
        assert article(speaker.intent("PlayTopicIntent", topic=(said, code))) == "report-6"
    assert article(speaker.intent("PlayTopicIntent", topic=("Unión Europea", "EU"))) == "report-4"
    nothing = speaker.intent("PlayTopicIntent", topic=("Bhutan", "BT"))
    assert "Bhutan" in text(nothing)


def test_after_three_streams_that_fail_the_fault_is_elsewhere(speaker: Speaker) -> None:
    speaker.intent("PlayLatestIntent")
    error = {"type": "MEDIA_ERROR_SERVICE_UNAVAILABLE", "message": "503"}
    answers = [speaker.event("PlaybackFailed", error=error) for _ in range(3)]
    assert [bool(each) for each in answers] == [True, True, False]


def test_a_stream_that_fails_ahead_does_not_cut_off_the_one_that_plays(speaker: Speaker) -> None:
    speaker.intent("PlayLatestIntent")
    ahead = stream(speaker.event("PlaybackNearlyFinished"))
    failed = speaker.event(
        "PlaybackFailed",
        token=ahead["token"],
        error={"type": "MEDIA_ERROR_INVALID_REQUEST", "message": "400"},
        currentPlaybackState={**speaker.players["kitchen"]},
    )
    assert (failed["directives"][0]["playBehavior"], article(failed)) == ("REPLACE_ENQUEUED", "report-6")


def test_a_report_that_is_withdrawn_meanwhile_is_passed_over(
    speaker: Speaker, evening: tuple[SmallService, str, Clock]
) -> None:
    made, _, _ = evening
    made.publish(
        article="report-6b", language="en", guid="urn:6b", title="Gone", published=DAY + timedelta(days=6, hours=1)
    )
    speaker.intent("PlayLatestIntent")
    speaker.intent("AMAZON.NextIntent")
    speaker.event("PlaybackStarted")
    gone = speaker.intent("AMAZON.NextIntent")
    assert article(gone) == "report-6b"
    speaker.event("PlaybackStarted")
    made.library.unpublish(article_id := article(gone), LanguageTag("en"))  # type: ignore[arg-type]
    assert article_id == "report-6b"
    assert article(speaker.event("PlaybackNearlyFinished")) == "report-6"
    assert article(speaker.intent("AMAZON.PreviousIntent")) == "report-7"


def test_where_a_listener_is_survives_a_restart(
    speaker: Speaker, evening: tuple[SmallService, str, Clock], alexa: Alexa, tmp_path: Path
) -> None:
    made, _, clock = evening
    speaker.intent("PlayTopicIntent", topic=("China", "CN"))
    speaker.hear(77_000)
    speaker.event("PlaybackStopped")
    again = replace(made.services, speaker=skill_of(made, tmp_path, alexa, clock))
    with served(again) as url, client(url) as web:
        returned = Speaker(web, alexa, clock, user=speaker.user)
        resumed = returned.intent("AMAZON.ResumeIntent", "car")
        assert (article(resumed), stream(resumed)["offsetInMilliseconds"]) == ("report-6", 77_000)
        assert article(returned.event("PlaybackNearlyFinished", "car")) == "report-3"


def test_a_long_archive_is_played_to_its_end(tmp_path: Path) -> None:
    """However many reports there are, each is heard once."""
    latest = Playlist(kind=PlaylistKind.LATEST, language=LanguageTag("en"))
    with small_service(tmp_path) as made:
        for day in range(50):
            made.library.publish(
                episode_of(f"r{day}", "en", guid=f"urn:{day}", published=DAY + timedelta(days=day)), NOW
            )
        reports = EpisodeCache(library=made.library, selected=personal_reports(made.library))
        episode, heard = latest.newest(reports), []
        while episode:
            heard.append(episode.article)
            place = PlaylistPosition.of(latest, episode)
            assert place.current(place.episodes_around(reports)) == episode
            episode = place.following(place.episodes_around(reports))
    assert heard == [f"r{day}" for day in reversed(range(50))]


def test_while_the_library_is_away_people_are_told_and_players_are_not(
    evening: tuple[SmallService, str, Clock], alexa: Alexa, tmp_path: Path
) -> None:
    class Away:
        """A library that cannot be reached."""

        def __getattr__(self, name: str) -> object:
            def fails(*_: object, **__: object) -> object:
                raise StorageFailed("The database is locked.", "Wait.")

            return fails

    made, _, clock = evening
    lost = replace(made, library=Away())  # type: ignore[arg-type]
    services = replace(made.services, speaker=skill_of(lost, tmp_path, alexa, clock))
    with served(services) as url, client(url) as web:
        speaker = Speaker(web, alexa, clock)
        assert text(speaker.intent("PlayLatestIntent")) == words_for(LanguageTag("en")).speech["failed"]
        speaker.players["kitchen"] = {"playerActivity": "PLAYING", "token": "x", "offsetInMilliseconds": 5}
        for event in ("PlaybackStarted", "PlaybackStopped", "PlaybackNearlyFinished"):
            assert speaker.event(event) == {}


def test_where_the_service_is_not_reached_over_https_nothing_is_played_and_that_is_said(
    evening: tuple[SmallService, str, Clock], alexa: Alexa, tmp_path: Path
) -> None:
    made, _, clock = evening
    plain = skill_of(made, tmp_path, alexa, clock, base_url="http://podcasts.example")
    with served(replace(made.services, speaker=plain)) as url, client(url) as web:
        speaker = Speaker(web, alexa, clock, user="amzn1.ask.account.PLAIN")
        for name in ("PlayLatestIntent", "AMAZON.ResumeIntent", "AMAZON.NextIntent"):
            answer = speaker.intent(name)
            assert text(answer) == words_for(LanguageTag("en")).speech["no_stream"]
            assert "directives" not in answer


def test_tokens_that_are_not_ours_are_no_trouble(speaker: Speaker) -> None:
    for token in ("", "x", "[]", '["latest","en","","","a","soon",0]', "[" * 1000, "null"):
        speaker.players["kitchen"] = {"playerActivity": "PLAYING", "token": token, "offsetInMilliseconds": 5}
        assert speaker.event("PlaybackNearlyFinished") == {}
        assert PlaylistPosition.from_token(token) is None
    assert article(speaker.intent("AMAZON.ResumeIntent")) == "report-8"


def test_a_request_of_a_kind_that_is_not_known_yet_is_answered_with_nothing(speaker: Speaker) -> None:
    assert speaker.ask({"type": "Tomorrow.SomethingHappened"}) == {}
    assert (
        speaker.ask({"type": "System.ExceptionEncountered", "error": {"type": "INVALID_RESPONSE", "message": "?"}})
        == {}
    )
