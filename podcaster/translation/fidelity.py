"""Fidelity of a translation: the numbers, names and settled terms that came through."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from podcaster.model import Line, Script
from podcaster.script.boundaries import whole
from podcaster.translation.glossary import Glossary
from podcaster.units import LanguageTag
from podcaster.values.comparing import faults
from podcaster.values.parsing import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """So many of so many."""

    kept: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """0 to 1; 1 where there was nothing to be kept."""
        return self.kept / self.of if self.of else 1.0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(kept=self.kept + other.kept, of=self.of + other.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """Counts of names, numbers and terms that were kept, for one report or several."""

    lines: int = 0
    flagged: int = 0
    """Lines that fail a check."""
    numbers: Kept = Kept()
    names: Kept = Kept()
    terms: Kept = Kept()
    lost: tuple[str, ...] = ()
    """Each thing that was not kept, with its line."""

    @staticmethod
    def of(script: Script, protected: Mapping[str, str], glossary: Glossary) -> "Fidelity":
        """Compare a translated script's lines with their sources; `protected` is what had to become what."""
        pair = (script.source_language, script.language)
        measured = [_line(line, protected, glossary, pair) for line in script.lines if line.checks]
        return sum(measured, start=Fidelity())

    def __add__(self, other: "Fidelity") -> "Fidelity":
        return Fidelity(
            lines=self.lines + other.lines,
            flagged=self.flagged + other.flagged,
            numbers=self.numbers + other.numbers,
            names=self.names + other.names,
            terms=self.terms + other.terms,
            lost=self.lost + other.lost,
        )


def _line(
    line: Line, protected: Mapping[str, str], glossary: Glossary, pair: tuple[LanguageTag, LanguageTag]
) -> Fidelity:
    wanted = [value for value in read(line.source, pair[0]) if value.certain]
    lost = [fault for fault in faults(line.source, line.text, *pair) if fault.endswith("is missing")]
    found = _occurring(line.source, protected)
    known = glossary.terms_in(line.source)
    terms = {source: target for source, target in found if source in known or _small(source) in glossary.terms}
    names = {source: target for source, target in found if source not in terms}
    lost_names = _missing(names, line.text) if _fails(line, "names") else []
    missing = [*(fault.removesuffix(" is missing") for fault in lost), *_missing(terms, line.text), *lost_names]
    return Fidelity(
        lines=1,
        flagged=int(any(not check.passed for check in line.checks)),
        numbers=Kept(kept=max(len(wanted) - len(lost), 0), of=len(wanted)),
        names=Kept(kept=len(names) - len(lost_names), of=len(names)),
        terms=Kept(kept=len(terms) - len(_missing(terms, line.text)), of=len(terms)),
        lost=tuple(f"{each}: {line.source} → {line.text}" for each in missing),
    )


def _fails(line: Line, name: str) -> bool:
    """Whether a line fails a check; names that an engine translated, and that come back by a round trip, fail none."""
    return any(check.name == name and not check.passed for check in line.checks)


def _occurring(sentence: str, protected: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """Protected texts that occur in a sentence, longest first, none inside another."""
    longest = sorted((source for source in protected if source in sentence), key=len, reverse=True)
    if not longest:
        return []
    pattern = re.compile("|".join(map(whole, longest)))
    return [(source, protected[source]) for source in dict.fromkeys(pattern.findall(sentence))]


def _missing(wanted: Mapping[str, str], text: str) -> Sequence[str]:
    folded = text.casefold()
    return [target for target in wanted.values() if target.casefold() not in folded]


def _small(term: str) -> str:
    return term[:1].lower() + term[1:]
