"""A listener's speaker in front of the skill: signed requests, answers checked by Amazon's rules."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import ResponseEnvelope

from podcaster.alexa.skill_factory import open_skill
from podcaster.model import Show
from podcaster.settings import Settings
from podcaster.units import LanguageTag, Milliseconds
from podcaster.web.listeners.published_reports import personal_reports
from support.alexa_signing import CHAIN_URL, SKILL, Alexa, Shop, envelope, pem
from support.clock import Clock
from support.examples import DAY
from support.small_service import SmallService, show

BASE = "https://podcasts.example"
LANGUAGES = ("en", "es", "ca")
TOPICS = {1: "China", 2: "Kenya", 3: "China", 4: "EU", 5: "US", 6: "China", 7: "Kenya", 8: "India"}


@dataclass
class Speaker:
    """A listener with several devices, in front of a service."""

    web: httpx.Client
    alexa: Alexa
    clock: Clock
    locale: str = "en-US"
    user: str = "amzn1.ask.account.LISTENER"
    access: str = ""
    """The token of their account, where it is linked."""
    players: dict[str, dict[str, Any]] = field(default_factory=dict)
    """AudioPlayer's state on each device."""

    def ask(self, request: dict[str, Any], device: str = "kitchen") -> dict[str, Any]:
        """The response to a request; its form checked, and its directives carried out."""
        self.clock.now += timedelta(seconds=10)
        body = envelope(
            {"locale": self.locale, **request},
            moment=self.clock.now,
            user=self.user,
            access=self.access,
            device=device,
            AudioPlayer=self.players.get(device, {"playerActivity": "IDLE"}),
        )
        answer = self.web.post("/alexa", content=body, headers=self.alexa.headers(body))
        assert answer.status_code == 200, answer.text
        response = checked(request["type"], answer)
        self._carry_out(response, device)
        return response

    def intent(self, name: str, device: str = "kitchen", **slots: tuple[str, str]) -> dict[str, Any]:
        filled = {key: slot_of(key, *value) for key, value in slots.items()}
        return self.ask({"type": "IntentRequest", "intent": {"name": name, "slots": filled}}, device)

    def event(self, name: str, device: str = "kitchen", **more: Any) -> dict[str, Any]:  # noqa: ANN401 # JSON
        player = self.players[device]
        told = {"token": player["token"], "offsetInMilliseconds": player["offsetInMilliseconds"], **more}
        return self.ask({"type": f"AudioPlayer.{name}", **told}, device)

    def hear(self, milliseconds: int, device: str = "kitchen") -> None:
        self.players[device]["offsetInMilliseconds"] += milliseconds

    def _carry_out(self, response: dict[str, Any], device: str) -> None:
        for directive in response.get("directives", []):
            if directive["type"] == "AudioPlayer.Stop" and device in self.players:
                self.players[device]["playerActivity"] = "STOPPED"
            elif directive["type"] == "AudioPlayer.Play" and directive["playBehavior"] == "REPLACE_ALL":
                stream = directive["audioItem"]["stream"]
                self.players[device] = {
                    "playerActivity": "PLAYING",
                    "token": stream["token"],
                    "offsetInMilliseconds": stream["offsetInMilliseconds"],
                }


def slot_of(name: str, said: str, code: str) -> dict[str, Any]:
    value = {"value": {"name": said, "id": code}}
    status = {"code": "ER_SUCCESS_MATCH"}
    resolved = {"resolutionsPerAuthority": [{"authority": "ours", "status": status, "values": [value]}]}
    return {"name": name, "value": said, "confirmationStatus": "NONE", **({"resolutions": resolved} if code else {})}


def checked(kind: str, answer: httpx.Response) -> dict[str, Any]:
    """The response, which keeps the rules of the AudioPlayer interface and of responses."""
    serializer = DefaultSerializer()
    typed = serializer.deserialize(answer.text, ResponseEnvelope)
    assert serializer.serialize(typed) == answer.json(), "the SDK's types know every field"
    response: dict[str, Any] = answer.json()["response"]
    directives = response.get("directives", [])
    plays = [each for each in directives if each["type"] == "AudioPlayer.Play"]
    if not kind.startswith(("LaunchRequest", "IntentRequest")):
        assert set(response) <= {"directives"}, "nothing can be said to a player"
    if kind in {
        "AudioPlayer.PlaybackStopped",
        "AudioPlayer.PlaybackStarted",
        "AudioPlayer.PlaybackFinished",
        "SessionEndedRequest",
    }:
        assert directives == []
    if "reprompt" in response:
        assert not directives
        assert response["shouldEndSession"] is False
    assert len(plays) <= 1
    for play in plays:
        stream = play["audioItem"]["stream"]
        assert stream["url"].startswith((f"{BASE}/media/", f"{BASE}/s/"))
        assert 0 < len(stream["token"]) <= 1024
        assert ("expectedPreviousToken" in stream) == (play["playBehavior"] == "ENQUEUE")
        metadata = play["audioItem"]["metadata"]
        assert metadata["title"]
        assert metadata["subtitle"] == "Field & Notes"
        assert metadata["art"]["sources"][0]["url"].startswith("https://")
    if kind == "IntentRequest" and plays:
        assert response["shouldEndSession"] is True
    return response


def skill_of(made: SmallService, folder: Path, alexa: Alexa, clock: Clock, base_url: str = BASE) -> Any:  # noqa: ANN401 # as Services has it
    (folder / "roots.pem").write_bytes(pem(alexa.root.certificate))

    def with_cover(language: LanguageTag) -> Show:
        return replace(show(language), image=f"{BASE}/covers/{language}.jpg")

    return open_skill(
        Settings(alexa_skill_id=SKILL, alexa_roots=folder / "roots.pem", base_url=base_url),
        library=made.library,
        selected=personal_reports(made.library),
        first_time=made.library.first_time,
        fetcher=Shop({CHAIN_URL: alexa.chain}),
        show=with_cover,
        spoken=[LanguageTag(each) for each in LANGUAGES],
        clock=clock,
    )


def stream(response: dict[str, Any]) -> dict[str, Any]:
    return dict(response["directives"][0]["audioItem"]["stream"])


def article(response: dict[str, Any]) -> str:
    return str(stream(response)["url"]).split("/media/")[1].split("/")[0]


def text(response: dict[str, Any]) -> str:
    return str(response["outputSpeech"]["text"])


def publish_reports(made: SmallService) -> None:
    """Publishes a report of `TOPICS` a day, in each of `LANGUAGES`."""
    for language in LANGUAGES:
        for day, topic in TOPICS.items():
            made.publish(
                article=f"report-{day}",
                language=language,
                guid=f"urn:{language}:{day}",
                title=f"{topic} & {day}",
                topics=(topic,),
                duration_ms=Milliseconds(300_000),
                published=DAY + timedelta(days=day),
            )
