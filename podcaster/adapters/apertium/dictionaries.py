"""Dictionaries of Apertium's pairs, each asked by its own program."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from podcaster.adapters.apertium.kept_chains import KeptChains
from podcaster.adapters.apertium.programs import data_files, installed
from podcaster.adapters.child_process.kept_answers import KeptAnswers

_SECONDS: Final = 60
_KEPT: Final = 16_384
"""Answers that are kept in memory: words, readings and lines, about 5 MB."""
_UNIT: Final = re.compile(r"\^([^/^$]+)/([^$^]*)\$")
"""A word of the stream: `^houses/house<n><pl>/house<vblex><pres>$`."""
_TAG: Final = re.compile(r"<([^<>]+)>")
_QUEUE: Final = re.compile(r"#[^/$]*")
"""The part of a multiword that is not inflected: `take<vblex># off`."""
_CONTENT: Final = frozenset({"n", "adj", "vblex", "adv"})
_SHORTEST: Final = 3
"""Letters of a content word."""


def data_of(mode: Path | None, kind: str) -> str | None:
    """The file of a kind, `automorf` or `autobil`, that a mode uses."""
    return next((each for each in data_files(mode) if each.endswith(f".{kind}.bin")), None) if mode else None


class Dictionaries:
    """Answers of analysers and bilingual dictionaries, each asked for once. Safe to use from several threads."""

    def __init__(self, chains: KeptChains) -> None:
        self._chains = chains
        self._kept = KeptAnswers(_KEPT)

    def readings(self, words: Sequence[str], analyser: str | None) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Tags of each reading of words; words that the analyser lacks are left out."""
        found = {}
        for unit in self._asked(words, analyser) or ():
            for surface, readings in _UNIT.findall(unit):
                tags = tuple(tuple(_TAG.findall(each)) for each in readings.split("/") if not each.startswith("*"))
                if tags and all(tags):
                    found[surface.lower()] = tags
        return found

    def lacking(self, lines: Sequence[str], analyser: str | None) -> Sequence[tuple[str, ...]] | None:
        """The words of each line that an analyser lacks; None without one."""
        found = self._asked(lines, analyser)
        if found is None:
            return None
        units = [_UNIT.findall(each) for each in found]
        return [tuple(word for word, readings in each if readings.startswith("*")) for each in units]

    def cover(
        self, sentences: Sequence[str], lines: Sequence[str], *, analyser: str, own: str, bilingual: str
    ) -> Sequence[float | None]:
        """Share of each line's content words that render a word of its sentence; None where it has none.

        `analyser` is the lines', `own` the sentences'.
        """
        ours, theirs = self._asked(sentences, own), self._asked(lines, analyser)
        if ours is None or theirs is None:
            return [None] * len(lines)
        read = [_units(each) for each in ours]
        asked = dict.fromkeys(key for units in read for unit in units for key in unit.keys)
        answers = self._asked(list(asked), bilingual, "-b") or ()
        rendered = {key: _lemmas(answer) for key, answer in zip(asked, answers, strict=True)}
        return [_share(units, _units(line), rendered) for units, line in zip(read, theirs, strict=True)]

    def _asked(self, lines: Sequence[str], data: str | None, *options: str) -> Sequence[str] | None:
        """Answers of a dictionary to each line, which is asked for once; None without the dictionary."""
        if data is None or not installed():
            return None
        command = ("lt-proc", "-z", *options, data)

        def ask(missing: Sequence[str]) -> Sequence[str] | None:
            # A bilingual dictionary passes a word on when it reads what is behind it.
            (answer,) = self._chains.ask([command], ["\n".join([*missing, ""])], name=data, seconds=_SECONDS)
            said = answer.removesuffix("\n").split("\n")
            return said if len(said) == len(missing) else None

        known = self._kept.of(data, lines, ask)
        return None if known is None else [known[line] for line in lines]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word of an analysed line, in small letters."""

    word: str
    lemmas: frozenset[str]
    keys: tuple[str, ...]
    """Its readings as a bilingual dictionary is asked for them."""
    content: bool
    """Whether each of its readings is a content word's."""

    @classmethod
    def of(cls, word: str, readings: str) -> "_Unit":
        """A word and what an analyser says of it."""
        every = [each for each in readings.split("/") if not each.startswith("*")]
        return cls(
            word=word.lower(),
            lemmas=frozenset(map(_lemma, every)),
            keys=tuple(f"^{_QUEUE.sub('', each)}$" for each in every),
            content=len(word) >= _SHORTEST and bool(every) and _CONTENT.issuperset(map(_class, every)),
        )


_unit = lru_cache(_KEPT)(_Unit.of)


def _units(line: str) -> Sequence[_Unit]:
    """Each word of an analysed line."""
    return [_unit(*found) for found in _UNIT.findall(line)]


@lru_cache(_KEPT)
def _lemmas(line: str) -> frozenset[str]:
    """Lemmas that a bilingual dictionary gives for a reading."""
    return frozenset(
        _lemma(each) for _, found in _UNIT.findall(line) for each in found.split("/") if not each.startswith("@")
    )


def _lemma(reading: str) -> str:
    return reading.partition("<")[0].lower()


def _share(ours: Sequence[_Unit], theirs: Sequence[_Unit], rendered: Mapping[str, frozenset[str]]) -> float | None:
    """Share of their content words whose lemma renders one of ours, or that were copied."""
    words = {unit.word for unit in ours}
    lemmas = frozenset().union(*(rendered[key] for unit in ours for key in unit.keys))
    content = [unit.word in words or not lemmas.isdisjoint(unit.lemmas) for unit in theirs if unit.content]
    return sum(content) / len(content) if content else None


def _class(reading: str) -> str:
    """Its first tag: `n`, `vblex`."""
    return reading.partition("<")[2].partition(">")[0]
