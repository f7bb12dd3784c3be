"""A paragraph to its sentences, in any language, without losing a character but white space."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import sentencex

from podcaster.script.language_words import table
from podcaster.units import LanguageTag

_NO_END: Final = frozenset("Mr Mrs Ms Dr Prof St Sr Jr Gen Col Lt Sgt Rev Hon vs cf approx Fig Art Vol".split())  # noqa: SIM905 # a list of words
"""Words whose full stop ends no sentence in any language."""
_BEFORE_FIGURES: Final = re.compile(
    r"(?:^|[\s(–-])(?i:vol|ch|chap|cap|kap|t|tom|bd|abs|[ck]or|tim|thess|deut|gen|rev|isa|jer|prov|eph|phil|matt|kgs|chr|sam|pet|mos|séc|seg|"
    r"paras?|pars|figs?|tab|abb|rn|ziff|anm|fn|pt|pp|op|s|с|п|ст|рис|гл|стр|т|jan|feb|febr|févr|fev|mrt|apr|abr|avr|jun|jul|juil|ago|"
    r"aug|sept?|set|o[ck]t|out|nov|di?c|dec|déc|dez|des|ene|xan|xul|giu|lug|ott|janv|mon|tues?|wed|thurs?|fri)\.$"
)
"""Words whose full stop ends no sentence if a number follows: parts of books, months."""
_FIGURES: Final = re.compile(r"\d|[IVXLC]+(?!\w)")
_GERMAN_DAY: Final = re.compile(r"(?<![\d.])(?:[12]?\d|3[01])\.$")
_GERMAN_MONTH: Final = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
_KEPT: Final = 2048
"""Paragraphs whose sentences are kept in memory, about 3 MB: a report that is rendered again holds one new one."""
_INITIAL: Final = re.compile(r"(?:^|[\s(.\-“‘«])[^\W\d_a-z]\.$")
_OPENERS: Final = "\"'“‘«‹([¿¡「『（【《〈"
_JAPANESE_QUOTING: Final = re.compile(r"[」』][とがはをのにでも、]")
_NEVER: Final = "(?!)"
_LONE_ORDINAL: Final = re.compile(r"(?:\d{1,2}|[IVX]+)\.")


@lru_cache(_KEPT)
def split(text: str, language: LanguageTag) -> tuple[str, ...]:
    """The sentences of one paragraph, heading or list item, in order; () for blank text.

    Joined, and with all white space taken out, they are the text with all white space taken out; none is blank, and
    each holds a letter or a digit if the text does.
    """
    paragraph = " ".join(text.split())
    base = language.partition("-")[0]
    return tuple(sentence.strip() for sentence in _merged(sentencex.segment(base, paragraph), base))


def _merged(pieces: Iterable[str], base: str) -> Iterator[str]:
    """The pieces, those put together again that are one sentence."""
    sentence = ""
    for piece in pieces:
        if sentence and not _is_one(sentence, piece, base):
            yield sentence
            sentence = ""
        sentence += piece
    if sentence.strip():
        yield sentence


def _is_one(before: str, piece: str, base: str) -> bool:
    """Whether the splitter cut one sentence in two between these."""
    if not (_is_worded(before) and _is_worded(piece)):
        return True
    if base == "ja":
        return bool(_JAPANESE_QUOTING.match(before.rstrip()[-1] + piece))
    if _ends_in_ordinal(before.strip(), piece.lstrip(), base):
        return True
    return _continues(piece) or _ends_in_abbreviation(before.rstrip(), piece.lstrip(), base) or _is_code(before, piece)


def _is_code(before: str, piece: str) -> bool:
    """Whether the full stop stands between capitals, as in `BRK.B`."""
    return bool(re.search(r"[A-Z]{2}\.$", before)) and bool(re.match(r"[A-Z](?!\w)", piece))


def _is_worded(piece: str) -> bool:
    return any(map(str.isalnum, piece))


def _continues(piece: str) -> bool:
    """Whether it begins as no sentence does: in lower case, or with a sign that follows something."""
    first = piece.lstrip()[0]
    if not first.isalnum() and first not in _OPENERS and unicodedata.category(first)[0] == "P":
        return True
    letter = piece.lstrip(_OPENERS + " ")[:1]
    return letter.islower() and not _is_georgian(letter)


def _ends_in_ordinal(before: str, piece: str, base: str) -> bool:
    """Whether a number with a full stop counts what follows: `im 2. Weltkrieg`."""
    if _LONE_ORDINAL.fullmatch(before):
        return True
    if base == "de" and _GERMAN_DAY.search(before) and _GERMAN_MONTH.match(piece):
        return True
    ends, goes_on = _ordinals(base)
    return ends.search(before) is not None and goes_on.match(piece) is not None


@cache
def _ordinals(base: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Ends of pieces that can be ordinals, in languages whose next word has a capital though it begins no sentence; and what follows."""
    known = table(base, "sentences")
    return re.compile(known.get("ordinal", _NEVER)), re.compile(known.get("behind_ordinal", _NEVER))


def _is_georgian(letter: str) -> bool:
    """Georgian is written in small letters alone."""
    return "\u10d0" <= letter <= "\u10ff"


def _ends_in_abbreviation(before: str, piece: str, base: str) -> bool:
    if not before.endswith("."):
        return False
    word = before[:-1].rsplit(None, 1)[-1].lstrip(_OPENERS)
    if _BEFORE_FIGURES.search(before) and _FIGURES.match(piece):
        return True
    return bool(_INITIAL.search(before)) or word in _no_end(base)


@cache
def _no_end(base: str) -> frozenset[str]:
    return _NO_END.union(table(base, "sentences").get("no_end", "").split())
