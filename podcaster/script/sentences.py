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
    "de": "Hr Fr Dr Prof Nr Abs Art St Str bzw ca vgl Bd Jh z u d Tsd Std Min Sek Stk ggü",
    "sv": "kl Kl ca nr s st t.ex bl.a dvs jfr bl f.d",
    "ar": "د أ م ص",
    "hi": "डॉ श्री प्रो पं",
}
"""By language, words whose full stop ends no sentence; under "" those of every language."""
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
_LONE_ORDINAL: Final = re.compile(r"(?:\d{1,2}|[IVX]+)\.")
_ORDINAL_ENDS: Final = {
    "de": re.compile(
        r"\b(?i:de[rmns]|die|das|im|am|vom|zu[mr]|beim|ins|in|als|(?:dies|jed|jen)e[rmns]?|(?:k?ein|[mds]ein|ihr|unser)(?:e[rmns]?)?"
        r"|\d\.,? (?:und|oder|bis|sowie)) (?:\d{1,3}(?:\.\d{3})*|[IVX]+)\.$"
    ),
    "tr": re.compile(r"\b(?:[12]|II?)\.$"),
}
"""Ends of pieces that can be ordinals, in languages whose next word has a capital though it begins no sentence."""
_ORDINAL_GOES_ON: Final = {
    "de": re.compile(
        r"(?!(?:Aber|Alle|Allerdings|Als|A[mnu][fs]?|Auch|Außerdem|Bei[dm]?e?|Bis|D[au]|Dabei|Dafür|Dagegen|Daher|Damals|Damit|Dan[nk]"
        r"|Danach|Davor|De[mnrs]|Denn|Dennoch|Deshalb|Dies?e?[mnrs]?|Das|Doch|Dort|Durch|Eine?[mnrs]?|Einige|Er|Erst|Es|Für|Gegen|Gestern"
        r"|Heute|Hier|Ich|Ihre?[mnrs]?|I[mn]|Insgesamt|Inzwischen|Jede?[mnrs]?|Jedoch|Jetzt|Keine?[mnrs]?|Man|Mehr|Mit|Nach|Nachdem"
        r"|Nicht|Noch|Nun|Nur|Ob|Obwohl|Oder|Ohne|Schon|Seine?[mnrs]?|Seit|Seitdem|Sie|So|Später|Trotz|Über|Um|Und|Unser|Unter|Viele"
        r"|Vo[mnr]|Vorher|Während|Wann|Warum|Was|Wegen|Weil|Wenn|Wer|Wie|Wir|Wo|Zu[mr]?|Zudem|Zuerst|Zuletzt|Zunächst|Zuvor|Zwar)\b)"
        r"[A-ZÄÖÜ]"
    ),
    "tr": re.compile("Dünya Savaş"),
}
"""Beginnings of what can follow such an ordinal: in German no word that opens sentences."""


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
    ends = _ORDINAL_ENDS.get(base)
    return ends is not None and ends.search(before) is not None and _ORDINAL_GOES_ON[base].match(piece) is not None


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
    return frozenset(f"{_NO_END['']} {_NO_END.get(base, '')}".split())
