"""Settings to everything joined. Heavy parts are imported when they are first used."""

import hashlib
import os
import platform
import tomllib
import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import podcaster
from podcaster import language as languages
from podcaster.errors import NoVoice, SettingsWrong
from podcaster.model import Article, Show
from podcaster.settings import Settings
from podcaster.units import ContentKey, LanguageTag

if TYPE_CHECKING:
    from podcaster.episode.notes import NotesPhrases
    from podcaster.ports import BlobStore, Fetcher, Library, LineDesk, ModelShelf, Queue, Submission
    from podcaster.render.at_once import ShortWay
    from podcaster.render.feeds import FeedPress
    from podcaster.render.folder import EpisodeFolder
    from podcaster.render.newsroom import NewsDesk
    from podcaster.render.outlet import Outlet
    from podcaster.render.publication import Publication
    from podcaster.render.stages import RenderStages
    from podcaster.render.studio import Studio
    from podcaster.script.lexicon import Lexicon
    from podcaster.script.phrases import Phrases
    from podcaster.speech.catalogue import Catalogue
    from podcaster.speech.synthesizer import Synthesizer
    from podcaster.translation.glossary import Glossary
    from podcaster.translation.translator import Translator
    from podcaster.web.services import Services


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def shipped(name: str) -> Path:
    """A folder that comes with podcaster: inside the package where it is installed, beside it in a clone."""
    package = Path(podcaster.__file__).parent
    return next((folder for folder in (package / name, package.parent / name) if folder.is_dir()), package / name)


class House:
    """One program: every part made once, from one set of settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def languages(self) -> Sequence[LanguageTag]:
        """What every report is rendered into."""
        return tuple(dict.fromkeys(languages.parse(tag) for tag in self.settings.languages))

    @cached_property
    def voices(self) -> Path:
        """The folder that editors change."""
        return self.settings.voices or shipped("voices")

    @cached_property
    def blobs(self) -> "BlobStore":
        """Clips, translations, episodes, feeds."""
        from podcaster.adapters.blobs import open_blobs

        return open_blobs(self.settings.storage_url or self.settings.data / "blobs")

    @cached_property
    def catalogue(self) -> "Catalogue":
        """Who speaks what."""
        from podcaster.speech.catalogue import Catalogue

        if not self.voices.is_dir():
            raise SettingsWrong(f"{self.voices} is no folder.", "Correct PODCASTER_VOICES.")
        return Catalogue(self.voices)

    @cached_property
    def translators(self) -> Sequence["Translator"]:
        """In order of preference: neural models where they are installed, then the embedded drafts."""
        from podcaster.adapters.apertium import ApertiumTranslator
        from podcaster.adapters.argos import ArgosTranslator

        settings = self.settings
        argos = ArgosTranslator(
            self._argos_folder,
            beam=settings.argos_beam,
            workers=settings.argos_threads or self.workers,
            device=settings.argos_device,
            compute_type=settings.argos_compute_type,
        )
        return (argos, argos.narrower(), *self._servers, ApertiumTranslator())

    @property
    def _servers(self) -> Sequence["Translator"]:
        """Translation servers that an operator has."""
        if not self.settings.libretranslate_url:
            return ()
        from podcaster.adapters.libretranslate import LibreTranslator

        return (LibreTranslator(self.settings.libretranslate_url, key=self.settings.libretranslate_key),)

    @cached_property
    def models(self) -> "ModelShelf":
        """Translation packages."""
        from podcaster.adapters.argos import ArgosPackages

        return ArgosPackages(self._argos_folder, self.fetcher, index=self.settings.argos_index)

    @property
    def _argos_folder(self) -> Path:
        return self.settings.argos_packages or self.settings.data / "argos"

    @cached_property
    def synthesizers(self) -> Mapping[str, "Synthesizer"]:
        """By the name that voices/*.toml use."""
        from podcaster.adapters.espeak import EspeakSynthesizer

        espeak = EspeakSynthesizer()
        return {espeak.name: espeak}

    @cached_property
    def crew(self) -> Executor:
        """Makes lines at the same time."""
        return ThreadPoolExecutor(self.workers, thread_name_prefix="crew")

    @property
    def workers(self) -> int:
        """How many lines at a time."""
        return self.settings.workers or len(os.sched_getaffinity(0))

    @cached_property
    def studio(self) -> "Studio":
        """What a rendition is made with, by the files in voices/ alone: no database is opened."""
        return self._studio(self._file)

    @cached_property
    def desk_studio(self) -> "Studio":
        """What the service's renditions are made with: what editors have settled stands in place of the files."""

        def table(name: str) -> Mapping[str, Any] | None:
            put = self.library.editors_table(name)
            return self._file(name) if put is None else put.content

        return replace(self._studio(table), wordings=self.library.wordings)

    def _studio(self, table: Callable[[str], Mapping[str, Any] | None]) -> "Studio":
        from podcaster.adapters.lame import LameEncoder
        from podcaster.render.studio import Studio

        return Studio(
            catalogue=self.catalogue,
            translators=self.translators,
            synthesizers=self.synthesizers,
            encoder=LameEncoder(),
            blobs=self.blobs,
            phrases=self.phrases,
            lexicon=lambda language: self._lexicon(language, table),
            glossary=lambda source, target: self._glossary(source, target, table),
            shows=self.show,
            wordings=lambda _, __: {},
            crew=self.crew,
        )

    def phrases(self, language: LanguageTag) -> "Phrases":
        """What podcaster itself says in a language."""
        from podcaster.script.phrases import Phrases

        return Phrases.from_table(language, self.catalogue.phrases(language))

    @staticmethod
    def _lexicon(language: LanguageTag, table: Callable[[str], Mapping[str, Any] | None]) -> "Lexicon":
        """How single words are said in a language."""
        from podcaster.script.lexicon import Lexicon

        return Lexicon.from_table(language, _first(table, "lexicons", [language, languages.base(language)]))

    @staticmethod
    def _glossary(
        source: LanguageTag, target: LanguageTag, table: Callable[[str], Mapping[str, Any] | None]
    ) -> "Glossary":
        """Settled terms of a pair."""
        from podcaster.translation.glossary import Glossary

        base = languages.base(source)
        names = [f"{source}-{target}", f"{base}-{target}", f"{base}-{languages.base(target)}"]
        return Glossary.of(names[0], _first(table, "glossaries", names))

    @cached_property
    def lines(self) -> "LineDesk":
        """What editors do to lines, terms and words."""
        from podcaster.render.lines import EditorsLines

        return EditorsLines(
            library=self.library,
            blobs=self.blobs,
            newest=self.publication.newest,
            file=lambda name: self._file(name) or {},
            clock=now,
        )

    def show(self, language: LanguageTag) -> Show:
        """The podcast of a language."""
        settings = self.settings
        return Show(
            language=language,
            title=settings.show_title,
            description=settings.show_description,
            base_url=settings.base_url,
            author=settings.show_author,
            email=settings.show_email,
            image=settings.show_image or None,
        )

    @cached_property
    def library(self) -> "Library":
        """Reports, renders, episodes, feeds, keys."""
        from podcaster.adapters.database import open_library

        return open_library(self._database_url("podcaster"))

    @cached_property
    def press(self) -> "FeedPress":
        """Writes feeds, whose cover the service draws where none is set."""
        from podcaster.feed.addresses import Addresses
        from podcaster.render.feeds import FeedPress

        def show(language: LanguageTag) -> Show:
            drawn = f"{self.settings.base_url}/covers/{language}.jpg"
            return replace(self.show(language), image=self.settings.show_image or drawn)

        return FeedPress(
            library=self.library,
            blobs=self.blobs,
            shows=show,
            addresses=Addresses.served(self.settings.base_url),
            clock=now,
            phrases=self._notes_phrases,
        )

    @cached_property
    def publication(self) -> "Publication":
        """What becomes public, and when."""
        from podcaster.render.publication import Publication

        return Publication(
            library=self.library,
            blobs=self.blobs,
            press=self.press,
            clock=now,
            publish_drafts=self.settings.publish_drafts,
            publish_flagged=self.settings.publish_flagged,
        )

    @cached_property
    def stages(self) -> "RenderStages":
        """What a worker does."""
        from podcaster.render.stages import RenderStages

        return RenderStages(
            library=self.library, blobs=self.blobs, studio=self.desk_studio, publication=self.publication
        )

    @cached_property
    def queue(self) -> "Queue":
        """Work that survives."""
        from podcaster.adapters.dbos import DbosQueue

        return DbosQueue(
            self._database_url("jobs"),
            lambda: self.stages,
            workers=self.workers,
            worker_name=self.settings.worker_name or platform.node() or "worker",
        )

    @cached_property
    def newsroom(self) -> "NewsDesk":
        """What editors ask for."""
        from podcaster.render.newsroom import NewsDesk

        return NewsDesk(
            library=self.library,
            queue=self.queue,
            read=self.read,
            languages=self.languages,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
        )

    def languages_for(self, article: Article) -> Sequence[LanguageTag]:
        """What a report is rendered into where nobody says otherwise."""
        from podcaster.render.newsroom import languages_for

        return languages_for(article, self.languages)

    @cached_property
    def short_way(self) -> "ShortWay":
        """From a report to the feeds while one waits."""
        from podcaster.render.at_once import ShortWay

        return ShortWay(
            library=self.library, blobs=self.blobs, studio=self.desk_studio, publication=self.publication, clock=now
        )

    def open_shop(self) -> None:
        """Have a feed for every configured language, and every unfinished render in the queue."""
        for language in self.languages:
            self.press.print_feed(language)
        self.press.print_missing(self.library.sections())
        self.newsroom.resume()

    def web_services(self) -> "Services":
        """What the web service is handed."""
        from podcaster.alexa.service import open_skill
        from podcaster.render.covers import cover
        from podcaster.web.services import Services

        skill = open_skill(
            self.settings,
            library=self.library,
            fetcher=self.fetcher,
            show=self.press.shows,
            spoken=self.languages,
            clock=now,
        )
        return Services(
            speaker=skill,
            library=self.library,
            blobs=self.blobs,
            newsroom=self.newsroom,
            lines=self.lines,
            publishing=self.publication,
            clock=now,
            show=self.show,
            cover=lambda language: cover(self.show(language).title, language, self.blobs),
            phrases=self._notes_phrases,
            languages=self.languages,
            base_url=self.settings.base_url,
            max_upload_bytes=self.settings.max_upload_bytes,
        )

    def alexa_package(self) -> Mapping[str, bytes]:
        """What Amazon is given of the skill."""
        from podcaster.alexa.package import skill_package

        spoken = self.catalogue.languages
        return skill_package(
            base_url=self.settings.base_url, show=self.press.shows, rendered=self.languages, spoken=spoken
        )

    @cached_property
    def fetcher(self) -> "Fetcher":
        """Asks other machines."""
        from podcaster.adapters.fetch import GuardedFetcher

        settings = self.settings
        return GuardedFetcher(allow_loopback=settings.allow_loopback, allowed_networks=settings.allowed_networks)

    def who_speaks(self, language: LanguageTag) -> str:
        """The voice that a language is spoken with here.

        Raises:
            NoVoice: there is none.
        """
        return self.catalogue.choose(language, self.synthesizers)[0].name

    def who_translates(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine that translates a pair here.

        Raises:
            NoTranslationPath: there is none.
        """
        from podcaster.translation.scripts import choose

        if languages.match(source, [target]):
            return "nobody: it is the source"
        translator = choose(self.translators, source, target)
        return f"{translator.name} (draft)" if translator.draft else translator.name

    def close(self) -> None:
        """End every process and let go of every file that this house opened."""
        for part in ("synthesizers", "queue", "library", "crew"):
            made = self.__dict__.get(part)
            for each in made.values() if isinstance(made, dict) else filter(None, [made]):
                each.shutdown(cancel_futures=True) if part == "crew" else each.close()

    def _notes_phrases(self, language: LanguageTag) -> "NotesPhrases":
        """A language without a voice has a feed all the same: an empty one must not keep the others from being served."""
        from podcaster.episode.notes import ENGLISH

        try:
            return self.phrases(language)
        except NoVoice:
            return ENGLISH

    def _database_url(self, name: str) -> str:
        """One PostgreSQL database holds everything; SQLite files hold the library and the jobs apart."""
        return self.settings.database_url or f"sqlite:///{self.settings.data.absolute() / name}.sqlite"

    def outlet(self, out: Path) -> "Outlet":
        """A folder that episodes are rendered into."""
        from podcaster.render.outlet import Outlet

        return Outlet(out=out, blobs=self.blobs, shape=self._shape)

    def episode_folder(self, out: Path, moment: datetime) -> "EpisodeFolder":
        """What makes the episodes in such a folder."""
        from podcaster.render.folder import EpisodeFolder

        return EpisodeFolder(outlet=self.outlet(out), studio=self.studio, base_url=self.settings.base_url, now=moment)

    def render_key(self, body: bytes, *asked: str) -> ContentKey:
        """Stands for everything that a render of these bytes is made of: settings, voices, engines, podcaster itself."""
        from podcaster.audio.stored import content_key

        return content_key(
            body=hashlib.sha256(body).hexdigest(), asked="\n".join(asked), shape=self._shape, made_with=self._made_with
        )

    @cached_property
    def _shape(self) -> str:
        return self.settings.model_dump_json(exclude={"data"})

    @cached_property
    def _made_with(self) -> str:
        from podcaster.render.fingerprint import fingerprint

        return fingerprint(voices=self.voices, packages=self._argos_folder)

    def read(self, source: "Submission") -> Article:
        """The report in what somebody handed in; a URL is fetched."""
        from podcaster.adapters.trafilatura import TrafilaturaReader
        from podcaster.article.reading import read_article

        body, media_type, charset, url = source.body, source.media_type, source.charset, source.url
        if url and not body:
            fetched = self.fetcher.get(url, limit_bytes=self.settings.max_upload_bytes)
            body, media_type, charset, url = fetched.body, fetched.content_type, fetched.charset, fetched.url
        return read_article(
            body,
            pages=TrafilaturaReader(),
            media_type=media_type,
            name=source.name or url or "",
            url=url,
            charset=charset,
            language=source.language,
            candidates=self.catalogue.languages,
        )

    def _file(self, name: str) -> Mapping[str, Any] | None:
        """A TOML file below voices/, by its path without the ending; None where there is none."""
        file = self.voices / f"{name}.toml"
        if not file.is_file():
            return None
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsWrong(f"{file} cannot be read: {error}.", "Correct the file.") from error


def _first(table: Callable[[str], Mapping[str, Any] | None], folder: str, names: Sequence[str]) -> Mapping[str, Any]:
    """The first of some tables that there is; empty where there is none."""
    found = (table(f"{folder}/{name}") for name in dict.fromkeys(names))
    return next((each for each in found if each is not None), {})
