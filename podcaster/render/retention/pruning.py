"""Finds and deletes stored files that nothing points at and whose time is over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, groupby
from typing import Final

import structlog

from podcaster.ports import BlobStore, Clock, Library, StoredBlob
from podcaster.render.publishing.takedowns import MARKS, MEDIA, Takedowns
from podcaster.render.retention.references import HELD, WORK, References, RevisionName, clips_in, references
from podcaster.units import ArticleId, ContentKey, LanguageTag, RenderId

_SCRIPT: Final = ".script.json"
_BRIEFING: Final = timedelta(days=7)
"""Daily briefings are in private feeds for five days, and are spliced by the scripts of the revisions that they name."""
_SNAPSHOTS, _CLIPS, _PROOFS = "feeds/", "clips/", "proofs/"
_PEAKS, _PREVIEWS, _RECORDINGS = "peaks/", "voice-previews/", "recordings/"
log = structlog.get_logger()


class PrunedKind(StrEnum):
    """Kinds of files that are kept for a time."""

    FEEDS = "feeds"
    WORK = "work"
    REVISIONS = "revisions"
    DRAFTS = "drafts"
    REMOVED = "removed"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Time that files stay after the last reference to them is gone."""

    feeds: timedelta = timedelta(hours=1)
    work: timedelta = timedelta(hours=24)
    revisions: timedelta = timedelta(hours=24)
    drafts: timedelta = timedelta(days=30)
    removed: timedelta = timedelta(days=30)
    clips: timedelta = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """The files of one kind that can go."""

    kind: PrunedKind
    files: Sequence[StoredBlob]

    @property
    def length(self) -> int:
        """Bytes of all of them."""
        return sum(each.length for each in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruning:
    """Retention of one library's files; several processes may prune at once."""

    library: Library
    blobs: BlobStore
    takedowns: Takedowns
    periods: Periods
    clock: Clock

    def find(self, *, clips: bool = True) -> Sequence[Expired]:
        """Find what can go; `clips` reads the script of every episode."""
        # Files are listed before references are read: what is pointed at only afterwards was written afterwards too.
        listed = {
            prefix: list(self.blobs.listed(prefix)) for prefix in (_SNAPSHOTS, WORK, MEDIA, HELD, _PEAKS, _RECORDINGS)
        }
        needed, now = references(self.library, self.blobs), self.clock()
        media = list(self._media([*listed[MEDIA], *listed[_PEAKS]], needed, now))
        found: dict[PrunedKind, list[StoredBlob]] = {kind: [] for kind in PrunedKind}
        found[PrunedKind.FEEDS] = [
            each
            for each in listed[_SNAPSHOTS]
            if f"{each.name.partition('.xml')[0]}.xml" not in needed.snapshots
            and now - each.stored > self.periods.feeds
        ]
        found[PrunedKind.WORK] = [
            each
            for each in listed[WORK]
            if RenderId(each.name.split("/")[1]) not in needed.unfinished and now - each.stored > self.periods.work
        ]
        found[PrunedKind.DRAFTS] = [
            each
            for each in listed[HELD]
            if each.name not in needed.newest_drafts and now - each.stored > self.periods.drafts
        ]
        for kind, each in (*media, *self._recordings(listed[_RECORDINGS], needed, now)):
            found[kind].append(each)
        if clips:
            gone = {each.name for _, each in media}
            kept = [each.name for each in listed[MEDIA] if each.name.endswith(_SCRIPT) and each.name not in gone]
            found[PrunedKind.CLIPS] += self._clips(kept, needed, now)
        return [Expired(kind=kind, files=files) for kind, files in found.items()]

    def remove(self, found: Iterable[Expired]) -> int:
        """Delete files that `find` found, except those written again since; how many that were."""
        deleted = 0
        files = sorted(chain.from_iterable(each.files for each in found), key=lambda each: each.name)
        for folder, within in groupby(files, key=lambda each: f"{each.name.rpartition('/')[0]}/"):
            current = {each.name: each.stored for each in self.blobs.listed(folder)}
            for each in within:
                if current.get(each.name) == each.stored:
                    self.blobs.delete(each.name)
                    deleted += 1
        return deleted

    def settle_takedowns(self) -> None:
        """Mend marks that an interrupted takedown or an earlier version left wrong."""
        marked = {tuple(name.split("/")[1:]) for name in self.blobs.names(MARKS)}
        live = {(each.article, each.language) for each in self.library.revisions() if each.live}
        stored = {tuple(name.split("/")[1:3]) for name in self.blobs.names(MEDIA)}
        for article, language in sorted((stored - live - marked) | (live & marked)):
            self.takedowns.settle(ArticleId(article), LanguageTag(language))

    def run(self) -> bool:
        """Prune what a worker prunes by itself: everything but clips, which take long to look through."""
        self.settle_takedowns()
        found = self.find(clips=False)
        deleted = self.remove(found)
        if deleted:
            log.info("old files deleted", files=deleted, bytes=sum(each.length for each in found))
        return False

    def _media(
        self, files: Iterable[StoredBlob], needed: References, now: datetime
    ) -> Iterator[tuple[PrunedKind, StoredBlob]]:
        for each in files:
            article, language, file = each.name.split("/")[1:4]
            revision = file.partition(".")[0]
            if RevisionName(article, language, revision) in needed.revisions:
                continue
            removed = needed.removed.get(ArticleId(article))
            if removed is not None:
                if now - max(removed, each.stored) > self.periods.removed:
                    yield PrunedKind.REMOVED, each
                continue
            replaced = max(each.stored, needed.replaced.get((article, language), each.stored))
            period = max(self.periods.revisions, _BRIEFING) if file.endswith(_SCRIPT) else self.periods.revisions
            if now - replaced > period:
                yield PrunedKind.REVISIONS, each

    def _recordings(
        self, files: Sequence[StoredBlob], needed: References, now: datetime
    ) -> Iterator[tuple[PrunedKind, StoredBlob]]:
        """Recordings that no line has any more, and those of removed reports alone."""
        if not files or needed.unfinished:  # a render under way may go by an earlier wording
            return
        named = self.library.recordings()
        for each in files:
            removed = [needed.removed.get(article) for article in named.get(_key(each.name), ())]
            if not removed:
                if now - each.stored > self.periods.clips:
                    yield PrunedKind.CLIPS, each
            elif None not in removed and now - max(each.stored, *filter(None, removed)) > self.periods.removed:
                yield PrunedKind.REMOVED, each

    def _clips(self, scripts: Sequence[str], needed: References, now: datetime) -> Iterator[StoredBlob]:
        files = chain.from_iterable(map(self.blobs.listed, (_CLIPS, _PROOFS, _PREVIEWS)))
        old = [each for each in files if now - each.stored > self.periods.clips]
        if old:
            work = [name for render in needed.unfinished for name in self.blobs.names(f"{WORK}{render}/")]
            used = set(clips_in([*scripts, *work], self.blobs))
            yield from (each for each in old if each.name.rpartition("/")[2] not in used)


def _key(name: str) -> ContentKey:
    """The key in a recording's name."""
    return ContentKey(name.rpartition("/")[2].partition(".")[0])
