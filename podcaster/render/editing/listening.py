"""Previews for editors: waveforms, other translations of a line, a wording said aloud, an episode before it is published."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from podcaster import language as languages
from podcaster.episode.notes import notes_html
from podcaster.errors import BlobMissing, LineUnknown, NoTranslationPath
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.section import sections_of
from podcaster.model import Article, Episode, LineKind, Script, Show
from podcaster.ports import BlobStore, Library, LineVersion, Peaks
from podcaster.proofing.misheard import MisheardWord, most_misheard
from podcaster.proofing.word_trial import WordTrial
from podcaster.render.editing.word_trials import try_word
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.render.pipeline.proof_store import ProofStore
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech.marked_voices import other_voice, voices_of
from podcaster.script.inline_marks import checked
from podcaster.script.spoken import spoken_form
from podcaster.script.writing import write_script
from podcaster.speech.synthesizer import Speech
from podcaster.translation.script_translation import choose, other_ways, translate_script
from podcaster.translation.translator import Translator
from podcaster.units import ArticleId, LanguageTag, Milliseconds

_PER_SECOND: Final = 20
_MISHEARD: Final = 50
_TAIL_MS: Final = Milliseconds(300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Fills `ports.ListeningDesk`."""

    library: Library
    blobs: BlobStore
    newest: Callable[[ArticleId, LanguageTag], Episode]
    context: Callable[[], RenderContext]
    decoded: Callable[[bytes], Speech]
    shows: Callable[[LanguageTag], Show]
    addresses: Addresses
    proofs: ProofStore

    def peaks(self, article: ArticleId, language: LanguageTag) -> Peaks:
        """The waveform of the newest episode."""
        episode = self.newest(article, language)
        name = f"{episode.article}/{episode.language}/{episode.revision}"
        with suppress(BlobMissing, ValueError):
            kept = json.loads(self.blobs.get(f"peaks/{name}.json"))
            return Peaks(per_second=kept["per_second"], values=kept["values"])
        values = _peaks(self.decoded(self.blobs.get(f"media/{name}.mp3")))
        self.blobs.put(f"peaks/{name}.json", json.dumps({"per_second": _PER_SECOND, "values": values}).encode())
        return Peaks(per_second=_PER_SECOND, values=values)

    def versions(self, article: ArticleId, language: LanguageTag, index: int) -> Sequence[LineVersion]:
        """A line as each installed path words it."""
        source = self._source(article, language, index)
        report, context = self.library.article(article).article, self.context()
        own = report.language
        if languages.match(own, [language]):
            return []
        whole = write_script(report, context.phrases(own), show=self.shows(language).title)
        lines = tuple(line for line in whole.lines if line.source == source)[:1]
        if not lines:
            return []
        try:
            first = choose(context.translators, own, language)
        except NoTranslationPath:
            return []
        ways = [first, *other_ways(context.translators, first, own, language)]
        found: dict[str, LineVersion] = {}
        for way in ways:
            version = _version(replace(whole, lines=lines), report, language, way, context)
            found.setdefault(version.text, version)
        return list(found.values())

    def _source(self, article: ArticleId, language: LanguageTag, index: int) -> str:
        """The source sentence of a line; scripts of different languages number their own lines differently."""
        episode = self.newest(article, language)
        script = json.loads(self.blobs.get(f"media/{article}/{episode.language}/{episode.revision}{SCRIPT}"))
        for line in script["lines"]:
            if line["index"] == index:
                return str(line["source"])
        raise LineUnknown(f"There is no line {index} in {language}.", "Read the script again.")

    def speech(self, article: ArticleId | None, language: LanguageTag, text: str, *, as_written: bool) -> bytes:
        """A text said by the voice that speaks the language here."""
        from podcaster.audio.recording import make_clip  # noqa: PLC0415 # numpy: most of a service's life needs none
        from podcaster.audio.splicing import info_frame, splice  # noqa: PLC0415 # the same
        from podcaster.audio.stored_clips import content_key  # noqa: PLC0415 # the same
        from podcaster.render.pipeline.speech.loudness_calibration import gain_of  # noqa: PLC0415 # the same
        from podcaster.speech.speaking import speak_line  # noqa: PLC0415 # the same

        context = self.context()
        if as_written:
            checked(text, voices_of(language, context))
        lexicon = (
            context.lexicon(language)
            if article is None
            else context.lexicon_for(self.library.article(article).article, language)
        )
        voice, synthesizer = context.catalogue.choose(language, context.synthesizers)
        gain = gain_of(voice, synthesizer, context) if voice.gain_db is None else voice.gain_db
        said = text if as_written else spoken_form(text, LineKind.PARAGRAPH, language, lexicon)
        clip, frames = make_clip(
            content_key(speech=said, voice=voice.name),
            speak_line(said, voice, synthesizer, voices=partial(other_voice, language, context)),
            gain_db=gain,
            pause_ms=_TAIL_MS,
            encoder=context.encoder,
        )
        return b"".join([bytes(info_frame(clip.frames)), *map(bytes, splice([clip], {clip.key: frames}.__getitem__))])

    def misheard(self, language: LanguageTag) -> Sequence[MisheardWord]:
        """The words most often misheard in the clips of a language."""
        return most_misheard(self.proofs.all(), [language])[:_MISHEARD]

    def word_trial(self, language: LanguageTag, word: str, entry: str | None) -> WordTrial:
        """A word said and heard, without and with an entry of the lexicon."""
        return try_word(word, entry, language, self.context())

    def publication(self, article: ArticleId, language: LanguageTag) -> dict[str, Any]:
        """The newest episode as listeners will get it."""
        from podcaster.feed.rss import render_items  # noqa: PLC0415 # feedgen

        episode = self.newest(article, language)
        show, phrases = self.shows(language), self.context().phrases(language)
        (item,) = render_items(show, [episode], addresses=self.addresses, phrases=phrases)
        return {
            "show": show.title,
            "title": episode.title,
            "summary": episode.summary,
            "notes": notes_html(episode, phrases),
            "cover": self._cover(episode),
            "authors": list(episode.authors),
            "topics": list(episode.topics),
            "published": episode.published.isoformat(),
            "seconds": round(episode.duration_ms / 1000),
            "bytes": episode.enclosure_bytes,
            "voice": episode.voice,
            "draft": episode.draft,
            "flagged": episode.flagged,
            "chapters": [{"start": each.start_ms / 1000, "title": each.title} for each in episode.chapters],
            "item": item.decode(),
        }

    def _cover(self, episode: Episode) -> str:
        """Path of the picture that pages show: the report's own, else its first topic's, else the show's."""
        own = self.addresses.file(episode, EpisodeFileKind.PICTURE) if episode.picture else None
        drawn = next(filter(None, map(self.addresses.topic_cover, sections_of(episode))), None)
        return urlsplit(own or drawn or f"/covers/{episode.language}.jpg").path


def _peaks(speech: Speech) -> list[int]:
    """Loudness of each span as a share of the loudest, by its root mean square."""
    width = speech.rate // _PER_SECOND
    spans = len(speech.samples) // width
    squares = speech.samples[: spans * width].reshape(spans, width).astype("float64") ** 2
    loudness = squares.mean(axis=1) ** 0.5 if spans else squares[:0].sum(axis=1)
    most = max(loudness.max(initial=0.0), 1.0)
    return [round(100 * value / most) for value in loudness.tolist()]


def _version(
    script: Script, report: Article, language: LanguageTag, way: Translator, context: RenderContext
) -> LineVersion:
    done = translate_script(
        script,
        language,
        translator=way,
        memory=context.sentences,
        glossary=context.glossary(report.language, language),
        names=report.authors,
        translatable=lambda _: True,
    )
    (line,) = done.script.lines
    estimates = [float(check.detail) for check in line.checks if check.name == "estimate"]
    return LineVersion(
        text=line.text,
        by=way.name,
        draft=way.draft,
        estimate=estimates[0] if estimates else None,
        flags=[check.name for check in line.checks if not check.passed],
    )
