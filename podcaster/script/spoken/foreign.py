"""Words in a script that a language's voices have no sounds for, found and romanised.

Names in Arabic, Hebrew and the scripts of India are written with the vowels that a reader would add; other scripts go by
anyascii. Countries get their name in the language.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.romanisation import abjads, greek, indic, japanese, korean, thai
from podcaster.script.spoken.romanisation.lookalikes import unmixed
from podcaster.units import LanguageTag

_BLOCKS: Final = {
    "Latn": frozenset({"LATIN"}),
    "Cyrl": frozenset({"CYRILLIC"}),
    "Jpan": frozenset({"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"}),
    "Kore": frozenset({"HANGUL", "CJK"}),
    "Hans": frozenset({"CJK", "BOPOMOFO"}),
    "Hant": frozenset({"CJK", "BOPOMOFO"}),
    "Grek": frozenset({"GREEK"}),
    "Arab": frozenset({"ARABIC"}),
    "Hebr": frozenset({"HEBREW"}),
    "Deva": frozenset({"DEVANAGARI"}),
    "Beng": frozenset({"BENGALI"}),
    "Taml": frozenset({"TAMIL"}),
    "Thai": frozenset({"THAI"}),
    "Geor": frozenset({"GEORGIAN"}),
    "Armn": frozenset({"ARMENIAN"}),
    "Ethi": frozenset({"ETHIOPIC"}),
}
"""First words of the Unicode names of a script's letters, by the script's code (ISO 15924)."""
_LANGUAGE_OF: Final = {
    "ARABIC": ("ar", "fa", "ur"), "CYRILLIC": ("ru", "uk", "bg", "sr"), "GREEK": ("el",), "HEBREW": ("he",),
    "CJK": ("zh", "ja", "zh-Hant"), "KATAKANA": ("ja",), "HANGUL": ("ko",), "DEVANAGARI": ("hi", "mr", "ne"),
    "THAI": ("th",), "GEORGIAN": ("ka",), "ARMENIAN": ("hy",), "BENGALI": ("bn",), "TAMIL": ("ta",),
}  # fmt: skip
"""Languages in which a country's name is looked up."""
_SUSPECT: Final = re.compile(r"[^\W\d_\u0000-\u036f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]")
_ALPHA: Final = frozenset({"es", "ca", "gl", "pt", "it", "nl", "pl", "sv", "da", "nb", "eu", "ro"})
"""Languages that write `alfa` for the first of the Greek letters."""
_ARABIC_STOPS: Final = str.maketrans("،؛؟", ",;?")
_SPACED_STOP: Final = re.compile(r" +([,;?](?:\s|$))")
_DOUBLY_MARKED: Final = re.compile(r"[\u1e00-\u1eff]")
"""Vietnamese letters with a tone, and such as transliterations of Arabic and of India have."""
_DOUBLY_MARKING: Final = frozenset({"vi", "cy"})
"""Languages whose voices know their own."""
_WITH_CASE: Final = frozenset({"CYRILLIC", "GREEK", "ARMENIAN"})
"""Scripts whose words say by themselves whether they are names."""
_CAPITALS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SURNAMES: Final = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂"
    "苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬"
    "段钱錢汤湯尹黎易常武乔喬贺賀赖賴习習温溫"
)
"""The family names that most people of China bear, each one character."""
_FULL_NAME: Final = range(2, 4)


def foreign_words(text: str, language: LanguageTag) -> tuple[str, ...]:
    """Runs of words in scripts that the language is not written in, in order; Latin is foreign to none."""
    return tuple(dict.fromkeys(found for found, script in _runs(text, _own(language)) if not _symbol(found, script)))


def pronounceable(text: str, language: LanguageTag) -> tuple[tuple[str, LanguageTag], ...]:
    """Foreign words whose script says how they sound, each with the language that it is read in."""
    if not _SUSPECT.search(text):
        return ()
    found = ((run, _READ_AS.get(script)) for run, script in _runs(text, _own(language)) if not _symbol(run, script))
    return tuple(
        (run, LanguageTag("uk" if tag == "ru" and _UKRAINIAN.search(run) else tag)) for run, tag in found if tag
    )


_READ_AS: Final = {
    "CYRILLIC": "ru", "GREEK": "el", "DEVANAGARI": "hi", "HANGUL": "ko", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "KATAKANA": "ja",
}  # fmt: skip
"""Languages whose rules say how words of a script sound; Arabic, Hebrew, Thai and Chinese writing does not say it."""
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]|[сц]ьк")


def romanised(text: str, language: LanguageTag) -> str:
    """The text with those words in Latin letters, and Greek letters that stand alone by their names."""
    own = _own(language)
    text = _singly_marked(text, language)
    if not _SUSPECT.search(text):
        return text
    made = text
    for found, script in sorted(set(_runs(text, own)), key=lambda run: -len(run[0])):
        said = _said(found, script, language)
        made = re.sub(rf"(?<=\w){re.escape(found)}", f" {said}", made)
        made = re.sub(rf"{re.escape(found)}(?=\w)", f"{said} ", made).replace(found, said)
    return _SPACED_STOP.sub(r"\1", made if "ARABIC" in own else made.translate(_ARABIC_STOPS))


def in_one_script(text: str, language: LanguageTag) -> str:
    """The text without letters of another script that only look like a word's own."""
    return text if text.isascii() else unmixed(text, _own(language))


def _singly_marked(text: str, language: LanguageTag) -> str:
    """Latin letters that voices of other languages spell (`ễ`: "letter one e c five") with the mark that they know: `ê`."""
    if text.isascii() or language.partition("-")[0] in _DOUBLY_MARKING:
        return text
    return _DOUBLY_MARKED.sub(lambda found: _simpler(found[0]), text)


@lru_cache(512)
def _simpler(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base = parts[0]
    composed = (unicodedata.normalize("NFC", base + mark) for mark in parts[1:])
    return next((each for each in composed if len(each) == 1 and not _DOUBLY_MARKED.match(each)), base)


def _runs(text: str, own: frozenset[str]) -> Sequence[tuple[str, str]]:
    """Words of one foreign script that stand side by side, each run with its script."""
    runs: list[tuple[str, str]] = []
    place = 0
    while found := _SUSPECT.search(text, place):
        place = found.end()
        script = _block(found[0])
        if not script or script in own:
            continue
        while place < len(text) and _continues(text, place, script):
            place += 1
        run = text[found.start() : place].rstrip(" -‐·")
        runs.append((run, script))
        place = found.start() + max(len(run), 1)
    return runs


def _continues(text: str, place: int, script: str) -> bool:
    """Whether a run of a script goes on: by its letters and marks, or by one space before more of them."""
    sign = text[place]
    if sign in " -‐·\u200c\u200d" and place + 1 < len(text):
        return _block(text[place + 1]) == script
    return _block(sign) == script or unicodedata.category(sign) in {"Mn", "Mc"} or sign == "ー"


@lru_cache(4096)
def _block(letter: str) -> str:
    name = unicodedata.name(letter, "?").partition(" ")[0] if letter.isalpha() else ""
    return {"IDEOGRAPHIC": "CJK", "HIRAGANA": "KATAKANA", "KATAKANA-HIRAGANA": "KATAKANA"}.get(name, name)


@lru_cache(256)
def _own(language: LanguageTag) -> frozenset[str]:
    import langcodes  # noqa: PLC0415 # slow to load; most texts are in one script

    script = langcodes.get(language).maximize().script or "Latn"
    return _BLOCKS.get(script, frozenset()) | {"LATIN"}


def _symbol(run: str, script: str) -> bool:
    """Whether it is a Greek letter of a formula."""
    return script == "GREEK" and len(run) == 1


@lru_cache(2048)
def _said(run: str, script: str, language: LanguageTag) -> str:
    if _symbol(run, script):
        return _letter_name(run, language)
    for tag in _LANGUAGE_OF.get(script, ()):
        if country := cldr.territory(run, LanguageTag(tag), language):
            return country
    way = _WAYS.get(script)
    return way(run) if way else _by_anyascii(run, script)


def _letter_name(letter: str, language: LanguageTag) -> str:
    """`α` as `alpha`, as Unicode calls it."""
    name = unicodedata.name(letter).rpartition(" WITH ")[0] or unicodedata.name(letter)
    said = name.rsplit(" ", 1)[-1].lower().replace("lamda", "lambda")
    return said.replace("ph", "f") if language.partition("-")[0] in _ALPHA and said == "alpha" else said


def _by_anyascii(run: str, script: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 # loads its tables

    words = (_word(word, script, anyascii) for word in run.split())
    return " ".join(word for word in words if word) or _names_of_letters(run)


def _word(word: str, script: str, anyascii: Callable[[str], str]) -> str:
    """One word; of a Chinese person the family name stands apart from the given one."""
    if script == "CJK" and (name := japanese.japanese(word)):
        return name
    if script == "CJK" and len(word) in _FULL_NAME and word[0] in _SURNAMES:
        return f"{_joined(anyascii(word[0]))} {_joined(anyascii(word[1:]))}"
    latin = anyascii(word)
    return _joined(latin.replace("ow", "u") if script == "ARMENIAN" else latin, capital=script not in _WITH_CASE)


def _joined(latin: str, *, capital: bool = True) -> str:
    """Syllables with a capital each as one word."""
    parts = _CAPITALS.split(re.sub(r"[^A-Za-z-]", "", latin))
    whole = parts[0] + "".join(map(str.lower, parts[1:])) if parts else ""
    return whole[:1].upper() + whole[1:] if capital else whole


def _names_of_letters(run: str) -> str:
    """A script that nothing romanises: what Unicode calls its letters' sounds."""
    return "".join(unicodedata.name(sign, "").rsplit(" ", 1)[-1].lower() for sign in run if sign.isalpha())


_WAYS: Final[Mapping[str, Callable[[str], str]]] = {
    "ARABIC": abjads.arabic,
    "HEBREW": abjads.hebrew,
    "GREEK": greek.greek,
    "HANGUL": korean.korean,
    "THAI": thai.thai,
    **dict.fromkeys(indic.SCRIPTS, indic.romanised),
}
