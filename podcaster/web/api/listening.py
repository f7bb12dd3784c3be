"""Editors' API for what the desk plays and previews: waveforms, other translations, a wording said aloud."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import ListeningDesk
from podcaster.proofing.word_trial import HeardWord
from podcaster.units import ArticleId
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.examples import AUDIO, PUBLICATION
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath


class Waveform(BaseModel):
    """The loudness of each span of an episode."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"per_second": 20, "values": [0, 12, 48, 31]}]})

    per_second: int = Field(description="Values in a second.")
    values: list[int] = Field(description="0 to 100 for the loudest, from the start of the file.")


class Version(BaseModel):
    """A line as one translation path words it."""

    text: str
    by: str = Field(description="Name of the engine.")
    draft: bool
    estimate: float | None = Field(description="Expected chrF against a good translation, 0 to 1.")
    flags: list[str] = Field(description="Checks that it fails.")


class Versions(BaseModel):
    """A line as each installed translation path words it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "versions": [
                        {"text": "El ministro dimitió.", "by": "bergamot", "draft": False, "estimate": 0.82, "flags": []}
                    ]
                }
            ]
        }
    )  # fmt: skip

    versions: list[Version]


class Saying(BaseModel):
    """A text to be said."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"spoken": "El presidente Baiden."}]})

    text: Annotated[str, Field(min_length=1, max_length=1_000)] | None = Field(
        default=None, description="As written; said as the lexicons have it."
    )
    spoken: Annotated[str, Field(min_length=1, max_length=1_000)] | None = Field(
        default=None, description="As it is to be said; takes precedence."
    )


class Misheard(BaseModel):
    """A word, how often it is misheard, and as what."""

    word: str
    times: int
    heard: list[str] = Field(description="The most frequent first.")


class MisheardWords(BaseModel):
    """Words that are misheard, the most frequent first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"words": [{"word": "Reykjavík", "times": 4, "heard": ["rake havik"]}]}]}
    )

    words: list[Misheard]


class WordTrialRequest(BaseModel):
    """A word of a lexicon, and an entry for it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"word": "Reykjavík", "entry": "/ˈreɪkjavik/"}]}
    )

    word: Annotated[str, Field(min_length=1, max_length=100)]
    entry: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="Its spoken form, or its pronunciation between slashes; left out: as the lexicon has it.",
    )


class HeardAs(BaseModel):
    """A recognizer's hearing of a word."""

    heard: str = Field(description="The word itself where it is understood.")
    understood: bool


class WordHeard(BaseModel):
    """A word as it is heard without and with an entry of the lexicon."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "word": "Reykjavík",
                    "voice": "es-kokoro",
                    "before": {"heard": "rey cabic", "understood": False},
                    "after": {"heard": "Reykjavík", "understood": True},
                }
            ]
        }
    )

    word: str
    voice: str = Field(description="The voice that said it.")
    before: HeardAs = Field(description="Without an entry.")
    after: HeardAs | None = Field(description="With the entry; null where there is none.")


class PublicationPreview(BaseModel):
    """The newest episode as listeners will get it."""

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLICATION]})

    show: str
    title: str
    summary: str
    notes: str = Field(description="Show notes, in HTML.")
    cover: str = Field(description="URL of a picture.")
    authors: list[str]
    topics: list[str]
    published: str
    seconds: int
    bytes: int
    voice: str
    draft: bool
    flagged: int = Field(description="Lines that fail a check.")
    chapters: list[dict[str, Any]] = Field(description="`start` in seconds, and `title`.")
    item: str = Field(description="The item of the RSS feed.")


def add_listening(router: APIRouter, desk: ListeningDesk) -> None:
    """Add the routes. They change nothing."""
    unknown = problems(errors.EpisodeUnknown, errors.LanguageUnknown)

    @router.get("/articles/{article}/episodes/{language}/peaks", summary="Get the waveform", responses=unknown)
    def peaks(article: ArticlePath, language: LanguagePath) -> Waveform:
        """The newest episode's, published or on hold."""
        found = desk.peaks(ArticleId(article), languages.parse(language))
        return Waveform(per_second=found.per_second, values=list(found.values))

    @router.get("/articles/{article}/episodes/{language}/preview", summary="Preview a publication", responses=unknown)
    def preview(article: ArticlePath, language: LanguagePath) -> PublicationPreview:
        """Title, notes, cover, chapters and feed item of the newest episode, published or on hold."""
        return PublicationPreview(**desk.publication(ArticleId(article), languages.parse(language)))

    @router.get(
        "/articles/{article}/scripts/{language}/lines/{index}/versions",
        summary="Translate a line in other ways",
        responses=problems(errors.EpisodeUnknown, errors.LanguageUnknown, errors.LineUnknown, errors.EngineFailed),
    )
    def versions(
        article: ArticlePath,
        language: LanguagePath,
        index: Annotated[int, Path(ge=0, le=1_000_000, examples=[4])],
    ) -> Versions:
        """The line as each installed translation path words it, the best path first."""
        found = desk.versions(ArticleId(article), languages.parse(language), index)
        return Versions(
            versions=[Version(**{name: getattr(each, name) for name in Version.model_fields}) for each in found]
        )

    @router.get(
        "/lexicons/{language}/misheard", summary="List misheard words", responses=problems(errors.LanguageUnknown)
    )
    def misheard(language: LanguagePath) -> MisheardWords:
        """The words most often misheard in clips that were proofed: what a lexicon should mend first."""
        found = desk.misheard(languages.parse(language))
        return MisheardWords(
            words=[Misheard(word=each.word, times=each.times, heard=list(each.heard)) for each in found]
        )

    _add_speech(router, desk)


def _add_speech(router: APIRouter, desk: ListeningDesk) -> None:
    @router.post(
        "/lexicons/{language}/hearing",
        summary="Try an entry",
        responses=problems(
            errors.LanguageUnknown, errors.NoRecognizer, errors.NoVoice, errors.SettingsWrong, errors.EngineFailed
        ),
    )
    def hearing(language: LanguagePath, trial: Annotated[WordTrialRequest, Body()]) -> WordHeard:
        """Has a word said and heard, without and with an entry; keeps nothing."""
        found = desk.word_trial(languages.parse(language), trial.word, trial.entry)
        return WordHeard(
            word=found.word,
            voice=found.voice,
            before=_heard_as(found.before),
            after=_heard_as(found.after) if found.after else None,
        )

    @router.post(
        "/lexicons/{language}/speech",
        summary="Hear a spoken form",
        response_class=Response,
        responses={
            200: AUDIO,
            **problems(errors.LanguageUnknown, errors.NoVoice, errors.EngineFailed),
        },
    )
    def spoken(language: LanguagePath, saying: Annotated[Saying, Body()]) -> Response:
        """Says a text in the voice that speaks the language here, and keeps nothing."""
        return _said(desk, None, language, saying)

    @router.post(
        "/articles/{article}/scripts/{language}/speech",
        summary="Hear a wording",
        response_class=Response,
        responses={
            200: AUDIO,
            **problems(errors.ArticleUnknown, errors.LanguageUnknown, errors.NoVoice, errors.EngineFailed),
        },
    )
    def speech(article: ArticlePath, language: LanguagePath, saying: Annotated[Saying, Body()]) -> Response:
        """Says a text in the voice that speaks the language here, and keeps nothing."""
        return _said(desk, ArticleId(article), language, saying)


def _said(desk: ListeningDesk, article: ArticleId | None, language: str, saying: Saying) -> Response:
    text = saying.spoken or saying.text
    if text is None:
        raise errors.InputRefused("There is nothing to say.", "Send text or spoken.")
    sound = desk.speech(article, languages.parse(language), text, as_written=saying.spoken is not None)
    return Response(sound, media_type="audio/mpeg", headers={"Cache-Control": "no-store"})


def _heard_as(found: HeardWord) -> HeardAs:
    return HeardAs(heard=found.heard, understood=found.understood)
