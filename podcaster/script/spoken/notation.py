"""Signs that are written alike in most languages: powers, ratios, comparisons, formulas, addresses, names on the net, emoji."""

import re
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken import telephones
from podcaster.script.spoken.currency_signs import SIGNS
from podcaster.script.spoken.notation_words import WORDS, Notation
from podcaster.script.spoken.wording import Rule, any_of, replaced
from podcaster.units import LanguageTag

_NUMBER: Final = r"\d++(?:[.,]\d++)*+"
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LOWERED: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ELEMENT: Final = (
    "A[cglmrstu]|B[aehikr]?|C[adefl-orsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[dgnot]|N[abdeiop]?|"
    "Os?|P[abdmortu]?|R[abe-hnu]|S[bcegimnr]?|T[abehil]|U|V|W|Xe|Yb?|Z[nr]"
)
_FORMULA: Final = re.compile(rf"(?<![\w$#@.-])(?=[A-Za-z]*\d)(?:(?:{_ELEMENT})\d{{0,2}}){{1,6}}(?:eq?)?(?![\w-]|\.\d)")
_EMOJI: Final = re.compile(
    "\\s*[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u231a-\u23ff]"
    "[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U0001f000-\U0001faff\u2640\u2642\u2764]*"
)
_ARROW: Final = re.compile(r"\s*[←-↔⇐-⇔]\s*")
_EMAIL: Final = re.compile(r"(?<![\w.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)(?<![.-])")
_FILE: Final = re.compile(
    r"(?<![\w/.@-])([A-Za-z0-9][\w-]*(?:\.[\w-]+)*)\."
    r"(docx?|pdf|xlsx?|pptx?|odt|csv|txt|zip|html?|json|xml|toml|ya?ml|jpe?g|png|gif|svg|mp[34]|py|js|exe|md|epub)(?![\w/]|\.\w)"
)
_HASHTAG: Final = re.compile(r"(?<![\w&/#])#([^\W\d_]\w+)")
_HANDLE: Final = re.compile(r"(?<![\w.@/])@([A-Za-z_]\w+)")
_TICKER: Final = re.compile(r"(?<![\w$])\$([A-Z]{1,5})(?:\.([A-Z]))?(?![\w$]|\.\d)")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
_TIME_OF_DAY: Final = (24, 59)


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules that run before a language's own; only emoji for languages without words for signs."""
    words = WORDS.get(language.partition("-")[0])
    if words is None:
        return (_without_emoji,)
    flags = cldr.word_flags(language)
    gap = " " if cldr.spaced(language) else ""
    comma = ", " if cldr.spaced(language) else "，"
    signs = any_of(SIGNS)
    return (
        _without_emoji,
        replaced(_EMAIL.pattern, partial(_email, words), flags=flags),
        replaced(_FILE.pattern, partial(_file, words), flags=flags),
        replaced(_HASHTAG.pattern, lambda found: f"{words.hashtag} {_apart(found[1])}", flags=flags),
        replaced(_HANDLE.pattern, lambda found: f"{words.at} {_apart(found[1])}", flags=flags),
        replaced(_TICKER.pattern, lambda found: " ".join(f"{found[1]}{found[2] or ''}"), flags=flags),
        *telephones.rules(flags),
        replaced(r"(?<=[^\W\d_])[₀-₉]+", lambda found: found[0].translate(_LOWERED), flags=flags),
        replaced(_FORMULA.pattern, _formula, flags=flags),
        replaced(rf"({_NUMBER})\s?[×xX·⋅*]\s?(?=10(?:\^|[⁰¹²³⁴-⁹⁻]))", rf"\1{gap}{words.times}{gap}", flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})[eE]([+-]?\d{{1,3}})(?!\w|\.\d)", partial(_scientific, words, gap), flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})(?:\^\(?|\*\*)([-−+]?\d+)\)?(?!\w|[.]\d)", partial(_power, words), flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})([⁻⁺]?[⁰¹²³⁴-⁹]+)", partial(_power, words), flags=flags),
        replaced(r"(?<=\d)\s?×\s?(?=\d)", f"{gap}{words.times}{gap}", flags=flags),
        replaced(rf"(?<=[\d%kKmMbnN€$£¥₹])\s?/\s?(?=(?:{signs})\s?\d)", comma, flags=flags),
        replaced(rf"(?<=[€£¥₹])\s?/\s?(?={_NUMBER}[^/]*?[€£¥₹])", comma, flags=flags),
        replaced(r"(?<![\w/.,$-])((?:19|20)\d\d)/(\d\d)(?![\w/-]|[.,]\d)", _season, flags=flags),
        replaced(r"(?<=[^\W\d_]{3})/(?=\d)", comma, flags=flags),
        replaced(r"(?<![\d:.,])(\d{1,4}):(\d{1,4})(?![\d:]|[.,]\d)", partial(_ratio, words, gap), flags=flags),
        replaced(r"(?<![\w.,/:–—-])(\d{1,2})[–-](\d{1,2})(?![\w/:–—-]|[.,]\d|\s?[%€$£])", partial(_score, words, gap), flags=flags),
        replaced(r"\s?(?:≤|<=|⩽)\s?(?=[-−+]?[\d$€£])", f"{gap or ''}{words.at_most}{gap}", flags=flags),
        replaced(r"\s?(?:≥|>=|⩾)\s?(?=[-−+]?[\d$€£])", f"{gap or ''}{words.at_least}{gap}", flags=flags),
        replaced(r"(?<=[\w)])\s?<\s?(?=[-−+]?[\d$€£])", f"{gap}{words.less}{gap}", flags=flags),
        replaced(r"(?<=[\w)])\s?>\s?(?=[-−+]?[\d$€£])", f"{gap}{words.more}{gap}", flags=flags),
        replaced(r"(?<=[\w)%])\s=\s(?=[-−+\w($€£])", f"{gap}{words.equals}{gap}", flags=flags),
        replaced(r"\s?(?:±|\+/[-−])\s?(?=[\d$€£])", f"{gap}{words.plus_minus}{gap}", flags=flags),
    )  # fmt: skip


def _without_emoji(text: str) -> str:
    """The text without pictures and arrows, unless it is nothing else."""
    if text.isascii():
        return text
    without = _EMOJI.sub("", _ARROW.sub(" ", text))
    return without if any(map(str.isalnum, without)) else text


def _apart(name: str) -> str:
    """`ClimateAction` as `Climate Action`."""
    return " ".join(_HUMP.sub(" ", name).split())


def _email(words: Notation, found: re.Match[str]) -> str:
    """`press@example.org` as `press at example dot org`."""
    before, host = found[1].replace("_", " "), found[2]
    return f"{before.replace('.', f' {words.dot} ')} {words.at} {host.replace('.', f' {words.dot} ')}"


def _file(words: Notation, found: re.Match[str]) -> str:
    return f"{found[1].replace('_', ' ').replace('.', f' {words.dot} ')} {words.dot} {found[2]}"


def _formula(found: re.Match[str]) -> str:
    """`CO2` as `C O 2`; letters alone, or one letter and a figure that may be a name, stay."""
    parts = re.findall(r"[A-Z][a-z]?|\d+|eq?$", found[0])
    letters = [part for part in parts if not part.isdigit()]
    if len(letters) == 1 and found[0] not in _SIMPLE:
        return found[0]
    if _YEAR_OR_NAME.fullmatch(found[0]):
        return found[0]
    return " ".join(" ".join(part) if not part.isdigit() else part for part in parts)


_SIMPLE: Final = frozenset({"O2", "O3", "N2"})
"""Elements that are read figure by figure; H2 is half a year, too, and F16 an aircraft."""
_YEAR_OR_NAME: Final = re.compile(r"[A-Z]{2}\d{2,}|PM\d+")


def _power(words: Notation, found: re.Match[str]) -> str:
    exponent = found[2].translate(_RAISED).replace("−", "-")
    if exponent in {"2", "3"} and found[1] != "10":
        return (words.squared if exponent == "2" else words.cubed).format(found[1])
    return words.power.format(found[1], _signed(words, exponent))


def _scientific(words: Notation, gap: str, found: re.Match[str]) -> str:
    """`1.5e6` as `1.5 times 10 to the power of 6`."""
    return f"{found[1]}{gap}{words.times}{gap}{words.power.format('10', _signed(words, found[2]))}"


def _signed(words: Notation, exponent: str) -> str:
    if exponent.startswith("-"):
        return f"{words.minus} {exponent[1:]}"
    return exponent.removeprefix("+")


def _season(found: re.Match[str]) -> str:
    """`2021/22` as a range of years."""
    following = (int(found[1]) + 1) % 100 == int(found[2])
    return f"{found[1]}–{found[2]}" if following else found[0]


def _ratio(words: Notation, gap: str, found: re.Match[str]) -> str:
    """`3:1` as `3 to 1`; `10:30` is a time of day."""
    hours, minutes = int(found[1]), int(found[2])
    if len(found[2]) == 2 and hours <= _TIME_OF_DAY[0] and minutes <= _TIME_OF_DAY[1]:  # noqa: PLR2004 # 16:09
        return found[0]
    return f"{found[1]}{gap}{words.ratio}{gap}{found[2]}"


def _score(words: Notation, gap: str, found: re.Match[str]) -> str:
    """`3-1` as `3 to 1`; what rises is a range."""
    if int(found[1]) < int(found[2]) or found[0] in {"24-7", "50-50", "20-20"} or found[1] == "0":
        return found[0]
    return f"{found[1]}{gap}{words.ratio}{gap}{found[2]}"
