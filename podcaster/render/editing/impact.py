"""Impact of a glossary or lexicon entry: the rendered lines that it would change."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import Pattern
from typing import Any, Final

from podcaster import language as languages
from podcaster.errors import BlobMissing, EpisodeUnknown, InputRefused
from podcaster.feed.section import section_slug
from podcaster.model import Episode
from podcaster.ports import BlobStore, Library, StoredArticle
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.script.entries import expression_of, pattern_of
from podcaster.units import ArticleId, LanguageTag

_REPORTS: Final = 500
"""The newest, which are those that anybody renders again."""
_A_REPORT_S: Final = 0.3
_A_LINE_S: Final = 0.05
MOST_ENTRIES: Final = 300
"""Entries of one request; a regular expression, which no quick look spares, counts as several."""
_EXPRESSION_COUNTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSearch:
    """Fills `ports.WordSearch`."""

    library: Library
    blobs: BlobStore
    newest: Callable[[ArticleId, LanguageTag], Episode]
    """The newest episode of a report in a language, published or held back."""

    def uses(
        self, entry: str, language: LanguageTag, *, source: LanguageTag | None = None, topic: str = ""
    ) -> Mapping[str, Any]:
        """Lines whose report (with `source`, its language) or whose text in `language` holds the entry as a whole."""
        pattern = _patterns([entry])[entry]
        searched = self._searched(topic)
        found = [use for stored in searched if (use := self._in_report(stored, pattern, language, source))]
        lines = sum(len(use["lines"]) for use in found)
        return {
            "entry": entry,
            "searched": len(searched),
            "reports": len(found),
            "lines": lines,
            "seconds": round(len(found) * _A_REPORT_S + lines * _A_LINE_S, 1),
            "uses": found,
        }

    def impact(
        self, entries: Sequence[str], language: LanguageTag, *, source: LanguageTag | None = None, topic: str = ""
    ) -> Mapping[str, Any]:
        """Lines with each entry, in one pass over the newest reports."""
        wanted = _patterns(entries)
        part = "text" if source is None else "source"
        searched = self._searched(topic)
        counts = dict.fromkeys(entries, 0)
        reports = lines = 0
        for stored in searched:
            if source is not None and languages.match(stored.article.language, [source]) is None:
                continue
            texts = [str(line[part]) for line in self._lines(stored.article.id, language)]
            holding = _lines_with(texts, wanted)
            for entry, found in holding.items():
                counts[entry] += len(found)
            touched = len(set().union(*holding.values()))
            reports += bool(touched)
            lines += touched
        seconds = round(reports * _A_REPORT_S + lines * _A_LINE_S, 1)
        return {"searched": len(searched), "reports": reports, "lines": lines, "seconds": seconds, "entries": counts}

    def _searched(self, topic: str) -> Sequence[StoredArticle]:
        """The newest reports; of one topic, by its slug, if there is any."""
        newest = self.library.articles(limit=_REPORTS)
        return [each for each in newest if not topic or topic in map(section_slug, each.article.topics)]

    def _in_report(
        self, stored: StoredArticle, pattern: Pattern[str], language: LanguageTag, source: LanguageTag | None
    ) -> dict[str, Any] | None:
        article = stored.article
        if source is not None and languages.match(article.language, [source]) is None:
            return None
        part = "text" if source is None else "source"
        lines = [
            {"index": line["index"], "text": line[part]}
            for line in self._lines(article.id, language)
            if pattern.search(line[part])
        ]
        return {"article": article.id, "title": article.title, "lines": lines} if lines else None

    def _lines(self, article: ArticleId, language: LanguageTag) -> Iterator[Mapping[str, Any]]:
        try:
            episode = self.newest(article, language)
            script = self.blobs.get(f"media/{article}/{language}/{episode.revision}{SCRIPT}")
        except (EpisodeUnknown, BlobMissing):
            return
        yield from json.loads(script)["lines"]


def _patterns(entries: Sequence[str]) -> Mapping[str, Pattern[str]]:
    """For each entry, a pattern of it as a whole; a term that begins in lower case may begin a sentence."""
    cost, patterns = 0, {}
    for entry in entries:
        try:
            expression = expression_of(entry)
        except ValueError as error:
            raise InputRefused(f"The expression {entry} cannot be used: {error}.", "Correct it.") from error
        cost += 1 if expression is None else _EXPRESSION_COUNTS
        if cost > MOST_ENTRIES:
            raise InputRefused(
                "There are too many entries at once.",
                f"Ask for at most {MOST_ENTRIES}; an expression counts as {_EXPRESSION_COUNTS}.",
            )
        begun = dict.fromkeys([entry, entry[:1].upper() + entry[1:]])
        patterns[entry] = re.compile("|".join(map(pattern_of, begun)))
    return patterns


def _lines_with(texts: Sequence[str], patterns: Mapping[str, Pattern[str]]) -> Mapping[str, set[int]]:
    """For each entry, the places of the texts that hold it. A quick look at the whole spares most expressions."""
    whole = "\n".join(texts).casefold()
    near = [entry for entry in patterns if expression_of(entry) is not None or entry.casefold() in whole]
    return {entry: {place for place, text in enumerate(texts) if patterns[entry].search(text)} for entry in near}
