"""A paragraph to its sentences, in any language, without losing a character but white space."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

import sentencex

from podcaster.units import LanguageTag

_NO_END: Final = {
    "": "Mr Mrs Ms Dr Prof St Sr Jr Gen Col Lt Sgt Rev Hon vs cf approx Fig Art Vol",
    "fr": "M MM Mme Mmes Mlle Mlles Me Mgr Pr Dr av n",
    "es": "Sr Sra Sres Sras Srta D Dª Dña Dr Dra Prof Excmo Excma Ilmo Ilma Ud Uds art arts núm núms n pág págs p pp "
    "ej cap vol Gral Lic Ing",
    "ca": "Sr Sra Srs Sres Srta Dr Dra Prof Excm Excma Il·lm art arts núm núms pàg pàgs p pp ex cap vol Hble",
    "gl": "Sr Sra Sres Sras Srta D Dna Dr Dra Prof Excmo Excma Ilmo Ilma art arts núm núms páx páxs p pp ex cap vol",
    "pt": "Sr Sra Srs Sras Srta D Dr Dra Drs Profa Prof Exmo Exma Ilmo Ilma V art arts núm n pág págs p pp ex cap vol "
    "Eng",
    "it": "Sig Sigra Dott Dr Prof On Ing Avv art artt n pag p pp es cap vol",
    "de": "Hr Fr Dr Prof Nr Abs Art St Str bzw ca vgl Bd Jh z u d",
    "ar": "د أ م ص",
    "hi": "डॉ श्री प्रो पं",
}
"""By language, words whose full stop ends no sentence; under "" those of every language."""
_KEPT: Final = 2048
"""Paragraphs whose sentences are kept in memory, about 3 MB: a report that is rendered again holds one new one."""
_INITIAL: Final = re.compile(r"(?:^|[\s(.\-“‘«])[^\W\d_a-z]\.$")
_OPENERS: Final = "\"'“‘«‹([¿¡「『（【《〈"
_JAPANESE_QUOTING: Final = re.compile(r"[」』][とがはをのにでも、]")


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
    return _continues(piece) or _ends_in_abbreviation(before.rstrip(), base)


def _is_worded(piece: str) -> bool:
    return any(map(str.isalnum, piece))


def _continues(piece: str) -> bool:
    """Whether it begins as no sentence does: in lower case, or with a sign that follows something."""
    first = piece.lstrip()[0]
    if not first.isalnum() and first not in _OPENERS and unicodedata.category(first)[0] == "P":
        return True
    letter = piece.lstrip(_OPENERS + " ")[:1]
    return letter.islower() and not _is_georgian(letter)


def _is_georgian(letter: str) -> bool:
    """Georgian is written in small letters alone."""
    return "\u10d0" <= letter <= "\u10ff"


def _ends_in_abbreviation(piece: str, base: str) -> bool:
    if not piece.endswith("."):
        return False
    word = piece[:-1].rsplit(None, 1)[-1].lstrip(_OPENERS)
    return bool(_INITIAL.search(piece)) or word in _no_end(base)


@cache
def _no_end(base: str) -> frozenset[str]:
    return frozenset(f"{_NO_END['']} {_NO_END.get(base, '')}".split())
