"""Boilerplate: buttons, notices, reading times and teasers round a report, by language; judged as whole lines and by position."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MARKS = " \t»›→▸▼▾▶►:|•·*+×✕-–—>#"
_STOPS = ".!?…。！？؟।"
_LONGEST = 300
_LONGEST_HEADING = 120
_TEASER = re.compile(r"\(\s*\d{1,3}\s*mins?\s*\)\s+\S.*", re.IGNORECASE)
_BETWEEN_BUTTONS = re.compile(r"\s+[|·•/]\s+")
_BYLINE_NAMES = r"(?P<authors>\S.{1,120})"


@dataclass(frozen=True, slots=True)
class _Words:
    """Data files of all languages, merged."""

    lines: frozenset[str]
    forms: re.Pattern[str]
    appeals: re.Pattern[str]
    ends: re.Pattern[str]
    certain_ends: re.Pattern[str]
    key_points: frozenset[str]
    byline: re.Pattern[str]
    consent: re.Pattern[str]


def is_boilerplate(line: str) -> bool:
    """Whether a whole line is a button, a notice, a credit or a reading time; no sentence is, however it begins."""
    words = _words()
    plain = bare(line)
    if not plain:
        return True
    if len(plain) > _LONGEST:
        return False
    if _are_buttons(plain) or words.appeals.fullmatch(plain.rstrip(_STOPS + " ")):
        return True
    return plain[-1] not in _STOPS and bool(words.forms.fullmatch(plain))


def _are_buttons(plain: str) -> bool:
    """Whether a line is one of the known words, or several with strokes or dots between them."""
    lines = _words().lines
    return all(each.rstrip(_STOPS).casefold() in lines for each in _BETWEEN_BUTTONS.split(plain))


def is_button(line: str) -> bool:
    """Whether a line is one of the known words alone."""
    return bare(line).rstrip(_STOPS).casefold() in _words().lines


def opens_other_reports(line: str) -> bool:
    """Whether what follows a line may be about other reports: `More by …`, `Related articles`."""
    plain = bare(line)
    return 0 < len(plain) <= _LONGEST_HEADING and plain[-1] not in ".!。" and bool(_words().ends.fullmatch(plain))


def names_other_reports(line: str) -> bool:
    """Whether a line that opens other reports can be nothing else: `Related articles`, and not `More of the same`."""
    return bool(_words().certain_ends.fullmatch(bare(line)))


def is_teaser(line: str) -> bool:
    """Whether a line announces another report: `( 5 mins) Severe power rationing …`."""
    return bool(_TEASER.fullmatch(line))


def announces_key_points(line: str) -> bool:
    """Whether a heading stands above a report's key points."""
    return bare(line).casefold() in _words().key_points


def mentions_consent(line: str) -> bool:
    """Whether a line speaks of cookies; beside consent buttons it is the notice above them."""
    return len(line) <= _LONGEST and bool(_words().consent.search(line))


def byline_names(line: str) -> str:
    """The names behind `By`; empty if the line is a sentence or something else."""
    found = _words().byline.fullmatch(line)
    return found["authors"] if found and line[-1] not in _STOPS + ":;," else ""


def bare(line: str) -> str:
    """A line without the arrows, bullets and colons at its ends."""
    return line.strip(_MARKS)


@cache
def _words() -> _Words:
    tables = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(files(__package__).iterdir(), key=lambda each: each.name)
        if file.name.endswith(".toml")
    ]
    bylines = [rf"{re.escape(each)}{'' if each[-1] in '：/／:' else ' '}" for each in _all(tables, "bylines")]
    return _Words(
        lines=frozenset(each.casefold() for each in _all(tables, "lines")),
        forms=_any(_all(tables, "forms")),
        appeals=_any(_all(tables, "appeals")),
        ends=_any(_all(tables, "ends")),
        certain_ends=_any(each for each in _all(tables, "ends") if not each.endswith("}")),
        key_points=frozenset(each.casefold() for each in _all(tables, "key_points")),
        byline=re.compile(rf"(?:{'|'.join(bylines)})\s*{_BYLINE_NAMES}", re.IGNORECASE),
        consent=_any(rf"(?<!\w){re.escape(each)}(?!\w)" for each in _all(tables, "consent")),
    )


def _all(tables: Iterable[Mapping[str, list[str]]], key: str) -> Iterable[str]:
    return dict.fromkeys(each for table in tables for each in table.get(key, ()))


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)
