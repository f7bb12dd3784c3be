"""Episodes as files in a folder, with their feeds: `podcaster render --out`. Needs no server and no database."""

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from podcaster.episode.record import from_record, to_record
from podcaster.errors import PodcasterError
from podcaster.feed.addresses import Addresses
from podcaster.feed.addresses import EpisodeFile as Ending
from podcaster.feed.rss import Entry, render_feed
from podcaster.model import Article
from podcaster.render.edition import SCRIPT, make_edition
from podcaster.render.outcome import Outcome, done_report, failed_report
from podcaster.render.pipeline import speak, translate
from podcaster.render.progress import Progress, unwatched
from podcaster.render.studio import Studio
from podcaster.units import LanguageTag

_FILES = {
    SCRIPT: "script.json",
    Ending.VTT: "transcript.vtt",
    Ending.SRT: "transcript.srt",
    Ending.TRANSCRIPT: "transcript.json",
    Ending.CHAPTERS: "chapters.json",
}
_AUDIO, _EPISODE = "episode.mp3", "episode.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFolder:
    """A folder with a folder for each article and language, and `feeds/`."""

    out: Path
    studio: Studio
    base_url: str
    """Where the folder's content will be reached; stands in the feeds."""
    now: datetime

    def render(
        self, article: Article, languages: Sequence[LanguageTag], progress: Progress = unwatched
    ) -> Sequence[Outcome]:
        """Render an article into every language at once; one that fails does not stop the others."""
        with ThreadPoolExecutor(len(languages)) as desks:
            return list(desks.map(lambda language: self._outcome(article, language, progress), languages))

    def write_feeds(self, languages: Sequence[LanguageTag]) -> Sequence[Path]:
        """Feeds of everything in the folder, the newest report first."""
        return [self._write_feed(language) for language in languages if any(self._entries(language))]

    def _outcome(self, article: Article, language: LanguageTag, progress: Progress) -> Outcome:
        started = time.monotonic()
        try:
            progress(language, "translate", 0, 0)
            text = translate(article, language, self.studio)
            sound = speak(text.script, self.studio, progress)
            edition = make_edition(article, sound.rendition, self.studio, published=article.published or self.now)
        except PodcasterError as error:
            return Outcome(language=language, report=failed_report(error), error=error)
        record = json.dumps(to_record(edition.episode), ensure_ascii=False, indent=1).encode()
        texts = {_FILES[ending]: content for ending, content in edition.texts.items() if ending in _FILES}
        self._replace(self.out / article.id / language, edition.audio(), {**texts, _EPISODE: record})
        report = done_report(text, sound, seconds=time.monotonic() - started)
        return Outcome(language=language, report=report)

    def _replace(self, folder: Path, audio: Iterator[bytes], texts: dict[str, bytes]) -> None:
        """Write a folder beside, then put it in the place of the old one."""
        beside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        try:
            with (beside / _AUDIO).open("wb") as file:
                file.writelines(audio)
            for name, content in texts.items():
                (beside / name).write_bytes(content)
            old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
            if folder.exists():
                folder.rename(old)
            beside.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _write_feed(self, language: LanguageTag) -> Path:
        file = self.out / "feeds" / f"{language}.xml"
        file.parent.mkdir(parents=True, exist_ok=True)
        xml = render_feed(
            self.studio.shows(language),
            list(self._entries(language)),
            name=language,
            addresses=Addresses.folder(self.base_url),
        )
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        beside.write_bytes(xml)
        beside.replace(file)
        return file

    def _entries(self, language: LanguageTag) -> Iterator[Entry]:
        found = [from_record(json.loads(file.read_bytes())) for file in self.out.glob(f"[!.]*/{language}/{_EPISODE}")]
        for episode in sorted(found, key=lambda each: (each.published, each.guid), reverse=True):
            yield Entry(episode=episode, changed=episode.published)
