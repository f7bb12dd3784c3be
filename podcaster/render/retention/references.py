"""Everything that stored files are needed for: feeds, held drafts, readings, renders under way, briefings."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore, Library, PublishedRevision
from podcaster.render.publishing.publication import held_moment
from podcaster.units import ArticleId, RenderId

HELD: Final = "held/"
WORK: Final = "work/"
_CLIP: Final = re.compile(rb'"(?:clip|key)": ?"([0-9a-f]{64})"')
_BATCH: Final = 64


class RevisionName(NamedTuple):
    """A revision of an episode."""

    article: str
    language: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Files that were needed at one moment."""

    snapshots: frozenset[str]
    """Blobs of feeds and archive pages."""
    revisions: frozenset[RevisionName]
    newest_drafts: frozenset[str]
    """Blobs of the newest held draft of each episode."""
    unfinished: frozenset[RenderId]
    replaced: Mapping[tuple[str, str], datetime]
    """When the present revision of an article and language replaced the one before."""
    removed: Mapping[ArticleId, datetime]


def references(library: Library, blobs: BlobStore) -> References:
    """Read what is needed.

    The library is read before and after the drafts: an episode that is withdrawn or released meanwhile is in one of them.
    """
    before = library.revisions()
    removed = library.removed_articles()
    unfinished = frozenset(each.id for each in library.unfinished_renders())
    drafts = [each for each in blobs.names(HELD) if ArticleId(each.split("/")[1]) not in removed]
    newest = _newest(drafts)
    made = set(_episodes_in(newest, blobs)) | set(_episodes_in(_episodes_under_way(unfinished, blobs), blobs))
    after = library.revisions()
    made |= {_name(each) for each in (*before, *after) if each.live}
    made |= {
        RevisionName(each.article, each.language, each.revision)
        for each in library.read_revisions()
        if (each.article, each.language, each.of) in made
    }
    return References(
        snapshots=library.snapshots(),
        revisions=frozenset(made),
        newest_drafts=frozenset(newest),
        unfinished=unfinished,
        replaced={(each.article, each.language): each.changed for each in after},
        removed=removed,
    )


def clips_in(names: Iterable[str], blobs: BlobStore) -> Iterator[str]:
    """Keys of the clips that documents name; a document that is gone names none."""
    wanted = list(names)
    for start in range(0, len(wanted), _BATCH):
        for document in blobs.get_many(wanted[start : start + _BATCH]).values():
            yield from (key.decode() for key in _CLIP.findall(document))


def _name(each: PublishedRevision) -> RevisionName:
    return RevisionName(each.article, each.language, each.revision)


def _newest(drafts: Iterable[str]) -> list[str]:
    newest: dict[str, str] = {}
    for each in sorted(drafts, key=lambda name: (held_moment(name), name)):
        newest[each.partition(".")[0]] = each
    return list(newest.values())


def _episodes_under_way(unfinished: Iterable[RenderId], blobs: BlobStore) -> list[str]:
    found = (name for render in unfinished for name in blobs.names(f"{WORK}{render}/"))
    return [name for name in found if name.endswith(".episode.json")]


def _episodes_in(records: Iterable[str], blobs: BlobStore) -> Iterator[RevisionName]:
    for name in records:
        with suppress(BlobMissing):  # published or finished meanwhile
            record = json.loads(blobs.get(name))
            yield RevisionName(record["article"], record["language"], record["revision"])
