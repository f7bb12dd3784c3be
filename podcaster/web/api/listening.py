"""Editors' API for what the desk plays and previews: waveforms, other translations, a wording said aloud."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import ListeningDesk
from podcaster.units import ArticleId
from podcaster.web.api.schemas import AUDIO, problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import ArticlePath, LanguagePath, LinePath


class Waveform(ApiModel):
    """The loudness of each span of an episode."""

    per_second: int = Field(description="Values in a second.")
    values: list[int] = Field(description="0 to 100 for the loudest, from the start of the file.")


class Version(ApiModel):
    """A line as one translation path words it."""

    text: str
    by: str = Field(description="Name of the engine.")
    draft: bool
    estimate: float | None = Field(description="Expected chrF against a good translation, 0 to 1.")
    flags: list[str] = Field(description="Checks that it fails.")


class Versions(ApiModel):
    """A line as each installed translation path words it."""

    versions: list[Version]


class Saying(RequestModel):
    """A text to be said."""

    text: Annotated[str, Field(min_length=1, max_length=1_000)] | None = Field(
        default=None, description="As written; said as the lexicons have it."
    )
    spoken: Annotated[str, Field(min_length=1, max_length=1_000)] | None = Field(
        default=None, description="As it is to be said; takes precedence."
    )


class Misheard(ApiModel):
    """A word, how often it is misheard, and as what."""

    word: str
    times: int
    heard: list[str] = Field(description="The most frequent first.")


class MisheardWords(ApiModel):
    """Words that are misheard, the most frequent first."""

    words: list[Misheard]


class WordTrialRequest(RequestModel):
    """A word of a lexicon, and an entry for it."""

    word: Annotated[str, Field(min_length=1, max_length=100)]
    entry: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="Its spoken form, or its pronunciation between slashes; left out: as the lexicon has it.",
    )


class HeardAs(ApiModel):
    """A recognizer's hearing of a word."""

    heard: str = Field(description="The word itself where it is understood.")
    understood: bool


class WordHeard(ApiModel):
    """A word as it is heard without and with an entry of the lexicon."""

    word: str
    voice: str = Field(description="The voice that said it.")
    before: HeardAs = Field(description="Without an entry.")
    after: HeardAs | None = Field(description="With the entry; null where there is none.")


class PublicationPreview(ApiModel):
    """The newest episode as listeners will get it."""

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
        return Waveform.model_validate(desk.peaks(ArticleId(article), languages.parse(language)))

    @router.get("/articles/{article}/episodes/{language}/preview", summary="Preview a publication", responses=unknown)
    def preview(article: ArticlePath, language: LanguagePath) -> PublicationPreview:
        """Title, notes, cover, chapters and feed item of the newest episode, published or on hold."""
        return PublicationPreview(**desk.publication(ArticleId(article), languages.parse(language)))

    @router.get(
        "/articles/{article}/scripts/{language}/lines/{index}/versions",
        summary="Translate a line in other ways",
        responses=problems(errors.EpisodeUnknown, errors.LanguageUnknown, errors.LineUnknown, errors.EngineFailed),
    )
    def versions(article: ArticlePath, language: LanguagePath, index: LinePath) -> Versions:
        """The line as each installed translation path words it, the best path first."""
        found = desk.versions(ArticleId(article), languages.parse(language), index)
        return Versions(versions=[Version.model_validate(each) for each in found])

    @router.get(
        "/lexicons/{language}/misheard", summary="List misheard words", responses=problems(errors.LanguageUnknown)
    )
    def misheard(language: LanguagePath) -> MisheardWords:
        """The words most often misheard in clips that were proofed: what a lexicon should mend first."""
        found = desk.misheard(languages.parse(language))
        return MisheardWords(words=[Misheard.model_validate(each) for each in found])

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
        return WordHeard.model_validate(desk.word_trial(languages.parse(language), trial.word, trial.entry))

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
