"""Settings to everything joined. Heavy parts are imported when they are first used."""

import hashlib
import platform
import time
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.errors import NoVoice
from podcaster.model import Show
from podcaster.units import ContentKey, LanguageTag
from podcaster.wiring.engines import shipped
from podcaster.wiring.studios import Studios

if TYPE_CHECKING:
    from podcaster.episode.notes import NotesPhrases
    from podcaster.intake.arrivals import Arrivals
    from podcaster.intake.hooks import Hooks
    from podcaster.intake.rounds import Rounds
    from podcaster.intake.watching import SourceWatcher
    from podcaster.listener.linking import SpeakerClient
    from podcaster.ports import FirstTime, LineDesk, Queue
    from podcaster.render.at_once import ShortWay
    from podcaster.render.feeds import FeedPress
    from podcaster.render.folder import EpisodeFolder
    from podcaster.render.newsroom import NewsDesk
    from podcaster.render.outlet import Outlet
    from podcaster.render.plan import Planner
    from podcaster.render.publication import Publication
    from podcaster.render.stages import RenderStages
    from podcaster.render.timetable import Timetable
    from podcaster.web.services import Services, Speaker

__all__ = ["House", "now", "shipped"]


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class House(Studios):
    """One program: every part made once, from one set of settings."""

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
            addresses=Addresses.served(self.settings.base_url, statistics_prefix=self.settings.statistics_prefix),
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
    def planner(self) -> "Planner":
        """What a render would take."""
        from podcaster.render.plan import Planner

        return Planner(library=self.library, studio=lambda: self.desk_studio)

    @cached_property
    def timetable(self) -> "Timetable":
        """What is published at a time."""
        from podcaster.render.timetable import Timetable

        return Timetable(library=self.library, publication=self.publication, clock=now)

    @cached_property
    def newsroom(self) -> "NewsDesk":
        """What editors ask for."""
        from podcaster.render.newsroom import NewsDesk

        return NewsDesk(
            library=self.library,
            queue=self.queue,
            read=self.read,
            languages=self.languages,
            planner=self.planner,
            clock=now,
            new_id=lambda: uuid.uuid4().hex,
        )

    @cached_property
    def sources(self) -> "SourceWatcher":
        """Feeds and sitemaps that are watched."""
        from podcaster.intake.watching import SourceWatcher

        arrivals = self.arrivals
        return SourceWatcher(
            book=self.library, polite=arrivals.polite, arrivals=arrivals, clock=now, new_id=lambda: uuid.uuid4().hex
        )

    @cached_property
    def arrivals(self) -> "Arrivals":
        """What becomes of the reports that sources list."""
        from podcaster.intake.arrivals import Arrivals
        from podcaster.intake.politeness import PoliteFetcher

        return Arrivals(
            library=self.library,
            newsroom=self.newsroom,
            publishing=self.publication,
            polite=PoliteFetcher(
                fetcher=self.fetcher, clock=now, wait=time.sleep, delay_s=self.settings.source_delay_s
            ),
            clock=now,
            limit_bytes=self.settings.max_upload_bytes,
        )

    @cached_property
    def hooks(self) -> "Hooks":
        """Reports that are pushed."""
        from podcaster.intake.hooks import Hooks

        return Hooks(
            library=self.library,
            newsroom=self.newsroom,
            publishing=self.publication,
            clock=now,
            secret=self.settings.hook_secret,
        )

    @cached_property
    def rounds(self) -> "Rounds":
        """What a worker looks after by itself, beside the queue."""
        from podcaster.intake.rounds import Rounds

        return Rounds([self.sources.poll_due])

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
        from podcaster.render.covers import cover
        from podcaster.render.uses import WordSearch
        from podcaster.web.services import Services

        return Services(
            speaker=self.skill,
            linking=self.linking,
            library=self.library,
            blobs=self.blobs,
            newsroom=self.newsroom,
            lines=self.lines,
            publishing=self.publication,
            search=WordSearch(library=self.library, blobs=self.blobs, newest=self.publication.newest),
            sources=self.sources,
            hooks=self.hooks,
            clock=now,
            show=self.show,
            cover=lambda language: cover(self.show(language).title, language, self.blobs),
            phrases=self._notes_phrases,
            languages=self.languages,
            base_url=self.settings.base_url,
            max_upload_bytes=self.settings.max_upload_bytes,
        )

    @cached_property
    def skill(self) -> "Speaker | None":
        """What answers Alexa; None where the settings name no skill."""
        if not self.settings.alexa_skill_id:
            return None
        from podcaster.alexa.service import open_skill
        from podcaster.web.published import own_reports

        return open_skill(
            self.settings,
            library=self.library,
            selected=own_reports(self.library),
            first_time=self._first_time,
            fetcher=self.fetcher,
            show=self.press.shows,
            spoken=self.languages,
            clock=now,
        )

    @cached_property
    def _first_time(self) -> "FirstTime":
        """One machine's workers share a folder, which is quicker than a write of SQLite's; many machines share a database."""
        if self.settings.database_url.startswith("postgresql"):
            return self.library.first_time
        from podcaster.adapters.passed_requests import PassedRequests

        return PassedRequests(self.settings.data.absolute() / "requests").first_time

    @cached_property
    def linking(self) -> "SpeakerClient | None":
        """Who may link accounts; None where the settings name nobody."""
        from podcaster.wiring.linking import speaker_client

        return speaker_client(self.settings)

    def alexa_package(self) -> Mapping[str, bytes]:
        """What Amazon is given of the skill."""
        from podcaster.alexa.package import skill_package

        spoken = self.catalogue.languages
        return skill_package(
            base_url=self.settings.base_url,
            show=self.press.shows,
            rendered=self.languages,
            spoken=spoken,
            linking=self.linking,
        )

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

        return fingerprint(
            voices=self.voices,
            packages=self._argos_folder,
            piper=self.piper_folders,
            jingles=[file for file in self.jingle_files if file],
        )
