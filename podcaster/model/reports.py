"""A report on its way to the listener: article, script, clip, episode."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from podcaster.model.reviews import Review
from podcaster.model.sound import AlternateAudio, SpokenWord, TimedWords
from podcaster.units import (
    ArticleId,
    ContentKey,
    Decibels,
    LanguageTag,
    Milliseconds,
    Revision,
)


class BlockKind(StrEnum):
    """Kind of a block in a report's body."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    """One bullet or numbered point."""
    ROW = "row"
    """One row of a table, its cells in reading order as one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, quote, list item or table row."""

    kind: BlockKind
    text: str
    """Clean text: NFC, one line, no control characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A report as its publisher wrote it, without the page around it."""

    id: ArticleId
    title: str
    """As displayed, topic prefix included: `US/CHINA: Will …`."""
    language: LanguageTag
    body: tuple[Block, ...]
    """In reading order; never empty."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    """With a time zone; midnight UTC where the page gives only a date."""
    topics: tuple[str, ...] = ()
    """In the article's language, as written: `US`, `China`."""
    key_points: tuple[str, ...] = ()
    """The bullet summary, kept apart from the body."""
    url: str | None = None
    """The canonical address."""
    image: str | None = None
    left_aside: tuple[str, ...] = ()
    """Boilerplate of the page that is not read out: share buttons, teasers, notices."""
    foreign_words: tuple[tuple[str, str], ...] = ()
    """Words that the page marks as of another language (`lang`), each with its BCP 47 tag."""


class LineKind(StrEnum):
    """Kind of a spoken line; decides its pause and whether a chapter starts at it."""

    OPENING = "opening"
    TITLE = "title"
    BYLINE = "byline"
    LEAD_IN = "lead_in"
    """The words that announce the key points."""
    KEY_POINT = "key_point"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    ROW = "row"
    DISCLOSURE = "disclosure"
    """That a voice is synthetic, or a translation a machine's."""
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was verified about a line."""

    name: str
    """`numbers`, `names`, `terms`, `length`, `repetition`, `untranslated`, `marks`, `script`, `voice`."""
    passed: bool
    detail: str = ""
    """The fault, in words for an editor; empty if the check passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of a script: the unit of translation, speech and storage."""

    index: int
    """Place in the script, from 0."""
    kind: LineKind
    source: str
    """The sentence as the report has it; for opening and closing lines the phrase itself."""
    text: str
    """The displayed text, in the script's language."""
    spoken: str
    """The text given to the voice, in the script's language."""
    pause_ms: Milliseconds
    """Silence after the voice."""
    checks: tuple[Check, ...] = ()
    recording: ContentKey | None = None
    """An editor's own recording, in place of a voice."""
    foreign: tuple[tuple[str, str], ...] = ()
    """Its words of another language, each with its BCP 47 tag, as the page marks them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A report as it will be read out in one language, every source sentence once and in order."""

    article: ArticleId
    language: LanguageTag
    source_language: LanguageTag
    title: str
    """The episode's title, in the script's language."""
    topics: tuple[str, ...]
    """In the script's language."""
    lines: tuple[Line, ...]
    translator: str = ""
    """Name of the engine that translated it; empty for the source's own language."""
    draft: bool = False
    """Whether the translation is gist quality and is announced as such."""
    review: Review | None = None
    """The review of a translation, if each of its lines has one."""
    voices: tuple[str, ...] = ()
    """Voices, or genders, that the show's rules wish for it, the dearest first; empty: the show's own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An editor's wording of one sentence in one language; it takes precedence over every engine."""

    article: ArticleId
    language: LanguageTag
    source: str
    """The sentence as the report has it: a wording belongs to it, and not to a line's number."""
    text: str | None
    """The displayed text; None: the engine's."""
    spoken: str | None
    """The text given to the voice; None: the spoken form of `text`."""
    changed: datetime
    editor: str
    recording: ContentKey | None = None
    """The editor's own recording of the sentence; None: a voice says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One way to speak a language, as voices/{language}.toml describes it."""

    language: LanguageTag
    name: str
    """Unique within the catalogue: `es-espeak`."""
    engine: str
    """Name of the synthesizer: `espeak`, `piper`, `gtts`."""
    engine_voice: str
    """The engine's name for it: `es-419`."""
    rate_wpm: int = 165
    """Words a minute, where the engine takes it."""
    pitch: int = 50
    """0 to 99, where the engine takes it."""
    gain_db: Decibels | None = None
    """Gain that brings this voice to -16 LUFS; None: measured on first use."""
    noise_scale: float | None = None
    """Piper: how much the tone varies; None: as the voice's file says."""
    noise_w_scale: float | None = None
    """Piper: how much the lengths of sounds vary; None: as the voice's file says."""
    tempo: float = 1.0
    """Playback rate relative to the engine's pace: for engines that have one pace."""
    gender: str = ""
    accent: str = ""
    """The language whose sounds a voice brings to another one, as `es` to Galician; empty: it speaks its own."""
    misheard_percent: float | None = None
    """Share of its words that a speech recognizer misheard, by benchmarks/voices.py; None: not measured."""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One spoken line, encoded: a whole number of MPEG frames that joins to any other of its format."""

    key: ContentKey
    """Hash of text, voice, settings and engine version: what went in, never what came out."""
    frames: int
    """MPEG frames, 24 ms each."""
    voice_start_ms: Milliseconds
    """Start of the voice in the decoded clip."""
    voice_end_ms: Milliseconds
    """End of the voice; the rest is silence."""
    words: tuple[SpokenWord, ...] = ()
    """In the order in which they are heard; empty where the engine does not say when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of an episode that a listener can go to."""

    start_ms: Milliseconds
    end_ms: Milliseconds
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One line of a transcript and when it is heard."""

    start_ms: Milliseconds
    """When the voice begins, from the start of the audio."""
    end_ms: Milliseconds
    text: str
    words: TimedWords = field(default_factory=TimedWords)
    """Word times; empty if the engine gives none."""
    timing: str = ""
    """Origin of the times of an editor's own recording: `alignment` or `share`; empty for a voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """A script and the clips that speak it, one clip a line, in order."""

    script: Script
    clips: tuple[Clip, ...]
    voice: Voice
    opening: Clip | None = None
    """The jingle before the first line."""
    closing: Clip | None = None
    """The jingle behind the last one."""

    @property
    def heard(self) -> tuple[Clip, ...]:
        """Every clip of the episode, in order."""
        return tuple(clip for clip in (self.opening, *self.clips, self.closing) if clip is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode: one report in one language, as feeds, pages and speakers need it."""

    guid: str
    """The same for every revision of this report in this language; never made from a file name."""
    article: ArticleId
    language: LanguageTag
    revision: Revision
    title: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    published: datetime
    """When the report was published, with a time zone."""
    key_points: tuple[str, ...]
    """In the episode's language."""
    summary: str
    """Plain text, one paragraph."""
    duration_ms: Milliseconds
    enclosure_bytes: int
    """Exact length of the MP3 file, tag and Info frame included."""
    chapters: tuple[Chapter, ...]
    voice: str
    """Name of the voice that spoke it."""
    flagged: int = 0
    """Lines that fail a check."""
    heard_percent: float | None = None
    """Share of the words that a recognizer heard as written, rounded down; None where it is not told or not known."""
    translator: str = ""
    draft: bool = False
    review: Review | None = None
    link: str | None = None
    image: str | None = None
    picture: bool = False
    """Whether the report's own picture is among the episode's files."""
    written_in: LanguageTag | None = None
    """The report's own language; None where it was not kept yet."""
    alternates: tuple[AlternateAudio, ...] = ()
