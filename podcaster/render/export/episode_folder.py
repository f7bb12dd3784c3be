"""An article rendered into a folder of files, in every language at once. Needs no server and no database."""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from podcaster.episode import cover_sizes
from podcaster.episode.serialisation import from_record, to_record
from podcaster.errors import PodcasterError
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.rss import FeedEntry, render_feed
from podcaster.model import Article
from podcaster.render.export.output_folder import EPISODE, OutputFolder
from podcaster.render.pipeline.covers import cover
from podcaster.render.pipeline.episode_builder import SCRIPT, build_episode
from podcaster.render.pipeline.outcome import LanguageOutcome, done_report, failed_report
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.units import LanguageTag

_FILES = {
    SCRIPT: "script.json",
    EpisodeFileKind.VTT: "transcript.vtt",
    EpisodeFileKind.SRT: "transcript.srt",
    EpisodeFileKind.TRANSCRIPT: "transcript.json",
    EpisodeFileKind.CHAPTERS: "chapters.json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFolder:
    """Renders articles into an output folder."""

    output_folder: OutputFolder
    context: RenderContext
    base_url: str
    """Base URL of the folder's content, as it stands in the feeds."""
    now: datetime

    def render(
        self, article: Article, languages: Sequence[LanguageTag], progress: Progress = unwatched
    ) -> Sequence[LanguageOutcome]:
        """Render into every language at once; one that fails does not stop the others."""
        # Drawing takes more memory than anything else here, so it comes before what stays in memory. What hinders it
        # is told where the episode is made.
        with suppress(PodcasterError):
            for language in languages:
                cover(
                    self.context.shows(language).title, language, self.context.blobs, side_pixels=cover_sizes.EMBEDDED
                )
        with ThreadPoolExecutor(len(languages)) as threads:
            return list(threads.map(lambda language: self._made(article, language, progress), languages))

    def feed(self, language: LanguageTag, others: Sequence[LanguageTag], records: Sequence[bytes]) -> bytes:
        """The feed of these episodes' records, the newest report first; it recommends the same show in other languages."""
        found = [from_record(json.loads(record)) for record in records]
        newest = sorted(found, key=lambda each: (each.published, each.guid), reverse=True)
        return render_feed(
            self.context.shows(language),
            [FeedEntry(episode=episode, changed=episode.published) for episode in newest],
            name=language,
            addresses=Addresses.folder(self.base_url),
            phrases=self.context.phrases(language),
            podroll={other: self.context.shows(other) for other in others},
        )

    def _made(self, article: Article, language: LanguageTag, progress: Progress) -> LanguageOutcome:
        started = time.monotonic()
        try:
            progress(language, "translate", 0, 0)
            text = translate(article, language, self.context)
            sound = speak(text.script, self.context, progress)
            edition = build_episode(article, sound.rendition, self.context, published=article.published or self.now)
        except PodcasterError as error:
            return LanguageOutcome(language=language, report=failed_report(error), error=error)
        record = json.dumps(to_record(edition.episode), ensure_ascii=False, indent=1).encode()
        texts = {_FILES[ending]: content for ending, content in edition.texts.items() if ending in _FILES}
        others = {f"episode{form}": content for form, content in edition.alternates.items()}
        self.output_folder.put_episode(article.id, language, edition.audio(), {**texts, EPISODE: record, **others})
        report = done_report(text, sound, seconds=time.monotonic() - started)
        return LanguageOutcome(language=language, report=report)
