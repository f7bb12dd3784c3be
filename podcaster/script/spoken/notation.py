"""Signs that are written alike in most languages: powers, ratios, comparisons, formulas, addresses, names on the net, emoji."""

import re
from functools import partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken import comparisons, net_names, numbered_parts, telephones
from podcaster.script.spoken.currency_signs import ANY, CODES, SIGNS
from podcaster.script.spoken.notation_words import Notation, notation_words
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.wording import any_of, replaced
from podcaster.units import LanguageTag

_NUMBER: Final = r"\d++(?:(?=[.,]\d)[.,]\d++)*+"
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_LOWERED: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ELEMENT: Final = (
    "A[cglmrstu]|B[aehikr]?|C[adefl-orsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[dgnot]|N[abdeiop]?|"
    "Os?|P[abdmortu]?|R[abe-hnu]|S[bcegimnr]?|T[abehil]|U|V|W|Xe|Yb?|Z[nr]"
)
_FORMULA: Final = rf"(?<![\w$#@.-])(?=[A-Za-z]*\d)(?:(?:{_ELEMENT})\d{{0,2}}){{1,6}}(?:eq?)?(?!\w|-[\d]|\.\d)"
_EMOJI: Final = re.compile(
    "\\s*[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u231a-\u23ff]"
    "[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U0001f000-\U0001faff\u2640\u2642\u2764]*"
)
_RATIO: Final = r"(?<![\d:.,])(\d{1,4}(?:[.,]\d{1,2})?):(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?![\d:]|[.,]\d)"
_BETWEEN_AMOUNTS: Final = (
    r"(?:(?<=[\w%€$£¥₹\u0900-\u097f])|(?<=Mio\.)|(?<=Mrd\.)|(?<=Bio\.)|(?<=Tsd\.)|(?<=тыс\.))\s?/\s?"
)
_RAISED_LETTER: Final = r"(?<![\w.,/·⋅])([A-Za-zα-ωΑ-Ω]|mc|π[a-z]|(?<=[+=−-] )[a-z]{2})([⁻⁺]?[⁰¹²³⁴-⁹]+)(?!\w)"
_EXPONENT: Final = r"[-−+]?(?:\d+|[a-z])"
_CARET: Final = rf"(?<!\w)([A-Za-zπ]|mc|\d+(?=\^\(?[-−]?[a-z]))\^(?:({_EXPONENT})|\(({_EXPONENT})\))(?!\w|[.,]\d)"
_ARROW: Final = re.compile(r"\s*(?:[←-↔⇐-⇔]|(?<=\s)[-=]>(?=\s))\s*")
_BECOMES: Final = r"(?<=[\d%kKmMbn€$£])\s*(?:[→⇒]|[-=]>)\s*(?=[-−+]?[\d$€£])"
_SIDES: Final = "mm|cm|dm|m|km|in|ft|yd|px|metres|meters"
"""Units in which rooms and papers are measured."""
_TIME_OF_DAY: Final = (24, 59)


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules that run before a language's own; only emoji for languages without words for signs."""
    words = notation_words(language)
    if words is None:
        return (_without_emoji,)
    flags = cldr.word_flags(language)
    gap = " " if cldr.spaced(language) else ""
    return (
        replaced(_BECOMES, f"{gap}{words.arrow}{gap}", flags=flags),
        _without_emoji,
        *telephones.rules(flags),
        *numbered_parts.rules(language, words, flags),
        *net_names.rules(words, flags),
        *_formulas(words, gap, flags),
        *_arithmetic(words, gap, flags),
        replaced(degrees_pattern(language), partial(_degrees, language), flags=flags),
        replaced(rf"(?<!\d)({_NUMBER})\s?‰", lambda found: words.permille.format(found[1]), flags=flags),
        replaced(r"§§?\s?(?=\d)", f"{words.section}{gap}", flags=flags),
        *_slashes_and_dashes(words, gap, ", " if gap else "，", flags),
        *comparisons.rules(words, gap, flags),
    )  # fmt: skip


def _formulas(words: Notation, gap: str, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for chemistry, powers and numbers of science."""
    return (
        replaced(r"(?<!\w)([A-Z][a-z]?)([²³⁴-⁹]?)([⁺⁻])(?!\w)", partial(_ion, words), flags=flags),
        replaced(r"(?<![\w.,])([¹²³⁰⁴-⁹]{1,3})([A-Z][a-z]?)(?!\w)", _isotope, flags=flags),
        replaced(r"\bNOₓ|\bNOx\b", "N O x", flags=flags),
        replaced(_CARET, partial(_caret, words), flags=flags),
        replaced(r"(?<=[\d\w])\)(?:\^\(?([-−]?\d+|[a-z])\)?(?!\w)|([⁻]?[⁰¹⁴-⁹]+))", partial(_bracket_power, words), flags=flags),
        replaced(r"(?<=[\w)]\))(?:²|\^2(?!\d))", f" {words.squared.format('').strip()}", flags=flags),
        replaced(r"(?<=[\w)]\))(?:³|\^3(?!\d))", f" {words.cubed.format('').strip()}", flags=flags),
        replaced(r"(?<!\w)([A-Z]{3})/([A-Z]{3})(?=[ \u00a0]\d)", _exchange_rate, flags=flags),
        replaced(rf"(?<=[\d\w])=(?=[-−]?[{ANY}\d])", f"{gap}{words.equals}{gap}", flags=flags),
        replaced(r"(?<=\d)\s?(k|M|G|m|µ)?(g|t)\s?CO[2₂](?:eq?)?(?![\w₂])", _emitted, flags=flags),
        replaced(r"(?<=[^\W\d_])[₀-₉]+", lambda found: found[0].translate(_LOWERED), flags=flags),
        replaced(_FORMULA, _formula, flags=flags),
        replaced(r"(?:(?<=\s)|(?<=\())×\s?(?=10[\^⁰¹²³⁴-⁹⁻])", f"{words.times}{gap}", flags=flags),
        replaced(rf"(?<!\d)({_NUMBER})\s?[×xX·⋅*]\s?(?=10(?:\^|[⁰¹²³⁴-⁹⁻]))", rf"\1{gap}{words.times}{gap}", flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})[eE]([+-]?\d{{1,3}})(?!\w|\.\d)", partial(_scientific, words, gap), flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})(?:\^\(?|\*\*)([-−+]?\d+(?:[.,]\d+)?)\)?(?!\w|[.]\d)", partial(_power, words), flags=flags),
        replaced(rf"(?<![\w.,])({_NUMBER})([⁻⁺]?[⁰¹²³⁴-⁹]+)", partial(_power, words), flags=flags),
        replaced(_RAISED_LETTER, partial(_letter_power, words), flags=flags),
    )  # fmt: skip


def _arithmetic(words: Notation, gap: str, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for products, sums, roots and other signs between numbers."""
    return (
        replaced(r"(?<![\w.,])([34])\s?[x×]\s?(?=[1248]00(?:\s?m(?!\w)|\s?met))", rf"\1{gap}{words.times}{gap}", flags=flags),
        replaced(rf"(?<=\d)\s?[x×]\s?(?={_NUMBER}(?:\s?[x×]\s?{_NUMBER})?\s?(?:{_SIDES})(?!\w))", f"{gap}{words.by}{gap}", flags=flags),
        replaced(rf"(?<=\d)(\s?(?:{_SIDES}))\s?[x×]\s?(?=\d)", rf"\1{gap}{words.by}{gap}", flags=flags),
        replaced(r"(?<=\d) ?x ?(?=\d)", f"{gap}{words.by}{gap}", flags=flags),
        replaced(r"(?<=\d)\+(?=[\s.,;)]|$)", f"{gap}{words.plus}", flags=flags),
        replaced(r"(?<=\d)\s?×\s?(?=\d)", f"{gap}{words.times}{gap}", flags=flags),
        replaced(r"(?<=\d)\s?[x×](?!\w|\s?\d|-[a-z]{2})", f"{gap or ''}{words.fold}", flags=flags),
        replaced(r"(?<=\d)\s?÷\s?(?=\d)", f"{gap}{words.divided}{gap}", flags=flags),
        replaced(r"(?<=\S) \+ (?=[\w(√])", f"{gap}{words.plus}{gap}", flags=flags),
        replaced(r"(?<=\d) − (?=\d)", f"{gap}{words.minus}{gap}", flags=flags),
        replaced(r"(?<![\w.,])(\d+|[A-Za-z])ⁿ", lambda found: words.power.format(found[1], "n"), flags=flags),
        replaced(r"(?<=(?<!\w)[A-Za-zα-ω]) × (?=[A-Za-zα-ω](?!\w))", f" {words.times} ", flags=flags),
        replaced(r"(?<=\w)\s?×\s?(?=[\d(])", f"{gap}{words.times}{gap}", flags=flags),
        replaced(r"(?<=\d)√\s?(?=[\w(])", f"{gap}{words.times}{gap}{words.root}{gap}", flags=flags),
        replaced(r"√\s?(?=[\w(])", f"{words.root}{gap}", flags=flags),
        replaced("∞", words.infinity, flags=flags),
        replaced(r"\s?(?:!=|≠)\s?", f"{gap}{words.unequal}{gap}", flags=flags),
        replaced(rf"(?<![\w~])[~≈∼]\s?(?=[\d{ANY}])", f"{words.about}{gap}", flags=flags),
    )  # fmt: skip


def _slashes_and_dashes(words: Notation, gap: str, comma: str, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for what stands between two amounts, years, ratios and scores."""
    signs = any_of(SIGNS)
    return (
        replaced(
            rf"((?P<sign>{signs})\s?{_NUMBER}\s?(?P<scale>k|K|m|M|mn|bn|tn|B))/(?={_NUMBER}\s?(?P=scale)(?!\w))",
            rf"\1{comma}\g<sign>",
            flags=flags,
        ),
        replaced(rf"{_BETWEEN_AMOUNTS}(?=(?:{signs}|[A-Z]{{3}} ?)\s?\d)", comma, flags=flags),
        replaced(r"(?<=[%‰])\s?/\s?(?=\d)", comma, flags=flags),
        replaced(rf"(?<=[$€£¥₹])\s?/\s?(?={_NUMBER}[^/]*?[$€£¥₹])", comma, flags=flags),
        replaced(r"(?<![\w/.,$-])((?:19|20)\d\d)/(\d\d)(?![\w/-]|[.,]\d)", _season, flags=flags),
        replaced(r"(?<=[^\W\d_]{3})\s?/\s?(?=\d)", comma, flags=flags),
        replaced(_RATIO, partial(_ratio, words, gap), flags=flags),
        replaced(r"(?<![\w.,/:–—-])(\d{1,2})[–-](\d{1,2})(?![\w/:–—-]|[.,]\d|\s?[%€$£])", partial(_score, words, gap), flags=flags),
    )  # fmt: skip


def _without_emoji(text: str) -> str:
    """The text without pictures and arrows, unless it is nothing else."""
    if text.isascii() and ">" not in text:
        return text
    without = _EMOJI.sub("", _ARROW.sub(" ", text))
    return without if any(map(str.isalnum, without)) else text


def _formula(found: re.Match[str]) -> str:
    """`CO2` as `C O 2`; letters alone, or one letter and a figure that may be a name, stay."""
    parts = re.findall(r"[A-Z][a-z]?|\d+|eq?$", found[0])
    letters = [part for part in parts if not part.isdigit()]
    if len(letters) == 1 and found[0] not in _SIMPLE:
        return found[0]
    if _YEAR_OR_NAME.fullmatch(found[0]) or found[0][:3] in CODES or found[0].rstrip("0123456789") in SIGNS:
        return found[0]
    return " ".join(" ".join(part) if not part.isdigit() else part for part in parts)


_SIMPLE: Final = frozenset({"O2", "O3", "N2"})
"""Elements that are read figure by figure; H2 is half a year, too, and F16 an aircraft."""
_YEAR_OR_NAME: Final = re.compile(r"[A-Z]{2}\d{2,}|PM\d+|Y2K|H\d{1,2}N\d{1,2}")


_ORDINAL_RING: Final = frozenset({"es", "ca", "gl", "pt", "it"})
"""Languages that write a ring for the `º` of ordinals, too."""
_COMPASS: Final = "nor|sur|sud|sul|este|oeste|nord|north|south|east|west|est|ovest|ouest|W\\b|N\\b|S\\b|E\\b|O\\b"


def degrees_pattern(language: LanguageTag) -> str:
    """Pattern for angles: `45°30′`; where a ring can be an ordinal's, one that is too large, or goes by the compass."""
    number = r"(?P<number>(?<![\w.,])\d+(?:[.,]\d+)?)"
    parts = r"(?:\s?(?P<minutes>\d{1,2})\s?[′'’](?:\s?(?P<seconds>\d{1,2})\s?[″\"”])?)?"
    if language.partition("-")[0] not in _ORDINAL_RING:
        return rf"{number}\s?°(?!\s?[CFKС]\b){parts}"
    return (
        rf"{number}\s?°(?!\s?[CFK]\b)(?:(?=\s?\d{{1,2}}\s?[′'’]){parts}|(?=\s?(?:{_COMPASS}))|"
        r"(?<=[1-9]\d\d°)|(?<=[4-9]\d°)|(?<=\d[.,]\d°))"
    )


def _degrees(language: LanguageTag, found: re.Match[str]) -> str:
    units_of = {"number": "angle-degree", "minutes": "angle-arc-minute", "seconds": "angle-arc-second"}
    groups = found.groupdict()
    said = [
        units.pattern(unit, groups[part], language).replace("{0}", groups[part])
        for part, unit in units_of.items()
        if groups.get(part)
    ]
    behind = found.string[found.end() :]
    return _ARC.sub("", " ".join(said)).replace("Winkelm", "M").replace("Winkels", "S") + (
        " " if behind[:1].isalnum() else ""
    )


_ARC: Final = re.compile(r"(?<=\d )arc(?=minutes?\b|seconds?\b)| de arco?\b| d[’']arco?\b| d’arc\b")
"""Parts of the names of a degree's parts that nobody says behind degrees."""


def _emitted(found: re.Match[str]) -> str:
    """`120 gCO2e` with its unit apart from its gas."""
    return f" {found[1] or ''}{found[2]} {'CO2e' if found[0].rstrip('q').endswith('e') else 'CO2'}"


def _letter_power(words: Notation, found: re.Match[str]) -> str:
    """`x²` as `x squared`; a unit's sign stays."""
    exponent = found[2].translate(_RAISED)
    if found[1] in _LENGTHS or (exponent.startswith("-") and found[1] != "e"):
        return found[0]
    if exponent in {"2", "3"}:
        return (words.squared if exponent == "2" else words.cubed).format(found[1])
    return words.power.format(found[1], _signed(words, exponent))


_LENGTHS: Final = frozenset("m")


def _power(words: Notation, found: re.Match[str]) -> str:
    exponent = found[2].translate(_RAISED).replace("−", "-")
    if exponent in {"2", "3"} and found[1] != "10":
        return (words.squared if exponent == "2" else words.cubed).format(found[1])
    return words.power.format(found[1], _signed(words, exponent))


def _bracket_power(words: Notation, found: re.Match[str]) -> str:
    """`(1.1)^5` as `(1.1) to the power of 5`."""
    exponent = (found[1] or found[2]).translate(_RAISED).replace("−", "-")
    if exponent in {"2", "3"}:
        return (words.squared if exponent == "2" else words.cubed).format(")")
    return words.power.format(")", _signed(words, exponent))


def _ion(words: Notation, found: re.Match[str]) -> str:
    """`Fe³⁺` as `Fe 3 plus`."""
    sign = words.plus if found[3] == "⁺" else words.minus
    return " ".join(filter(None, (found[1], found[2].translate(_RAISED), sign)))


def _isotope(found: re.Match[str]) -> str:
    """`¹⁴C` as `C 14`."""
    return f"{found[2]} {found[1].translate(_RAISED)}"


def _caret(words: Notation, found: re.Match[str]) -> str:
    """`x^2` as `x squared`."""
    exponent = found[2] or found[3]
    if exponent in {"2", "3"} and found[1] != "10":
        return (words.squared if exponent == "2" else words.cubed).format(found[1])
    return words.power.format(found[1], _signed(words, exponent.replace("−", "-")))


def _exchange_rate(found: re.Match[str]) -> str:
    """`EUR/USD 1.08`, which is no amount of dollars."""
    return f"{found[1]}–{found[2]}:" if {found[1], found[2]} <= CODES else found[0]


def _scientific(words: Notation, gap: str, found: re.Match[str]) -> str:
    """`1.5e6` as `1.5 times 10 to the power of 6`."""
    sign, digits = found[2].rstrip("0123456789"), found[2].lstrip("+-").lstrip("0") or "0"
    return f"{found[1]}{gap}{words.times}{gap}{words.power.format('10', _signed(words, sign + digits))}"


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
    if not (found[1].isdigit() and found[2].isdigit()):
        return f"{found[1]}{gap}{words.ratio}{gap}{found[2]}"
    hours, minutes = int(found[1]), int(found[2])
    if len(found[2]) == 2 and hours <= _TIME_OF_DAY[0] and minutes <= _TIME_OF_DAY[1]:  # noqa: PLR2004 # 16:09
        return found[0]
    return f"{found[1]}{gap}{words.ratio}{gap}{found[2]}"


def _score(words: Notation, gap: str, found: re.Match[str]) -> str:
    """`3-1` as `3 to 1`; what rises is a range."""
    if int(found[1]) < int(found[2]) or found[0] in {"24-7", "50-50", "20-20"} or found[1] == "0":
        return found[0]
    return f"{found[1]}{gap}{words.ratio}{gap}{found[2]}"
