"""One request to the skill with its context: user, device, locale, language and position."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from podcaster.alexa.episode_cache import EpisodeCache
from podcaster.alexa.playlist import Playlist, PlaylistKind, PlaylistPosition
from podcaster.alexa.words import SkillWords, words_for
from podcaster.errors import LanguageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.listener.account import Listener
from podcaster.listener.digests import playback_position_key, secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode, Show
from podcaster.ports import Clock, Library, PlaybackPosition
from podcaster.units import LanguageTag, Milliseconds

_LONGEST_SPEECH = 7_000
"""Characters; Amazon allows 8,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillServices:
    """The services and settings that the skill answers from."""

    reports: EpisodeCache
    show: Callable[[LanguageTag], Show]
    """The show of a language, with the URL of its cover."""
    addresses: Addresses
    languages: Sequence[LanguageTag]
    clock: Clock
    briefing_url: Callable[[Listener, Preferences], str]
    """URL of a listener's briefing for these preferences; a new one on each call."""

    @property
    def library(self) -> Library:
        """The repository behind the episodes."""
        return self.reports.library


def locale_of(text: object) -> LanguageTag:
    """The locale of a request; `en-US` if it names none."""
    try:
        return languages.parse(str(text or ""))
    except LanguageUnknown:
        return LanguageTag("en-US")


class Turn:
    """A request, and builders for its response."""

    def __init__(self, handed: HandlerInput, services: SkillServices) -> None:
        self.services = services
        envelope: Any = handed.request_envelope
        self.envelope = envelope
        self.request: Any = envelope.request
        self.player: Any = envelope.context.audio_player

    @cached_property
    def locale(self) -> LanguageTag:
        """The speaker's locale."""
        return locale_of(self.request.locale)

    @cached_property
    def words(self) -> SkillWords:
        """The skill's words in the locale's language."""
        return words_for(self.locale)

    @cached_property
    def speaker(self) -> str:
        """Digest of the Alexa user id, the same on all of a user's devices. The id itself is never stored."""
        return sha256(str(self.envelope.context.system.user.user_id).encode()).hexdigest()

    @property
    def device(self) -> str:
        """Digest of the device id."""
        device = self.envelope.context.system.device
        return sha256(str(device.device_id if device else "").encode()).hexdigest()

    @cached_property
    def account(self) -> Listener | None:
        """The linked listener; None if the user is not linked and hears the public show."""
        token = self.envelope.context.system.user.access_token
        access = secret_digest(token) if token else ""
        now = self.services.clock()
        return self.services.library.linked_listener(speaker=self.speaker, access=access, now=now)

    @cached_property
    def listener(self) -> str:
        """Key under which the listening position is stored."""
        return playback_position_key(self.account.id) if self.account else self.speaker

    @cached_property
    def listening(self) -> PlaybackPosition | None:
        """The stored listening position."""
        return self.services.library.listening(self.listener)

    @cached_property
    def choices(self) -> Preferences | None:
        """The listener's preferences; a language that they asked for by voice comes first."""
        asked = self.listening.language if self.listening else None
        return self._in_language(asked) if asked else (self.account.preferences if self.account else None)

    @cached_property
    def position(self) -> PlaylistPosition | None:
        """The position: what plays on this device, else the last one on any device, else the last one on this."""
        current = self.position_of(self.player.token if self.player else None)
        if current and self.playing:
            return current
        return (self.position_of(self.listening.token) if self.listening else None) or current

    @cached_property
    def language(self) -> LanguageTag:
        """The language to play: as asked for by voice, else as preferred, else the speaker's, else any with reports."""
        asked = self.listening.language if self.listening else None
        wanted = [*([asked] if asked else []), *(self.choices.languages if self.choices else [self.locale])]
        there = self.services.reports.languages()
        first = next((each for each in self.services.languages if each in there), self.services.languages[0])
        found = (languages.match(each, some) for some in (there, self.services.languages) for each in wanted)
        return next((each for each in found if each), first)

    def playlist(
        self, kind: PlaylistKind, *, topic: str = "", code: str = "", language: LanguageTag | None = None
    ) -> Playlist:
        """A playlist from the listener's feed, or the public show; `language` overrides their preferences."""
        choices = self._in_language(language) if language else self.choices
        return Playlist(kind=kind, language=language or self.language, topic=topic, code=code, choices=choices)

    def position_of(self, token: str | None) -> PlaylistPosition | None:
        """Parse a stream token for this listener."""
        return PlaylistPosition.from_token(token, self.choices)

    def _in_language(self, language: LanguageTag) -> Preferences | None:
        if self.account is None:
            return None
        chosen = self.account.preferences
        return replace(chosen, languages=tuple(dict.fromkeys((language, *chosen.languages))))

    @property
    def playing(self) -> bool:
        """Whether audio is playing while they speak."""
        return bool(self.player and self.player.player_activity == PlayerActivity.PLAYING)

    def slot(self, name: str) -> tuple[str, str]:
        """The words spoken for a slot, and the id that they resolved to; empty if missing."""
        intent: Intent = self.request.intent
        slot = (intent.slots or {}).get(name)
        said = str(slot.value or "") if slot else ""
        resolutions = slot.resolutions.resolutions_per_authority if slot and slot.resolutions else None
        values = [value.value for each in resolutions or [] for value in each.values or [] if value.value]
        return said, str(values[0].id or "") if values else ""

    def save_position(
        self,
        token: str | None,
        offset_ms: int | None,
        *,
        language: LanguageTag | None = None,
    ) -> None:
        """Store the listening position."""
        self.services.library.keep_listening(
            PlaybackPosition(
                listener=self.listener,
                token=token or "",
                offset_ms=Milliseconds(max(0, offset_ms or 0)),
                language=language,
                changed=self.request.timestamp,
            )
        )

    def say(self, occasion: str, *directives: Directive, **values: str) -> Response:
        """Speak, and end the session."""
        text = self._text(occasion, **values)
        return Response(
            output_speech=PlainTextOutputSpeech(text=text), directives=list(directives) or None, should_end_session=True
        )

    def ask(self, occasion: str, **values: str) -> Response:
        """Speak, and save_position the session open for an answer; not while audio plays."""
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
        playlist: Playlist,
        episode: Episode,
        *,
        offset_ms: int = 0,
        behavior: PlayBehavior = PlayBehavior.REPLACE_ALL,
        previous_token: str | None = None,
        failures: int = 0,
    ) -> PlayDirective | None:
        """Play an episode of a playlist; None unless the service has an https URL, which Alexa requires."""
        url = self.services.addresses.audio(episode)
        if not url.startswith("https://"):
            return None
        stream = Stream(
            token=PlaylistPosition.of(playlist, episode, failures).token,
            expected_previous_token=previous_token,
            url=url,
            offset_in_milliseconds=offset_ms if offset_ms < episode.duration_ms else 0,
        )
        return PlayDirective(
            play_behavior=behavior, audio_item=AudioItem(stream=stream, metadata=self._metadata(episode))
        )

    def play_personal_briefing(self, position: PlaylistPosition, offset_ms: int = 0) -> PlayDirective | None:
        """Play the personal briefing; None if the user is not linked, or the service has no https URL."""
        if self.account is None or self.choices is None or not self.services.addresses.site.startswith("https://"):
            return None
        url = self.services.briefing_url(self.account, self.choices)
        stream = Stream(token=position.token, url=url, offset_in_milliseconds=offset_ms)
        show = self.services.show(self.language)
        art = self._art(show, show.image)
        metadata = AudioItemMetadata(title=show.title, subtitle=show.title, art=art, background_image=art)
        item = AudioItem(stream=stream, metadata=metadata)
        return PlayDirective(play_behavior=PlayBehavior.REPLACE_ALL, audio_item=item)

    def _metadata(self, episode: Episode) -> AudioItemMetadata:
        show = self.services.show(episode.language)
        art = self._art(show, episode.image, show.image)
        return AudioItemMetadata(title=episode.title, subtitle=show.title, art=art, background_image=art)

    @staticmethod
    def _art(show: Show, *images: str | None) -> Image | None:
        image = next((each for each in images if each and each.startswith("https://")), None)
        return Image(content_description=show.title, sources=[ImageInstance(url=image)]) if image else None

    def _text(self, occasion: str, **values: str) -> str:
        return self.words.speech[occasion].format_map(values)[:_LONGEST_SPEECH]
