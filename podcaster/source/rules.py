"""Intake rules of a source: conditions that a report meets before it is taken in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote, urlsplit

from podcaster.model import Article
from podcaster.source.entries import Entry

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_LETTERS_PER_WORD = 2
"""Letters of an unspaced script that count as one word."""
_WILD = re.compile(r"[*?\[]")


class Condition(StrEnum):
    """Kinds of conditions."""

    PATH = "path"
    LABEL = "label"
    AUTHOR = "author"
    LANGUAGE = "language"
    LENGTH = "length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """The condition that a report did not meet, and the value found."""

    condition: Condition
    value: str

    def __str__(self) -> str:
        """`label: Sport`."""
        return f"{self.condition}: {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRules:
    """Conditions for reports that a source lists; an empty condition admits everything.

    Paths are prefixes of the URL's path, or patterns with `*`. Labels, authors and paths compare without regard to case.
    """

    only_paths: tuple[str, ...] = ()
    skip_paths: tuple[str, ...] = ()
    only_labels: tuple[str, ...] = ()
    """Categories of the feed, or topics of the page."""
    skip_labels: tuple[str, ...] = ()
    only_authors: tuple[str, ...] = ()
    skip_authors: tuple[str, ...] = ()
    only_languages: tuple[str, ...] = ()
    """`pt` admits `pt-BR`, too."""
    least_words: int = 0
    most_words: int = 0
    """0: no limit."""

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return any(getattr(self, each.name) for each in fields(self))

    def on_entry(self, entry: Entry) -> Skipped | None:
        """The first condition that an entry fails by what its source says; None if its page has to be read, or nothing is wrong."""
        path = unquote(urlsplit(entry.url).path) or "/"
        if (self.only_paths and not _on_path(path, self.only_paths)) or _on_path(path, self.skip_paths):
            return Skipped(condition=Condition.PATH, value=path)
        return self._named(entry.labels, entry.authors)

    def on_article(self, article: Article, entry: Entry | None = None) -> Skipped | None:
        """The first condition that a report fails, by its page and by what its source says of it."""
        labels = (*article.topics, *(entry.labels if entry else ()))
        authors = article.authors or (entry.authors if entry else ())
        if skipped := self._named(labels, authors):
            return skipped
        if self.only_labels and not labels:
            return Skipped(condition=Condition.LABEL, value="")
        if self.only_authors and not authors:
            return Skipped(condition=Condition.AUTHOR, value="")
        if self.only_languages and not _is_in(article.language, self.only_languages):
            return Skipped(condition=Condition.LANGUAGE, value=article.language)
        words = word_count((*article.key_points, *(block.text for block in article.body)))
        if words < self.least_words or (self.most_words and words > self.most_words):
            return Skipped(condition=Condition.LENGTH, value=str(words))
        return None

    def _named(self, labels: tuple[str, ...], authors: tuple[str, ...]) -> Skipped | None:
        for condition, found, only, skip in (
            (Condition.LABEL, labels, self.only_labels, self.skip_labels),
            (Condition.AUTHOR, authors, self.only_authors, self.skip_authors),
        ):
            if found and only and not _shared(found, only):
                return Skipped(condition=condition, value=", ".join(found))
            if unwanted := _shared(found, skip):
                return Skipped(condition=condition, value=unwanted)
        return None


def word_count(texts: Iterable[str]) -> int:
    """Words of some texts; two letters of a script without spaces are one."""
    words = 0
    for text in texts:
        unspaced = len(_UNSPACED.findall(text))
        words += unspaced // _LETTERS_PER_WORD + len(_UNSPACED.sub(" ", text).split())
    return words


def rules_record(rules: IntakeRules) -> dict[str, Any]:
    """Conditions that are set, as JSON has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(rules).items() if value}


def rules_from(record: Mapping[str, Any]) -> IntakeRules:
    """Rules of a record; conditions of a later version are left out."""
    known = {each.name for each in fields(IntakeRules)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items() if name in known
    }
    return IntakeRules(**values)


def _on_path(path: str, patterns: Iterable[str]) -> bool:
    plain = path.casefold()
    for each in patterns:
        wanted = each.casefold() if each.startswith(("/", "*")) else f"/{each.casefold()}"
        if fnmatchcase(plain, wanted) if _WILD.search(wanted) else plain.startswith(wanted):
            return True
    return False


def _shared(found: Iterable[str], wanted: Iterable[str]) -> str:
    """The first that is among the wanted, without regard to case; empty if none is."""
    plain = {_plain(each) for each in wanted}
    return next((each for each in found if _plain(each) in plain), "")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_in(tag: str, wanted: Iterable[str]) -> bool:
    plain = tag.casefold()
    return any(plain == each.casefold() or plain.startswith(f"{each.casefold()}-") for each in wanted)


NO_RULES = IntakeRules()
