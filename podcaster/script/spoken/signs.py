"""Signs that stand on the page for the eye: notes, addresses, brackets, bullets, slashes, ampersands, full stops."""

import re
import unicodedata
from functools import cache, partial

from podcaster.script import cldr
from podcaster.script.rewriting import Rewriting, Rule
from podcaster.units import LanguageTag

_NOTE = re.compile(r"\s?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z]|sic)\]")
_RAISED = re.compile(
    r"(?:(?<=[A-Za-z\u00c0-\u024f]{2})|(?<=[^\W\d_A-Za-z]{2})|(?<=[.,;:!?’”\"')]))(?<!\b[kcmhdксмгд][mм])(?<!\d[kcmhdксмгд][mм])"
    r"(?<!\d [Mµn]m)(?<!\d[Mµn]m)(?<!/[kcmdµn]m)(?<!\d (?:ft|mi|yd|in))(?<!/(?:ft|mi|yd|in))[⁰¹²³⁴-⁹]+(?![⁺⁻⁰¹²³⁴-⁹])|[†‡]"
)
_ELISION = re.compile(r"\[\s?(?:…|\.{3})\s?\]")
_UNIT = "(?:km|cm|mm|dm|µm|m|ft|in|mi|yd|s|h|kg|mol)"
_TYPED = Rewriting.of(
    (
        re.compile(rf"((?<=\d )|(?<=\d)|(?<=[/·]))({_UNIT})\^\(?([23])\)?(?![\w^])"),
        lambda found: f"{found[2]}{'²³'[found[3] == '3']}",
    ),
    (
        re.compile(rf"(?<=[ ·/\d])({_UNIT})\^\(?[-−]([1-4])\)?(?![\w^])"),
        lambda found: f"{found[1]}⁻{'¹²³⁴'[int(found[2]) - 1]}",
    ),
    (re.compile(r"(\(\w+\s?[+−-]\s?\w+\))([²³])"), lambda found: f"{found[1]}^{'23'[found[2] == '³']}"),
    (re.compile(r"(?<=[Dd]ial )\*(?=[\d#])"), "＊"),
    (re.compile(r"([×xX*·⋅]\s?10)[−–-](?=\d{1,2}(?!\d))"), r"\1^-"),
    (re.compile(r"(?<![\w.,])10[−–](?=\d{1,2}\s(?:m|s|g|kg|mol|Pa|M|cm)\b)"), "10^-"),
    (re.compile(r"(?<=\d)−(?=\d)"), "–"),
    (re.compile(r"(?<=\w) \^ (?=[-−]?\w)"), "^"),
    (re.compile(r"(?<=\d)\s?([kMGT])(?:bps|b/s)(?!\w)"), r" \1bit/s"),
    (re.compile(r"(?<=\d)(\s?)u(?=(?:g|L|Sv|mol)(?![\w]))"), r"\1µ"),
    (re.compile(r"(?<=[\"”’»])\s?/\s?(?=[\"“‘«])"), ", "),
    (re.compile(r"(?<=\d)\s?\*\*\s?(?=[-−]?\d)"), "^"),
    (re.compile(r"(?<=\d)\s?\*\s?(?=\d)|(?<=\d)\s[·⋅]\s(?=\d)"), " × "),
    (re.compile(r"(?<!\S)(?<![\d%€$£] )–(?=\d)"), "−"),
    (re.compile(r"(?<=[<>≤≥=~±] )\.(?=\d)|(?<=[<>≤≥=~±])\.(?=\d)"), "0."),
    (re.compile(r"(?<=\d)(\s?)º(?=\s?[CF]\b)"), r"\1°"),
    (
        re.compile(
            r"(?<![\w.,])(\d+[.,]\d{3})[ \u00a0\u202f](\d{3})(?:[ \u00a0\u202f](\d{1,3}))?(?!\d|[ \u00a0]\d|[.,]\d)"
        ),
        r"\1\2\3",
    ),
    (re.compile(r"(?<=\d)\s?([Mk])(?=(?:EUR|USD|CHF|GBP|CAD)\b)"), r" \1 "),
    (re.compile(r"\$\s?(?=[\d.,]+\s?(?:MXN|USD|CAD|AUD|ARS|COP|CLP|NZD|HKD|SGD)\b)"), ""),
    (re.compile(r"[®™℠©{}]|(?<=\s)[|^](?=\s)"), ""),
)
"""Signs of arithmetic that are stars and dots, and signs that only eyes need."""
_STARS = re.compile(r"(?<!\w)[*_•◦▪‣·]+(?=\w|\s)|(?<=[^\W_])\*+|[\[\]`]")
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])(?i:https?://(?:www\.)?|www\.)([^\W\u3000-\u9fff]+(?:[.-][^\W\u3000-\u9fff]+)*)(?::\d+)?(?:[/?#][^\s\u3000-\u9fff\uff00-\uffef]*)?"
)
"""Case is ignored in the scheme alone: in the large ranges behind it takes 10 ms to compile."""
_ADDRESS_TAIL = re.compile(r"[.,;:!?)\]}”’»\"']+$")
_INITIALISM = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?![^\W_])")
_MARKS = "\u0900-\u0903\u093a-\u094f"
"""Vowels and other marks of Devanagari, which stand in words and are no letters."""
_SLASHED = re.compile(
    rf"(?<![\w{_MARKS}/.:])[^\W\d_][\w{_MARKS}’'.-]*(?:\s?/\s?[^\W\d_][\w{_MARKS}’'.-]*)+(?![\w{_MARKS}/])"
)
_BETWEEN_FIGURES = re.compile(r"(?<=\d)/(?=\d|[A-Za-z](?!\w))")
_BESIDE_FIGURE = re.compile(r"(?<=[^\W\d_]{2})/(?=\d)|(?<=\d)/(?=[^\W\d_]{2})")
"""Slashes that are left, which voices call by their name."""
_AMPERSAND = re.compile(r"(?<=[^\W_])\s*[&＆]\s*(?=[^\W_])")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.;:!?…](?:\s|$))")
_TERMINALS = ".!?…:。．！？：।॥۔؟։።།။"
_HANGING = re.compile(r"[\s,;–—-]+$")


def readable(text: str) -> str:
    """The text on one line, without notes, web addresses' tails, brackets, bullets and dots in initials."""
    line = unicodedata.normalize("NFC", text)
    line = _ELISION.sub("…", line)
    line = _ADDRESS.sub(_host, line)
    line = _TYPED(line)
    line = _NOTE.sub("", line)
    line = _STARS.sub("", line if "=" in line else _RAISED.sub("", line))
    return " ".join(_INITIALISM.sub(_undotted, line).split())


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules for slashes and ampersands in every language."""
    return (
        partial(_SLASHED.sub, partial(_alternatives, language)),
        partial(_AMPERSAND.sub, _conjunction(language)),
        partial(_BETWEEN_FIGURES.sub, " "),
        partial(_BESIDE_FIGURE.sub, ", " if cldr.spaced(language) else "，"),
    )


def ended(text: str, language: LanguageTag) -> str:
    """The text with a full stop unless it ends a sentence already; empty where nothing in it can be spoken."""
    line = _SPACE_BEFORE.sub("", " ".join(text.split()))
    if not any(map(str.isalnum, line)):
        return ""
    core = line.rstrip("\"'”’“‘»›)）」』】》 ")
    if core and core[-1] in _TERMINALS:
        return line
    return _HANGING.sub("", line) + cldr.full_stop(language)


def _host(found: re.Match[str]) -> str:
    tail = _ADDRESS_TAIL.search(found[0])
    return found[1] + (tail[0] if tail else "")


def _undotted(found: re.Match[str]) -> str:
    """`U.S.` to `US`; small letters are abbreviations of words, which only a language's own table knows."""
    return found[0].replace(".", "") if found[0].isupper() else found[0]


def _alternatives(language: LanguageTag, found: re.Match[str]) -> str:
    """`US/China` is both of them, `he/she` one or the other; a letter alone stands for some word."""
    parts = [part.strip() for part in found[0].split("/")]
    if any(len(part.strip(".")) == 1 for part in parts):
        return " ".join(parts)
    if cldr.joined(["A", "B"], language).split()[1:2] == [parts[0]]:
        return " ".join(parts)
    proper = not any(part[0].islower() for part in parts)
    return cldr.joined(parts, language, "standard" if proper else "or")


@cache
def _conjunction(language: LanguageTag) -> str:
    return cldr.joined(["A", "B"], language)[1:-1]
