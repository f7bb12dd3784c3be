"""Evenings of listeners whose speakers are linked, by account and by voice, in every locale."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from podcaster.alexa.words import LOCALES, words_for
from podcaster.listener.linking_codes import spoken_code, spoken_digits
from podcaster.units import LanguageTag
from support.account_linking import ASKED, CLIENT, HERE, SECRETS, VERIFIER, returned
from support.alexa_signing import Alexa, envelope
from support.clock import Clock
from support.small_service import SmallService, client, served, small_service
from support.speaker import BASE, Speaker, article, publish_reports, skill_of, stream, text
from support.spoken_reports import publish

WAYS = ("voice", "account")


@dataclass(frozen=True)
class Evening:
    """A service with a skill, and its clock."""

    made: SmallService
    url: str
    clock: Clock
    alexa: Alexa

    def speaker(self, web: httpx.Client, user: str, locale: str = "en-US") -> Speaker:
        return Speaker(web, self.alexa, self.clock, locale=locale, user=f"amzn1.ask.account.{user}")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    folder, clock, alexa = tmp_path_factory.mktemp("linked"), Clock(), Alexa()
    with small_service(folder, clock=clock, base_url=BASE, linking=CLIENT) as made:
        publish_reports(made)
        services = replace(made.services, speaker=skill_of(made, folder, alexa, clock))
        with served(services) as url:
            yield Evening(made, url, clock, alexa)


def joined(web: httpx.Client, **choices: object) -> str:
    """The path of a new listener's page."""
    answer = web.post("/listeners", json={"languages": ["ca", "es"], "topics": ["China"], **choices})
    assert answer.status_code == 201, answer.text
    return urlsplit(answer.json()["url"]).path


def link(way: str, speaker: Speaker, path: str) -> None:
    """As a person does it."""
    if way == "voice":
        code = speaker.web.post(f"{path}/link-code").json()["code"]
        said = text(speaker.intent("LinkCodeIntent", code=(code, "")))
        assert said == words_for(LanguageTag(speaker.locale)).speech["linked"]
        return
    fields = {**ASKED, "pasted": f"{BASE}{path}", "decision": "allow"}
    code = returned(speaker.web.post("/oauth/authorize", data=fields))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": HERE, "code_verifier": VERIFIER}
    speaker.access = speaker.web.post("/oauth/token", data=form, auth=SECRETS).json()["access_token"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_linked_evening(evening: Evening, locale: str, way: str) -> None:
    """The public show, then one's own; on and on, on another speaker of somebody else in the house, until it is unlinked."""
    words = words_for(LanguageTag(locale)).speech
    with client(evening.url) as web:
        evening.clock.now += timedelta(minutes=10)
        speaker = evening.speaker(web, f"ANN.{locale}.{way}", locale)
        public = f"/report-8/{'es' if locale.startswith('es') else 'en'}/"
        assert public in stream(speaker.intent("PlayLatestIntent"))["url"]

        path = joined(web)
        link(way, speaker, path)
        playing = speaker.intent("PlayLatestIntent")
        assert "/report-6/ca/" in stream(playing)["url"]
        assert text(playing) == words["latest"].format(title="China & 6")
        speaker.event("PlaybackStarted")
        nearly = speaker.event("PlaybackNearlyFinished")
        assert "/report-3/ca/" in stream(nearly)["url"]
        speaker.event("PlaybackFinished")
        speaker.players["kitchen"].update(token=stream(nearly)["token"], offsetInMilliseconds=0)
        speaker.hear(61_000)
        speaker.intent("AMAZON.PauseIntent")
        speaker.event("PlaybackStopped")

        partner = evening.speaker(web, f"BOB.{locale}.{way}", locale)
        link(way, partner, path)
        resumed = partner.intent("AMAZON.ResumeIntent", "bedroom")
        assert (article(resumed), stream(resumed)["offsetInMilliseconds"]) == ("report-3", 61_000)
        assert article(partner.intent("AMAZON.NextIntent", "bedroom")) == "report-1"
        partner.event("PlaybackStarted", "bedroom")
        assert text(partner.intent("AMAZON.NextIntent", "bedroom")) == words["end"]

        assert "China & 6; China & 3; China & 1" in text(speaker.intent("WhatsNewIntent"))
        assert "/report-7/ca/" in stream(speaker.intent("PlayTopicIntent", topic=("Kenya", "KE")))["url"]
        briefing = stream(speaker.intent("PlayBriefingIntent"))
        assert web.get(briefing["url"].removeprefix(BASE)).status_code == 404, "nothing was spoken for these tests"
        gone = {"type": "MEDIA_ERROR_INVALID_REQUEST", "message": "404"}
        assert "/report-6/ca/" in stream(speaker.event("PlaybackFailed", error=gone))["url"]
        assert "/report-6/es/" in stream(speaker.intent("PlayLanguageIntent", language=("español", "es")))["url"]
        assert "/report-6/es/" in stream(speaker.intent("PlayLatestIntent"))["url"]

        wanted = {"languages": ["es"], "topics": ["Kenya"]}
        assert web.put(path, json=wanted).status_code == 200
        assert "/report-7/es/" in stream(speaker.intent("PlayLatestIntent"))["url"]
        assert web.delete(f"{path}/speakers").json()["unlinked"] == 2
        for each in (speaker, partner):
            assert public in stream(each.intent("PlayLatestIntent"))["url"]


def test_a_linked_speaker_plays_the_listeners_own_briefing(tmp_path: Path) -> None:
    """One stream, the bytes of the page's own; paused, gone on with elsewhere, and over when it is over."""
    clock, alexa = Clock(), Alexa()
    with small_service(tmp_path, clock=clock, base_url=BASE) as made:
        for place in (1, 2):
            publish(made, place)
        with served(replace(made.services, speaker=skill_of(made, tmp_path, alexa, clock))) as url, client(url) as web:
            path = joined(web, languages=["es"], topics=[])
            speaker = Evening(made, url, clock, alexa).speaker(web, "ANN")
            link("voice", speaker, path)
            first = stream(speaker.intent("PlayBriefingIntent"))
            whole = web.get(f"{path}/briefing.mp3")
            heard = web.get(first["url"].removeprefix(BASE), headers={"range": "bytes=100-"})
            assert (heard.status_code, heard.content) == (206, whole.content[100:])
            assert path.rpartition("/")[2] not in first["url"]
            speaker.event("PlaybackStarted")
            speaker.hear(1_000)
            speaker.intent("AMAZON.PauseIntent")
            speaker.event("PlaybackStopped")
            resumed = stream(speaker.intent("AMAZON.ResumeIntent", "bedroom"))
            assert resumed["offsetInMilliseconds"] == 1_000
            assert web.get(resumed["url"].removeprefix(BASE)).content == whole.content
            assert stream(speaker.intent("AMAZON.StartOverIntent", "bedroom"))["offsetInMilliseconds"] == 0
            assert speaker.event("PlaybackNearlyFinished", "bedroom") == {}
            assert speaker.event("PlaybackFinished", "bedroom") == {}
            assert (
                text(speaker.intent("AMAZON.PreviousIntent", "bedroom"))
                == words_for(LanguageTag("en")).speech["beginning"]
            )
            assert article(speaker.intent("AMAZON.NextIntent", "bedroom")) == "report-2"
            assert web.delete(f"{path}/speakers").status_code == 200
            assert web.get(resumed["url"].removeprefix(BASE)).status_code == 404
            late = web.get(f"/s/{'A' * 43}/briefing.mp3")
            assert (late.status_code, late.json()["code"]) == (404, "listener-unknown")


def test_a_code_is_heard_however_it_is_said_and_works_once(evening: Evening) -> None:
    with client(evening.url) as web:
        evening.clock.now += timedelta(minutes=10)
        path = joined(web)
        speaker, other = evening.speaker(web, "ANN"), evening.speaker(web, "BOB")
        code = web.post(f"{path}/link-code").json()["code"]
        asked = speaker.intent("LinkCodeIntent")
        assert text(asked) == words_for(LanguageTag("en")).speech["what_code"]
        assert asked["shouldEndSession"] is False
        assert text(speaker.intent("LinkCodeIntent", code=(f"{code[:3]} {code[3:]}", ""))).startswith("This speaker is")
        assert text(other.intent("LinkCodeIntent", code=(code, ""))).startswith("I do not know that code")
        late = web.post(f"{path}/link-code").json()["code"]
        evening.clock.now += timedelta(minutes=10)
        assert text(other.intent("LinkCodeIntent", code=(late, ""))).startswith("I do not know that code")
        assert "/en/" in stream(other.intent("PlayLatestIntent"))["url"]


def test_guessing_codes_is_stopped_for_a_user_and_for_a_device(evening: Evening) -> None:
    with client(evening.url) as web:
        evening.clock.now += timedelta(minutes=10)
        path = joined(web)
        guesser, same_device = evening.speaker(web, "GUESSER"), evening.speaker(web, "SECOND.ACCOUNT")
        for _ in range(5):
            assert "do not know" in text(guesser.intent("LinkCodeIntent", "den", code=("111111", "")))
        code = (web.post(f"{path}/link-code").json()["code"], "")
        for speaker, device in ((guesser, "den"), (guesser, "attic"), (same_device, "den")):
            assert text(speaker.intent("LinkCodeIntent", device, code=code)).startswith("Too many attempts")
        assert text(same_device.intent("LinkCodeIntent", "hall", code=code)).startswith("This speaker is linked")


def test_an_account_whose_access_has_ended_hears_the_public_show(evening: Evening) -> None:
    with client(evening.url) as web:
        evening.clock.now += timedelta(minutes=10)
        speaker = evening.speaker(web, "ENDED")
        link("account", speaker, joined(web))
        assert "/ca/" in stream(speaker.intent("PlayLatestIntent"))["url"]
        evening.clock.now += timedelta(hours=1)
        assert "/report-8/en/" in stream(speaker.intent("PlayLatestIntent"))["url"]


def test_a_listener_who_leaves_leaves_nothing_behind(evening: Evening) -> None:
    with client(evening.url) as web:
        evening.clock.now += timedelta(minutes=10)
        path = joined(web)
        speaker = evening.speaker(web, "LEAVER")
        link("voice", speaker, path)
        speaker.intent("PlayLatestIntent")
        assert web.delete(path).status_code == 204
        assert "/report-8/en/" in stream(speaker.intent("AMAZON.ResumeIntent", "car"))["url"]


@pytest.mark.parametrize(
    "said", ["123456", "123 456", "1 2 3 4 5 6", "123,456", "123.456", "१२३४५६", "١٢٣٤٥٦", "１２３４５６"]
)
def test_digits_are_digits_in_every_script(said: str) -> None:
    assert spoken_digits(said) == "123456"


def test_a_spoken_code_has_six_digits_whatever_the_chance() -> None:
    assert spoken_code(b"\0" * 8) == "100000"
    assert spoken_code((899_999).to_bytes(8)) == "999999"
    assert all(len(spoken_code(bytes([each] * 8))) == 6 for each in range(256))
    assert spoken_digits("no, ½ ² and x") == "2"


def test_a_request_passes_once_and_a_new_one_of_the_same_words_passes(evening: Evening) -> None:
    """Alexa's own retry is signed anew, at another second."""
    first, again = (
        envelope({"type": "LaunchRequest", "requestId": "r"}, moment=evening.clock.now + timedelta(seconds=each))
        for each in (1, 2)
    )
    with client(evening.url) as web:
        answers = [
            web.post("/alexa", content=body, headers=evening.alexa.headers(body)) for body in (first, first, again)
        ]
        assert [each.status_code for each in answers] == [200, 400, 200]
        forged = web.post("/alexa", content=b"{}")
        assert answers[1].json() == forged.json(), "no clue"
