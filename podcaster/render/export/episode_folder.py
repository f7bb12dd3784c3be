"""An article rendered into a folder of files, in every language at once. Needs no server and no database."""

import json
from collections.abc import Sequence
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
from podcaster.render.pipeline.all_languages import render_languages
from podcaster.render.pipeline.covers import cover
from podcaster.render.pipeline.episode_builder import SCRIPT, BuiltEpisode
from podcaster.render.pipeline.outcome import LanguageOutcome
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.render_context import RenderContext
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
        return render_languages(article, languages, self.context, published=self.now, keep=self._put, progress=progress)

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

    def _put(self, edition: BuiltEpisode) -> Sequence[str]:
        episode = edition.episode
        record = json.dumps(to_record(episode), ensure_ascii=False, indent=1).encode()
        texts = {_FILES[ending]: content for ending, content in edition.texts.items() if ending in _FILES}
        others = {f"episode{form}": content for form, content in edition.alternates.items()}
        files = {**texts, EPISODE: record, **others}
        self.output_folder.put_episode(episode.article, episode.language, edition.audio(), files)
        return ()
