"""Impact of a glossary or lexicon entry: the rendered lines that it would change."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from podcaster import language as languages
from podcaster.errors import BlobMissing, EpisodeUnknown, InputRefused
from podcaster.model import Episode
from podcaster.ports import BlobStore, Library, StoredArticle
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.script.entries import expression_of, pattern_of
from podcaster.units import ArticleId, LanguageTag

_REPORTS: Final = 500
"""The newest, which are those that anybody renders again."""
_A_REPORT_S: Final = 0.3
_A_LINE_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSearch:
    """Fills `ports.WordSearch`."""

    library: Library
    blobs: BlobStore
    newest: Callable[[ArticleId, LanguageTag], Episode]
    """The newest episode of a report in a language, published or held back."""

    def uses(self, entry: str, language: LanguageTag, *, source: LanguageTag | None = None) -> Mapping[str, Any]:
        """Lines whose report (with `source`, its language) or whose text in `language` holds the entry as a whole."""
        try:
            expression_of(entry)
        except ValueError as error:
            raise InputRefused(f"The expression {entry} cannot be used: {error}.", "Correct it.") from error
        searched = self.library.articles(limit=_REPORTS)
        found = [use for stored in searched if (use := self._in_report(stored, entry, language, source))]
        lines = sum(len(use["lines"]) for use in found)
        return {
            "entry": entry,
            "searched": len(searched),
            "reports": len(found),
            "lines": lines,
            "seconds": round(len(found) * _A_REPORT_S + lines * _A_LINE_S, 1),
            "uses": found,
        }

    def _in_report(
        self, stored: StoredArticle, entry: str, language: LanguageTag, source: LanguageTag | None
    ) -> dict[str, Any] | None:
        article = stored.article
        if source is not None and languages.match(article.language, [source]) is None:
            return None
        part = "text" if source is None else "source"
        lines = [
            {"index": line["index"], "text": line[part]}
            for line in self._lines(article.id, language)
            if _holds(line[part], entry)
        ]
        return {"article": article.id, "title": article.title, "lines": lines} if lines else None

    def _lines(self, article: ArticleId, language: LanguageTag) -> Iterator[Mapping[str, Any]]:
        try:
            episode = self.newest(article, language)
            script = self.blobs.get(f"media/{article}/{language}/{episode.revision}{SCRIPT}")
        except (EpisodeUnknown, BlobMissing):
            return
        yield from json.loads(script)["lines"]


def _holds(text: str, entry: str) -> bool:
    """As a whole word or phrase; a term that begins in lower case may begin a sentence."""
    begun = {entry, entry[:1].upper() + entry[1:]}
    return any(re.search(pattern_of(each), text) for each in begun)
