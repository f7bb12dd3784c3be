"""One request as the skill sees it: who asks, in which language, and what they were listening to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Directive, Intent, Response
from ask_sdk_model.interfaces.audioplayer import (
    AudioItem,
    AudioItemMetadata,
    PlayBehavior,
    PlayDirective,
    PlayerActivity,
    Stream,
)
from ask_sdk_model.interfaces.display import Image, ImageInstance
from ask_sdk_model.ui import PlainTextOutputSpeech, Reprompt

from podcaster import language as languages
from podcaster.alexa.programme import Place, Programme, ProgrammeKind
from podcaster.alexa.reports import Reports
from podcaster.alexa.words import Words, words_for
from podcaster.errors import LanguageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.listener.account import Listener
from podcaster.listener.linking import listening_key, secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode, Show
from podcaster.ports import Clock, Library, PlaybackPosition
from podcaster.units import LanguageTag, Milliseconds

_LONGEST_SPEECH = 7_000
"""Amazon allows 8,000 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """What the skill plays from."""

    reports: Reports
    show: Callable[[LanguageTag], Show]
    """With the address of its cover."""
    addresses: Addresses
    languages: Sequence[LanguageTag]
    clock: Clock
    briefing_address: Callable[[Listener, Preferences], str]
    """Where a speaker of theirs finds the briefing of these choices; another one every time."""

    @property
    def library(self) -> Library:
        """Where all of it is kept."""
        return self.reports.library


def locale_of(text: object) -> LanguageTag:
    """What a request says that its speaker is set to; `en-US` where it does not say."""
    try:
        return languages.parse(str(text or ""))
    except LanguageUnknown:
        return LanguageTag("en-US")


class Turn:
    """A request, and the parts of its answer."""

    def __init__(self, handed: HandlerInput, station: Station) -> None:
        self.station = station
        envelope: Any = handed.request_envelope
        self.envelope = envelope
        self.request: Any = envelope.request
        self.player: Any = envelope.context.audio_player

    @cached_property
    def locale(self) -> LanguageTag:
        """What the speaker is set to."""
        return locale_of(self.request.locale)

    @cached_property
    def words(self) -> Words:
        """The locale's."""
        return words_for(self.locale)

    @cached_property
    def speaker(self) -> str:
        """The speaker's user, on whichever device; a digest, since the name is nobody's business."""
        return sha256(str(self.envelope.context.system.user.user_id).encode()).hexdigest()

    @property
    def device(self) -> str:
        """Which of their devices it is; a digest, too."""
        device = self.envelope.context.system.device
        return sha256(str(device.device_id if device else "").encode()).hexdigest()

    @cached_property
    def account(self) -> Listener | None:
        """The listener whose podcast this speaker plays; None where it plays the public show."""
        token = self.envelope.context.system.user.access_token
        access = secret_digest(token) if token else ""
        now = self.station.clock()
        return self.station.library.linked_listener(speaker=self.speaker, access=access, now=now)

    @cached_property
    def listener(self) -> str:
        """Under what their place is kept."""
        return listening_key(self.account.id) if self.account else self.speaker

    @cached_property
    def listening(self) -> PlaybackPosition | None:
        """Where they were."""
        return self.station.library.listening(self.listener)

    @cached_property
    def choices(self) -> Preferences | None:
        """What a listener wants to hear, before all in the language that they asked for by voice."""
        asked = self.listening.language if self.listening else None
        return self._in_language(asked) if asked else (self.account.preferences if self.account else None)

    @cached_property
    def place(self) -> Place | None:
        """What they hear on this device, else what they heard last on any, else on this one."""
        here = self.place_of(self.player.token if self.player else None)
        if here and self.playing:
            return here
        return (self.place_of(self.listening.token) if self.listening else None) or here

    @cached_property
    def language(self) -> LanguageTag:
        """What reports are played in: as asked for, else as chosen, else as the speaker speaks, else whatever there is."""
        asked = self.listening.language if self.listening else None
        wanted = [*([asked] if asked else []), *(self.choices.languages if self.choices else [self.locale])]
        there = self.station.reports.languages()
        first = next((each for each in self.station.languages if each in there), self.station.languages[0])
        found = (languages.match(each, some) for some in (there, self.station.languages) for each in wanted)
        return next((each for each in found if each), first)

    def programme(
        self, kind: ProgrammeKind, *, topic: str = "", code: str = "", language: LanguageTag | None = None
    ) -> Programme:
        """Their own, else the public show's; `language` goes before what they chose."""
        choices = self._in_language(language) if language else self.choices
        return Programme(kind=kind, language=language or self.language, topic=topic, code=code, choices=choices)

    def place_of(self, token: str | None) -> Place | None:
        """What a token says to this listener."""
        return Place.from_token(token, self.choices)

    def _in_language(self, language: LanguageTag) -> Preferences | None:
        if self.account is None:
            return None
        chosen = self.account.preferences
        return replace(chosen, languages=tuple(dict.fromkeys((language, *chosen.languages))))

    @property
    def playing(self) -> bool:
        """Whether something plays while they speak."""
        return bool(self.player and self.player.player_activity == PlayerActivity.PLAYING)

    def slot(self, name: str) -> tuple[str, str]:
        """What was said for a slot, and the id of what it stands for; empty without."""
        intent: Intent = self.request.intent
        slot = (intent.slots or {}).get(name)
        said = str(slot.value or "") if slot else ""
        resolutions = slot.resolutions.resolutions_per_authority if slot and slot.resolutions else None
        values = [value.value for each in resolutions or [] for value in each.values or [] if value.value]
        return said, str(values[0].id or "") if values else ""

    def keep(
        self,
        token: str | None,
        offset_ms: int | None,
        *,
        language: LanguageTag | None = None,
        at: datetime | None = None,
    ) -> None:
        """Remember where they are."""
        self.station.library.keep_listening(
            PlaybackPosition(
                listener=self.listener,
                token=token or "",
                offset_ms=Milliseconds(max(0, offset_ms or 0)),
                language=language,
                changed=at or self.request.timestamp,
            )
        )

    def say(self, occasion: str, *directives: Directive, **values: str) -> Response:
        """Speak, and be done."""
        text = self._text(occasion, **values)
        return Response(
            output_speech=PlainTextOutputSpeech(text=text), directives=list(directives) or None, should_end_session=True
        )

    def ask(self, occasion: str, **values: str) -> Response:
        """Speak, and wait for an answer; while something plays nobody is waited for."""
        if self.playing:
            return self.say(occasion, **values)
        prompt = PlainTextOutputSpeech(text=self._text("prompt"))
        return Response(
            output_speech=PlainTextOutputSpeech(text=self._text(occasion, **values)),
            reprompt=Reprompt(output_speech=prompt),
            should_end_session=False,
        )

    def play(
        self,
        programme: Programme,
        episode: Episode,
        *,
        offset_ms: int = 0,
        behavior: PlayBehavior = PlayBehavior.REPLACE_ALL,
        behind: str | None = None,
        failures: int = 0,
    ) -> PlayDirective | None:
        """Play an episode of a programme; None where the service is not reached over https, without which Alexa plays nothing."""
        url = self.station.addresses.audio(episode)
        if not url.startswith("https://"):
            return None
        stream = Stream(
            token=Place.of(programme, episode, failures).token,
            expected_previous_token=behind,
            url=url,
            offset_in_milliseconds=offset_ms if offset_ms < episode.duration_ms else 0,
        )
        return PlayDirective(
            play_behavior=behavior, audio_item=AudioItem(stream=stream, metadata=self._metadata(episode))
        )

    def play_briefing(self, place: Place, offset_ms: int = 0) -> PlayDirective | None:
        """Play the listener's own briefing; None where nobody is linked, or the service is not reached over https."""
        if self.account is None or self.choices is None or not self.station.addresses.site.startswith("https://"):
            return None
        url = self.station.briefing_address(self.account, self.choices)
        stream = Stream(token=place.token, url=url, offset_in_milliseconds=offset_ms)
        show = self.station.show(self.language)
        art = self._art(show, show.image)
        metadata = AudioItemMetadata(title=show.title, subtitle=show.title, art=art, background_image=art)
        item = AudioItem(stream=stream, metadata=metadata)
        return PlayDirective(play_behavior=PlayBehavior.REPLACE_ALL, audio_item=item)

    def _metadata(self, episode: Episode) -> AudioItemMetadata:
        show = self.station.show(episode.language)
        art = self._art(show, episode.image, show.image)
        return AudioItemMetadata(title=episode.title, subtitle=show.title, art=art, background_image=art)

    @staticmethod
    def _art(show: Show, *images: str | None) -> Image | None:
        image = next((each for each in images if each and each.startswith("https://")), None)
        return Image(content_description=show.title, sources=[ImageInstance(url=image)]) if image else None

    def _text(self, occasion: str, **values: str) -> str:
        return self.words.speech[occasion].format_map(values)[:_LONGEST_SPEECH]
