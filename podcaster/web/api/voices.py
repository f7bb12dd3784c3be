"""Editors' API for voices: list, hear, choose."""

from typing import Annotated, Self

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import VoiceDesk, VoiceFacts
from podcaster.web.api.schemas import AUDIO, problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import LanguagePath
from podcaster.web.http.editor_session import EDITOR

_VoicePath = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[^/]+$", examples=["es-kokoro"])]


class VoiceDetail(ApiModel):
    """A voice, with measured quality."""

    voice: str
    engine: str
    gender: str
    accent: str = Field(description="Language of the accent; empty: none.")
    ready: bool = Field(description="Whether it can speak here.")
    speaks: bool = Field(description="Whether it speaks the next render.")
    chosen: bool = Field(description="Whether an editor chose it.")
    misheard_percent: float | None = Field(description="Words that a recognizer misheard; null if not measured.")
    times_real_time: float | None = Field(description="Seconds of speech a second on one core; null if not measured.")
    memory_mb: int | None
    load_seconds: float | None = Field(description="Processor time until the first sound of a process.")
    deterministic: bool | None = Field(description="Whether the same text gives the same sound; null if not installed.")
    licence: str
    engine_licence: str

    @classmethod
    def of(cls, facts: VoiceFacts) -> Self:
        """The API's form of a voice."""
        voice = facts.voice
        own = ("engine", "gender", "accent", "misheard_percent", "licence")
        rest = [name for name in cls.model_fields if name not in {*own, "voice"}]
        values = {**{name: getattr(voice, name) for name in own}, **{name: getattr(facts, name) for name in rest}}
        return cls(voice=voice.name, **values)


class VoiceList(ApiModel):
    """The voices of a language, in order of preference."""

    language: str
    voices: list[VoiceDetail]


class Choice(RequestModel):
    """The voice that is to speak."""

    voice: Annotated[str, Field(min_length=1, max_length=80)] | None = Field(
        description="Null: the first voice of the file in voices/ that can."
    )


def add_voices(router: APIRouter, desk: VoiceDesk) -> None:
    """Add the routes."""
    unknown = (errors.LanguageUnknown, errors.VoiceUnknown)

    @router.get("/voices/{language}", summary="List a language's voices", responses=problems(*unknown))
    def listed(language: LanguagePath) -> VoiceList:
        """Voices in order of preference, with what was measured of each."""
        tag = languages.parse(language)
        return VoiceList(language=tag, voices=[VoiceDetail.of(each) for each in desk.voices(tag)])

    @router.put(
        "/voices/{language}",
        summary="Choose the voice of a language",
        responses=problems(*unknown, errors.NoVoice, errors.Outdated),
    )
    def choose(language: LanguagePath, choice: Annotated[Choice, Body()], request: Request) -> VoiceList:
        """From the next render on, the voice speaks the language's show. Its stand-ins stay."""
        tag = languages.parse(language)
        desk.choose(tag, choice.voice, editor=request.scope[EDITOR])
        return listed(language)

    @router.get(
        "/voices/{voice}/preview",
        summary="Hear a voice",
        response_class=Response,
        responses={
            200: AUDIO,
            **problems(errors.VoiceUnknown, errors.NoVoice, errors.EngineFailed),
        },
    )
    def preview(voice: _VoicePath) -> Response:
        """A sentence in the voice's language, as it would sound in an episode."""
        return Response(
            desk.preview(voice), media_type="audio/mpeg", headers={"Cache-Control": "private, max-age=3600"}
        )
