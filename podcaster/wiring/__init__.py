"""The container: builds every part from the settings. Heavy parts are imported on first use."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.errors import SettingsWrong
from podcaster.release import to_install
from podcaster.wiring.desk_parts import DeskParts
from podcaster.wiring.observability import ObservabilityParts
from podcaster.wiring.stores import now, shipped

if TYPE_CHECKING:
    from podcaster.listener.oauth_tokens import SpeakerClient
    from podcaster.render.export.episode_folder import EpisodeFolder
    from podcaster.render.export.output_folder import OutputFolder
    from podcaster.render.synchronous_render import SynchronousRender
    from podcaster.units import LanguageTag
    from podcaster.web.server.limits import RateLimits
    from podcaster.web.services import Services, ShowInFront, Speaker

__all__ = ["Container", "now", "shipped"]


class Container(DeskParts, ObservabilityParts):
    """One program: every part made once, from one set of settings."""

    @cached_property
    def being_made(self) -> set["LanguageTag"]:
        """Languages whose samples are being rendered, or will be: the demo's."""
        return set()

    @cached_property
    def synchronous_render(self) -> "SynchronousRender":
        """From a report to the feeds while one waits."""
        from podcaster.render.synchronous_render import SynchronousRender

        return SynchronousRender(
            library=self.library, blobs=self.blobs, context=self.edited_context, publication=self.publication, clock=now
        )

    def prepare_service(self) -> None:
        """Write a feed for each configured language and queue every unfinished render.

        Raises:
            Conflict: a restore was cut off.
        """
        from podcaster.backup.restoring import refuse_half_restored

        refuse_half_restored(self.blobs)
        for language in self.languages:
            self.feed_publisher.update_feed(language)
        self.feed_publisher.add_missing_sections(self.library.sections())
        self.publication.finish_interrupted()
        self.newsroom.resume()

    def web_services(self) -> "Services":
        """Dependencies of the web service."""
        from podcaster.render.pipeline.covers import cover
        from podcaster.web.services import Services

        return Services(
            speaker=self.skill,
            linking=self.linking,
            assistants=self._assistants,
            show_in_front=self.show_in_front,
            library=self.library,
            blobs=self.blobs,
            newsroom=self.newsroom,
            previews=self.previews,
            listening=self.listening,
            voice_choice=self.voice_choice,
            recording=self.recording,
            revisions=self.revisions,
            lines=self.lines,
            articles=self.articles,
            publishing=self.publication,
            search=self.word_search,
            sources=self.sources,
            backfills=self.backfills,
            hooks=self.hooks,
            clock=now,
            show=self.show,
            cover=lambda language, topic, side_pixels: cover(
                self.show(language).title, language, self.blobs, topic=topic, side_pixels=side_pixels
            ),
            brand=self.settings,
            development=self.settings.development,
            hubs=self.settings.websub_hubs,
            phrases=self._notes_phrases,
            voices=self.ready_voices,
            languages=self.languages,
            being_made=self.being_made,
            base_url=self.settings.base_url,
            former_base_url=self.feed_publisher.addresses.former_base_url,
            max_upload_bytes=self.settings.max_upload_bytes,
            listeners_per_hour=self.settings.listeners_per_hour,
            count_downloads=self.settings.count_downloads,
            figures=self.service_exposition.text,
            instrument=self.tracing.instrument if self.tracing else lambda _: None,
        )

    @cached_property
    def limits(self) -> "RateLimits":
        """Rate limits of API keys: shared by the web workers of a machine, separate between machines."""
        from podcaster.adapters.token_buckets import TokenBuckets
        from podcaster.web.server.limits import RateLimits

        return RateLimits(
            buckets=TokenBuckets(self.settings.data.absolute() / "limits"),
            changes=self.settings.changes_per_minute,
            reads=self.settings.reads_per_minute,
            wrong_keys=self.settings.wrong_keys_per_minute,
        )

    @cached_property
    def show_in_front(self) -> "ShowInFront | None":
        """Writes feeds to files for a web server in front; None if no folder is configured."""
        if self.settings.snapshot is None:
            return None
        from podcaster.adapters.feed_files import SnapshotFolder

        return SnapshotFolder(self.settings.snapshot).show

    @cached_property
    def skill(self) -> "Speaker | None":
        """The Alexa skill; None if no skill id is configured."""
        if not self.settings.alexa_skill_id:
            return None
        from podcaster.alexa.skill_factory import open_skill
        from podcaster.web.listeners.published_reports import personal_reports

        return open_skill(
            self.settings,
            library=self.library,
            selected=personal_reports(self.library),
            first_time=self.first_time,
            fetcher=self.fetcher,
            show=self.feed_publisher.shows,
            spoken=self.languages,
            clock=now,
        )

    @cached_property
    def linking(self) -> "SpeakerClient | None":
        """The OAuth client for account linking; None if none is configured."""
        from podcaster.wiring.linking import speaker_client

        return speaker_client(self.settings)

    @cached_property
    def _assistants(self) -> bool:
        """Whether assistants are served.

        Raises:
            SettingsWrong: they are wanted, and their SDK is not installed.
        """
        if self.settings.assistants and find_spec("mcp") is None:
            raise SettingsWrong(
                "PODCASTER_ASSISTANTS is on, and the package mcp is not installed.",
                f"`{to_install('assistants')}`, or turn it off.",
            )
        return self.settings.assistants

    def alexa_package(self) -> Mapping[str, bytes]:
        """The files of the Alexa skill package."""
        from podcaster.alexa.skill_package import skill_package

        spoken = self.catalogue.languages
        return skill_package(
            base_url=self.settings.base_url,
            show=self.feed_publisher.shows,
            rendered=self.languages,
            spoken=spoken,
            linking=self.linking,
        )

    def close(self) -> None:
        """End every process and close every file that was opened."""
        for part in (
            "synthesizers",
            "queue",
            "library",
            "thread_pool",
            "background_thread_pool",
            "pages",
            "pronouncer",
            "_path_engines",
            "tracing",
        ):
            made = self.__dict__.get(part)
            for each in made.values() if isinstance(made, dict) else filter(None, [made]):
                if part.endswith("thread_pool"):
                    each.shutdown(cancel_futures=True)
                elif hasattr(each, "close"):  # an engine of another package may have nothing to close
                    each.close()

    def output_folder(self, out: Path) -> "OutputFolder":
        """A folder that episodes are rendered into."""
        from podcaster.render.export.output_folder import OutputFolder

        return OutputFolder(out)

    def episode_folder(self, out: Path, moment: datetime) -> "EpisodeFolder":
        """Renders episodes into a folder."""
        from podcaster.render.export.episode_folder import EpisodeFolder

        return EpisodeFolder(
            output_folder=self.output_folder(out), context=self.context, base_url=self.settings.base_url, now=moment
        )
