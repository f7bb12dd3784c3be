"""Everything that making a rendition needs, in one value."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from podcaster.audio.encoder import Encoder
from podcaster.audio.jingle import Jingles
from podcaster.audio.signing import AudioSigner
from podcaster.audio.stretching import Stretcher
from podcaster.audio.transcoder import Transcoder
from podcaster.feed.section import section_slug
from podcaster.model import Article, AudioFormat, Show, Wording
from podcaster.model.reviews import Approval
from podcaster.ports import BlobStore
from podcaster.ports.telemetry import UNOBSERVED, Telemetry
from podcaster.render.pipeline.clip_cache import ClipCache
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.script.lexicon import Lexicon
from podcaster.script.notices import Disclosure
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.synthesizer import Synthesizer
from podcaster.speech.voice_rules import VoiceRule
from podcaster.translation.glossary import Glossary
from podcaster.translation.translator import Translator
from podcaster.units import ArticleId, LanguageTag

if TYPE_CHECKING:
    from podcaster.proofing.pronouncer import Pronouncer
    from podcaster.render.pipeline.proofreading import Proofreader


def _unworded(_: ArticleId, __: LanguageTag) -> Mapping[str, Wording]:
    return {}


def _unapproved(_: ArticleId, __: LanguageTag) -> Approval | None:
    return None


def _no_words(language: LanguageTag, _: str) -> Lexicon:
    return Lexicon(language=language)


def _no_picture(_: str) -> bytes:
    return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """Engines, voices and stores."""

    catalogue: Catalogue
    translators: Sequence[Translator]
    """In order of preference."""
    synthesizers: Mapping[str, Synthesizer]
    """By name."""
    encoder: Encoder
    blobs: BlobStore
    phrases: Callable[[LanguageTag], Phrases]
    lexicon: Callable[[LanguageTag], Lexicon]
    glossary: Callable[[LanguageTag, LanguageTag], Glossary]
    shows: Callable[[LanguageTag], Show]
    thread_pool: Executor
    """Makes lines at the same time. Engines start no threads of their own; this is where parallel work is bounded."""
    jingles: Jingles = field(default_factory=Jingles)
    transcoders: Mapping[AudioFormat, Transcoder] = field(default_factory=dict)
    """Transcoders for each format beside MP3."""
    wordings: Callable[[ArticleId, LanguageTag], Mapping[str, Wording]] = _unworded
    """Editors' wordings of a report's sentences, by source sentence."""
    approvals: Callable[[ArticleId, LanguageTag], Approval | None] = _unapproved
    """Lines of a report's translation that an editor has approved."""
    disclosure: Disclosure = Disclosure.OFF
    """Place of the spoken notices."""
    stretcher: Stretcher | None = None
    """Changes the pace of engines that cannot; None: voices keep their own pace."""
    topic_lexicon: Callable[[LanguageTag, str], Lexicon] = _no_words
    """Extra lexicon entries for reports on a topic, by the topic's slug."""
    pronouncer: "Pronouncer | None" = None
    """Says how foreign words sound; None: voices read them romanised."""
    voice_rules: Sequence[VoiceRule] = ()
    """Voices for quotes, authors and topics; empty: one voice reads all of an episode."""
    proofreader: "Proofreader | None" = None
    """Hears each new clip; None: clips are believed unheard."""
    signer: AudioSigner | None = None
    """Signs audio files; None: they are not signed."""
    picture: Callable[[str], bytes] = _no_picture
    """The picture at a URL as a square JPEG; empty if it is not to be shown."""
    telemetry: Telemetry = UNOBSERVED
    """Told what engines made, and how long it took."""
    known_clips: ClipCache = field(default_factory=ClipCache)
    """Clips that this process has read from the store or written to it."""

    @property
    def sentences(self) -> SentenceStore:
        """Translations and clips."""
        return SentenceStore(self.blobs, self.known_clips)

    def lexicon_for(self, article: Article, language: LanguageTag) -> Lexicon:
        """The lexicon of a report: the language's entries, then those of its topics; the first match wins."""
        found = self.lexicon(language)
        for topic in reversed(article.topics):
            found = found.joined(self.topic_lexicon(language, section_slug(topic)))
        return found
