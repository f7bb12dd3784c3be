"""Revisions of an episode that are still stored, compared line by line in text and sound."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from podcaster.audio.splicing import info_frame
from podcaster.episode.script_comparison import LineComparison, ScriptLine, compared
from podcaster.errors import BlobMissing, ClipMissing, EpisodeUnknown, LineUnknown
from podcaster.model import Episode
from podcaster.ports import BlobStore, LineTake, StoredReferences, StoredRevision
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.units import ArticleId, ContentKey, LanguageTag, Revision

_MOST: Final = 20
"""Revisions listed; scripts of replaced ones are pruned after some days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """Fills `ports.RevisionDesk`."""

    blobs: BlobStore
    sentences: SentenceStore
    newest: Callable[[ArticleId, LanguageTag], Episode]
    references: StoredReferences

    def revisions(self, article: ArticleId, language: LanguageTag) -> Sequence[StoredRevision]:
        """The stored revisions, the newest first; those of listeners' own readings left out."""
        newest = self.newest(article, language)
        folder = _folder(article, newest.language)
        stored = {
            Revision(each.name.removeprefix(folder).removesuffix(SCRIPT)): each.stored
            for each in self.blobs.listed(folder)
            if each.name.endswith(SCRIPT)
        }
        if len(stored) > 1:
            for each in self.references.read_revisions():
                if (each.article, each.language) == (article, newest.language):
                    stored.pop(each.revision, None)
        found = [
            StoredRevision(revision=name, stored=moment, newest=name == newest.revision)
            for name, moment in stored.items()
        ]
        return sorted(found, key=lambda each: (each.newest, each.stored), reverse=True)[:_MOST]

    def compare(
        self, article: ArticleId, language: LanguageTag, revision: Revision, *, against: Revision | None
    ) -> Sequence[LineComparison]:
        """The lines of a revision beside those of another; None: the newest."""
        newest = self.newest(article, language)
        after = against or newest.revision
        return compared(self._lines(article, newest.language, revision), self._lines(article, newest.language, after))

    def takes(self, article: ArticleId, language: LanguageTag, index: int) -> Sequence[LineTake]:
        """The ways in which a line of the newest revision was said, each once."""
        first, *rest = self.revisions(article, language)
        language = self.newest(article, language).language
        now = self._lines(article, language, first.revision)
        line = _line(now, index)
        found = [_take(first, line)]
        for each in rest:
            before = self._before(article, language, each, now, line)
            if before is not None and all(_differs(before, take) for take in found):
                found.append(_take(each, before))
        return found

    def sound(self, article: ArticleId, language: LanguageTag, revision: Revision, index: int) -> bytes:
        """A line of a revision as an MP3."""
        language = self.newest(article, language).language
        key = ContentKey(_line(self._lines(article, language, revision), index)["clip"])
        clips, frames = self.sentences.both([key])
        if key not in clips:
            raise ClipMissing(f"The sound of line {index} is gone.", "Render the report again.")
        return b"".join([bytes(info_frame(clips[key].frames)), bytes(frames[key])])

    def _before(
        self,
        article: ArticleId,
        language: LanguageTag,
        revision: StoredRevision,
        now: Sequence[ScriptLine],
        line: ScriptLine,
    ) -> ScriptLine | None:
        """The line that stood in an earlier revision where `line` stands now."""
        earlier = self._lines(article, language, revision.revision)
        return next((each.before for each in compared(earlier, now) if each.after is line), None)

    def _lines(self, article: ArticleId, language: LanguageTag, revision: Revision) -> Sequence[ScriptLine]:
        try:
            document = json.loads(self.blobs.get(f"{_folder(article, language)}{revision}{SCRIPT}"))
        except BlobMissing:
            raise EpisodeUnknown(f"Revision {revision} is not stored.", "List the revisions that are.") from None
        lines: Sequence[ScriptLine] = document["lines"]
        return lines


def _folder(article: ArticleId, language: LanguageTag) -> str:
    return f"media/{article}/{language}/"


def _line(lines: Sequence[ScriptLine], index: int) -> ScriptLine:
    for line in lines:
        if line["index"] == index:
            return line
    raise LineUnknown(f"There is no line {index}.", "Read the script again.")


def _take(revision: StoredRevision, line: ScriptLine) -> LineTake:
    return LineTake(
        revision=revision.revision,
        stored=revision.stored,
        index=line["index"],
        text=line["text"],
        spoken=line["spoken"],
        clip=line["clip"],
    )


def _differs(line: ScriptLine, take: LineTake) -> bool:
    return (line["text"], line["clip"]) != (take.text, take.clip)
