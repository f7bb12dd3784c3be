"""The desk's ports: reading, hearing and choosing before anything is rendered or published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from podcaster.model import Article, Render, Voice
from podcaster.ports.work import Submission
from podcaster.proofing.misheard import MisheardWord
from podcaster.proofing.word_trial import WordTrial
from podcaster.units import ArticleId, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A report as it was read."""

    id: str
    """Names the preview for a day, in 32 hexadecimal digits."""
    article: Article
    known: bool
    """Whether a report with this id is in the library already."""
    chapters: int = 0
    """Number of chapters of an EPUB, each of which may be a report of its own; 0 for everything else."""


class PreviewDesk(Protocol):
    """Reads reports, and adds them once an editor has seen what was understood."""

    def read(self, source: Submission) -> Preview:
        """Read a report and keep what was read for a day; nothing is rendered.

        Raises:
            InputRefused: it cannot be read.
            SourceUnreachable: its URL does not answer.
        """

    def read_chapter(self, preview: str, chapter: int) -> Preview:
        """Read one chapter, counted from 1, of the EPUB that a preview shows.

        Raises:
            PreviewUnknown: the preview is unknown, older than a day, or of something else.
            InputRefused: there is no such chapter, or it cannot be read.
        """

    def add(
        self,
        preview: str,
        correction: Mapping[str, object],
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        hold: bool = False,
    ) -> Render:
        """Add a report as it was read, with corrections of its fields, and have it rendered; `hold` its episodes back.

        Raises:
            PreviewUnknown: the preview is unknown or older than a day.
            Outdated: the report was changed since it was read.
            InputRefused: a correction is refused.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The loudness of each span of an episode."""

    per_second: int
    values: Sequence[int]
    """0 to 100 for the loudest, from the start of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVersion:
    """A line as one translation path words it."""

    text: str
    by: str
    """Name of the engine."""
    draft: bool
    estimate: float | None
    """chrF of the round trip, 0 to 1; None where there was none."""
    flags: Sequence[str]
    """Names of the checks that it fails."""


class ListeningDesk(Protocol):
    """Previews for editors. Nothing that it makes is published."""

    def peaks(self, article: ArticleId, language: LanguageTag) -> Peaks:
        """The waveform of the newest episode, computed once for each revision.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
        """

    def versions(self, article: ArticleId, language: LanguageTag, index: int) -> Sequence[LineVersion]:
        """A line as each installed translation path words it, the best path first; equal wordings once.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the script has no such line.
        """

    def speech(self, article: ArticleId | None, language: LanguageTag, text: str, *, as_written: bool) -> bytes:
        """An MP3 of a text in the voice that speaks the language here.

        Args:
            article: The report whose topics' lexicons count; None: the language's alone.
            language: The language of the text.
            text: What to say.
            as_written: Whether the text is a spoken form already, and no lexicon changes it.

        Raises:
            ArticleUnknown: no report has this id.
            NoVoice: no installed engine speaks the language.
            EngineFailed: the engine gave an error.
        """

    def misheard(self, language: LanguageTag) -> Sequence[MisheardWord]:
        """The words most often misheard in the clips of a language, the most frequent first."""

    def word_trial(self, language: LanguageTag, word: str, entry: str | None) -> WordTrial:
        """A word said and heard, without and with an entry of the lexicon; None: the entry that it has, if any.

        Raises:
            NoRecognizer: no recognizer that is here hears the language, or proofing is off.
            NoVoice: no installed engine speaks it.
            SettingsWrong: the entry is neither a spelling nor a pronunciation.
            EngineFailed: an engine gave an error.
        """

    def publication(self, article: ArticleId, language: LanguageTag) -> dict[str, Any]:
        """The newest episode as listeners will get it: title, notes, cover, chapters, feed item; a JSON value.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFacts:
    """A voice of the catalogue, and all that is known of it."""

    voice: Voice
    ready: bool
    """Whether its engine is installed and has it."""
    speaks: bool
    """Whether it speaks the next render of its language."""
    chosen: bool
    """Whether an editor chose it; else the order of the file in voices/ decides."""
    times_real_time: float | None
    memory_mb: int | None
    load_seconds: float | None
    deterministic: bool | None
    """None where the engine is not installed."""
    engine_licence: str


class RecordingDesk(Protocol):
    """Takes editors' own recordings in place of a voice."""

    def record_line(
        self, article: ArticleId, language: LanguageTag, index: int, sound: bytes, *, editor: str
    ) -> Sequence[int]:
        """Keep a recording of one line, brought to the show's loudness; heard from the next render on.

        Raises:
            InputRefused: it is no audio, too long, or nothing is heard in it.
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the script has no such line.
            LineFixed: the line is podcaster's own.
        """

    def record_episode(self, article: ArticleId, language: LanguageTag, sound: bytes, *, editor: str) -> Sequence[int]:
        """Keep a recording of the whole report, cut into its lines: where a recognizer hears them meet, else by shares.

        Raises:
            InputRefused: it is no audio, too long, or too short for its lines.
            EpisodeUnknown: nothing was rendered in this language.
        """

    def drop(self, article: ArticleId, language: LanguageTag, index: int | None, *, editor: str) -> Sequence[int]:
        """Let the voice say a line again, or every line; the lines' numbers.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the script has no such line.
        """


class VoiceDesk(Protocol):
    """Lists, previews and chooses voices."""

    def voices(self, language: LanguageTag) -> Sequence[VoiceFacts]:
        """The voices of a language, in order of preference.

        Raises:
            VoiceUnknown: no file serves the language.
        """

    def preview(self, name: str) -> bytes:
        """An MP3 in which a voice says what podcaster says in its language, made once.

        Raises:
            VoiceUnknown: the catalogue has no such voice.
            NoVoice: it cannot speak here.
            EngineFailed: the engine gave an error.
        """

    def choose(self, language: LanguageTag, name: str | None, *, editor: str) -> None:
        """Let a voice speak a language from the next render on; None: the first of the file in voices/ that can.

        Raises:
            VoiceUnknown: the language has no such voice.
            NoVoice: it cannot speak here.
        """
