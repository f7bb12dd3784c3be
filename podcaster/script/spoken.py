"""What the voice is given for what is displayed: signs that the eye reads and the ear cannot."""

import re
from collections.abc import Callable, Mapping

from podcaster import language as languages
from podcaster.model import LineKind
from podcaster.script.lexicon import Lexicon
from podcaster.script.phrases import Phrases

_TOPICS = re.compile(r"^([^\W\d_][\w.’' -]{0,40}(?:/[^\W\d_][\w.’' -]{0,40})+):\s+")
_URL = re.compile(r"https?://(?:www\.)?([^\s/]+)\S*")
_FOOTNOTE = re.compile(r"(?<=\S)\s?\[\d{1,3}\]")
_SPELLED = re.compile(r"\b(?:[A-Z]\.){2,}")
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d])/(?=[^\W\d])")
_SHOUTED = re.compile(r"\b[^\W\d_a-z]{5,}\b")
_MARKS = str.maketrans({"…": "...", "•": "", "«": '"', "»": '"', "\u00ad": ""})
_CURRENCY = re.compile(
    r"(?P<sign>US\$|[$€£¥])\s?(?P<number>\d+(?:[.,]\d+)*)\s?(?P<scale>trn|tn|bn|mn|m|k)?\b", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![\w-])(\d+(?:[.,]\d+)?)\s?[-–]\s?(\d+(?:[.,]\d+)?)(?=\s?(?:%|[a-zà-ÿ]|$|[.,;)]))(?!-)")
_QUARTER = re.compile(r"\bQ([1-4])\b")
_FULL_STOPS = '.!?…。！？؟।:;"”’»)'

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "&": "and", "to": "to", "of": "", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen",
        "k": "thousand", "m": "million", "bn": "billion", "tn": "trillion",
        "1": "first quarter", "2": "second quarter", "3": "third quarter", "4": "fourth quarter",
    },
    "es": {
        "&": "y", "to": "a", "of": "de", "$": "dólares", "€": "euros", "£": "libras", "¥": "yenes",
        "k": "mil", "m": "millones", "bn": "mil millones", "tn": "billones",
        "1": "primer trimestre", "2": "segundo trimestre", "3": "tercer trimestre", "4": "cuarto trimestre",
    },
    "ca": {
        "&": "i", "to": "a", "of": "de", "$": "dòlars", "€": "euros", "£": "lliures", "¥": "iens",
        "k": "mil", "m": "milions", "bn": "mil milions", "tn": "bilions",
        "1": "primer trimestre", "2": "segon trimestre", "3": "tercer trimestre", "4": "quart trimestre",
    },
    "gl": {
        "&": "e", "to": "a", "of": "de", "$": "dólares", "€": "euros", "£": "libras", "¥": "iens",
        "k": "mil", "m": "millóns", "bn": "mil millóns", "tn": "billóns",
        "1": "primeiro trimestre", "2": "segundo trimestre", "3": "terceiro trimestre", "4": "cuarto trimestre",
    },
    "pt": {
        "&": "e", "to": "a", "of": "de", "$": "dólares", "€": "euros", "£": "libras", "¥": "ienes",
        "k": "mil", "m": "milhões", "bn": "mil milhões", "tn": "biliões",
        "1": "primeiro trimestre", "2": "segundo trimestre", "3": "terceiro trimestre", "4": "quarto trimestre",
    },
}  # fmt: skip
_BRAZILIAN = {"bn": "bilhões", "tn": "trilhões"}


def spoken_form(text: str, kind: LineKind, phrases: Phrases, lexicon: Lexicon) -> str:
    """What a voice of the phrases' language is given for a displayed text.

    Signs of money, ranges and quarters are put into words where podcaster has the language's words for them; the engines
    read plain numbers themselves.
    """
    said = text.translate(_MARKS)
    if kind is LineKind.TITLE:
        said = _TOPICS.sub(lambda found: f"{phrases.listed(_topics(found[1]))}: ", said)
    said = _FOOTNOTE.sub("", _URL.sub(r"\1", said))
    said = _SPELLED.sub(lambda found: found[0].replace(".", ""), said)
    words = _words(phrases)
    if words:
        said = _worded(said, words)
    said = _SHOUTED.sub(lambda found: found[0].capitalize(), _BETWEEN_WORDS.sub(", ", said))
    said = " ".join(lexicon.applied(said).split())
    return said if not said or said[-1] in _FULL_STOPS else f"{said}."


def _topics(prefix: str) -> list[str]:
    return [topic.strip() for topic in prefix.split("/")]


def _words(phrases: Phrases) -> Mapping[str, str]:
    words = _WORDS.get(languages.base(phrases.language), {})
    return {**words, **_BRAZILIAN} if phrases.language == "pt-BR" else words


def _worded(text: str, words: Mapping[str, str]) -> str:
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_CURRENCY, lambda found: _money(found, words)),
        (_RANGE, lambda found: f"{found[1]} {words['to']} {found[2]}"),
        (_QUARTER, lambda found: words[found[1]]),
        (re.compile(r"\s&\s"), lambda _: f" {words['&']} "),
    )
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _money(found: re.Match[str], words: Mapping[str, str]) -> str:
    scale = {"trn": "tn", "mn": "m"}.get((found["scale"] or "").lower(), (found["scale"] or "").lower())
    currency = words[found["sign"][-1]]
    if not scale:
        return f"{found['number']} {currency}"
    linked = f"{words['of']} {currency}" if words["of"] and scale != "k" else currency
    return f"{found['number']} {words[scale]} {linked}"
