"""Builds render contexts: from the files in voices/ alone, or with editors' glossaries, lexicons and choices."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from podcaster import language as languages
from podcaster.errors import NoArticleFound, NoVoice, SettingsWrong
from podcaster.model import Article, AudioFormat, Show
from podcaster.units import LanguageTag
from podcaster.wiring.proofing import Proofing
from podcaster.wiring.stores import shipped

if TYPE_CHECKING:
    from podcaster.adapters.content_credentials import C2paSigner
    from podcaster.adapters.documents import ProcessDocumentReader
    from podcaster.adapters.trafilatura import TrafilaturaReader
    from podcaster.audio.jingle import Jingles
    from podcaster.audio.transcoder import Transcoder
    from podcaster.ports import Submission
    from podcaster.render.pipeline.render_context import RenderContext
    from podcaster.render.pipeline.render_priority import LocalRenderPriority
    from podcaster.script.lexicon import Lexicon
    from podcaster.script.phrases import Phrases
    from podcaster.translation.glossary import Glossary

Table = Callable[[str], Mapping[str, Any] | None]
"""The content of a glossary or a lexicon by its path below voices/, without the ending; None where there is none."""


class RenderContexts(Proofing):
    """Readers of reports, and the contexts that renders run in."""

    @cached_property
    def context(self) -> "RenderContext":
        """The render context from the files in voices/ only; opens no database."""
        return self._context(self._file)

    @cached_property
    def edited_context(self) -> "RenderContext":
        """The render context of the service: editors' decisions take precedence over the files."""
        from podcaster.render.editing.voice_choice import preferred_voice

        def table(name: str) -> Mapping[str, Any] | None:
            put = self.library.editors_table(name)
            return self._file(name) if put is None else put.content

        def preferred(language: LanguageTag) -> str | None:
            return preferred_voice(self.library, language)

        context = self._context(table)
        catalogue = replace(context.catalogue, preferred=preferred)
        return replace(context, wordings=self.library.wordings, approvals=self.library.approval, catalogue=catalogue)

    @cached_property
    def render_priority(self) -> "LocalRenderPriority":
        """Render priority in this process."""
        from podcaster.render.pipeline.render_priority import LocalRenderPriority

        return LocalRenderPriority()

    @cached_property
    def background_context(self) -> "RenderContext":
        """The render context of background renders."""
        from podcaster.render.pipeline.render_priority import patient

        return patient(self.edited_context, self.background_thread_pool, self.render_priority)

    def _context(self, table: Table) -> "RenderContext":
        from podcaster.adapters.lame import LameEncoder
        from podcaster.adapters.tempo import AtempoStretcher
        from podcaster.render.pipeline.render_context import RenderContext
        from podcaster.script.notices import Disclosure
        from podcaster.speech.voice_rules import parsed

        return RenderContext(
            catalogue=self.catalogue,
            translators=self.translators,
            synthesizers=self.synthesizers,
            encoder=LameEncoder(),
            blobs=self.blobs,
            phrases=self.phrases,
            lexicon=lambda language: self._lexicon(language, table),
            topic_lexicon=lambda language, topic: self._lexicon(language, table, f"/{topic}"),
            glossary=lambda source, target: self._glossary(source, target, table),
            shows=self.show,
            disclosure=Disclosure(self.settings.disclosure),
            thread_pool=self.thread_pool,
            jingles=self._jingles,
            transcoders=self._transcoders,
            signer=self.signer,
            stretcher=AtempoStretcher(),
            pronouncer=self.pronouncer,
            voice_rules=parsed(self.settings.voice_rules),
            proofreader=self.proofreader,
            telemetry=self.telemetry,
            picture=self._pictures,
        )

    @cached_property
    def _pictures(self) -> "Callable[[str], bytes]":
        """Fetches reports' own pictures where they are shown."""
        if not self.settings.report_pictures:
            return lambda _: b""
        from podcaster.adapters.pictures import ReportPictures

        return ReportPictures(self.fetcher)

    @cached_property
    def _jingles(self) -> "Jingles":
        """Jingles around every episode; none unless configured."""
        from podcaster.audio.jingle import Jingles

        files = self.jingle_files
        if not any(files):
            return Jingles()
        from podcaster.adapters.jingle_files import jingle_in

        opening, closing = (jingle_in(file) if file else None for file in files)
        return Jingles(opening=opening, closing=closing)

    @cached_property
    def _transcoders(self) -> "Mapping[AudioFormat, Transcoder]":
        """Transcoders for the configured formats beside MP3."""
        wanted = [form for form in AudioFormat if form.removeprefix(".") in self.settings.formats]
        if not wanted:
            return {}
        from podcaster.adapters.ffmpeg import FfmpegTranscoder

        return dict.fromkeys(wanted, FfmpegTranscoder())

    @cached_property
    def signer(self) -> "C2paSigner | None":
        """Signs audio files; None unless a certificate is configured.

        Raises:
            SettingsWrong: half of it is configured, or it cannot be used.
        """
        certificate, key = self.settings.signing_certificate, self.settings.signing_key
        if certificate is None and key is None:
            return None
        if certificate is None or key is None:
            raise SettingsWrong(
                "Signing needs a certificate and its key.",
                "Set PODCASTER_SIGNING_CERTIFICATE and PODCASTER_SIGNING_KEY, or neither.",
            )
        from podcaster.adapters.content_credentials import C2paSigner

        return C2paSigner(certificate, key, timestamp_url=self.settings.signing_timestamp_url)

    def phrases(self, language: LanguageTag) -> "Phrases":
        """Podcaster's own phrases in a language, with the show's wording of the notice on its voice.

        Raises:
            SettingsWrong: the folder of voices has a file for the language that lacks a notice, and none has shipped.
        """
        from podcaster.script.phrases import Phrases

        phrases = Phrases.from_table(language, self.catalogue.phrases(language), self._shipped_phrases(language))
        lacking = [name for name in Phrases.notices if not getattr(phrases, name)]
        if lacking:
            raise SettingsWrong(
                f"The phrases of {language} lack {', '.join(lacking)}.",
                f"Add them to {self.voices / language}.toml; docs/disclosure.md says what they are for.",
            )
        worded = {languages.parse(tag): said for tag, said in self.settings.disclosure_wordings.items()}
        wording = worded.get(language) or worded.get(languages.base(language))
        return replace(phrases, synthetic_voice=wording) if wording else phrases

    def _shipped_phrases(self, language: LanguageTag) -> Mapping[str, object]:
        """The phrases that came with podcaster; empty where it knows the language not."""
        if self.settings.voices is None:
            return {}
        from podcaster.speech.catalogue import Catalogue

        try:
            return Catalogue(shipped("voices")).phrases(language)
        except NoVoice:
            return {}

    @staticmethod
    def _lexicon(language: LanguageTag, table: Table, below: str = "") -> "Lexicon":
        """The lexicon of a language, or of one topic in it."""
        from podcaster.script.lexicon import Lexicon

        names = [f"{tag}{below}" for tag in (language, languages.base(language))]
        return Lexicon.from_table(language, _first(table, "lexicons", names))

    @staticmethod
    def _glossary(source: LanguageTag, target: LanguageTag, table: Table) -> "Glossary":
        """Settled terms of a pair."""
        from podcaster.translation.glossary import Glossary

        base = languages.base(source)
        names = [f"{source}-{target}", f"{base}-{target}", f"{base}-{languages.base(target)}"]
        return Glossary.of(names[0], _first(table, "glossaries", names))

    def _file(self, name: str) -> Mapping[str, Any] | None:
        """A TOML file below voices/, by its path without the ending; None where there is none."""
        file = self.voices / f"{name}.toml"
        if not file.is_file():
            return None
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsWrong(f"{file} cannot be read: {error}.", "Correct the file.") from error

    def show(self, language: LanguageTag) -> Show:
        """The podcast of a language."""
        settings = self.settings
        titles = {languages.parse(tag): title for tag, title in settings.show_titles.items()}
        return Show(
            language=language,
            title=titles.get(language) or titles.get(languages.base(language)) or settings.show_title,
            description=settings.show_description,
            base_url=settings.base_url,
            author=settings.show_author,
            email=settings.show_email,
            image=settings.show_image or None,
            license=settings.show_license,
            license_url=settings.show_license_url,
        )

    @cached_property
    def pages(self) -> "TrafilaturaReader":
        """The HTML reader; its process starts with the first page."""
        from podcaster.adapters.trafilatura import TrafilaturaReader

        return TrafilaturaReader()

    @cached_property
    def documents(self) -> "ProcessDocumentReader":
        """The reader of PDF, Word, EPUB and mail."""
        from podcaster.adapters.documents import ProcessDocumentReader

        return ProcessDocumentReader()

    def read(self, source: "Submission") -> Article:
        """Read a submitted report; fetches a URL, and the document that its page is there to link to."""
        from podcaster.intake.linked_reports import report_behind

        found = self.fetched(source)
        try:
            return self._read(found)
        except NoArticleFound:
            if not found.may_link:
                raise
            ask = partial(self.fetcher.ask, limit_bytes=self.settings.max_upload_bytes)
            document = report_behind(found.body, found.url or "", ask)
            if document is None:
                raise
            return self._read(
                replace(found, body=document.body, media_type=document.content_type, charset=document.charset)
            )

    def _read(self, source: "Submission") -> Article:
        from podcaster.article.parsing import read_article

        return read_article(
            source.body,
            pages=self.pages,
            documents=self.documents,
            media_type=source.media_type,
            name=source.name or source.url or "",
            url=source.url,
            charset=source.charset,
            language=source.language,
            candidates=self.catalogue.languages,
            least=self.settings.shortest_report,
            published=source.published,
        )

    def chapters(self, source: "Submission") -> int:
        """Number of chapters of a submitted EPUB; 0 for everything else. Fetches a URL."""
        return self.documents.chapters(self.fetched(source).body, name=source.name)

    def fetched(self, source: "Submission") -> "Submission":
        """The submission with its bytes, fetched if it is a URL."""
        if source.body or not source.url:
            return source
        found = self.fetcher.get(source.url, limit_bytes=self.settings.max_upload_bytes)
        return replace(
            source, body=found.body, media_type=found.content_type, charset=found.charset, url=found.url, may_link=True
        )

    def languages_for(self, article: Article) -> Sequence[LanguageTag]:
        """The default languages of a report."""
        from podcaster.render.editing.newsroom import languages_for

        return languages_for(article, self.languages)


def _first(table: Table, folder: str, names: Sequence[str]) -> Mapping[str, Any]:
    """The first of some tables that there is; empty where there is none."""
    found = (table(f"{folder}/{name}") for name in dict.fromkeys(names))
    return next((each for each in found if each is not None), {})
