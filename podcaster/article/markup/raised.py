"""Raised numbers: a note's mark is not read, a power stays a power, an ordinal's ending stays an ending."""

import re

SUPERSCRIPTS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n")
_NUMBER = re.compile(r"[-−–+]?\d{1,3}")
_NOTE = re.compile(
    r"(?:\[[^\]]{1,40}\])+|:\s?\d{1,4}(?:[–-]\d{1,4})?|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)?(?:(?:\s?[,;–-]\s?|\s)(?:\d{1,3}|[a-z]))*|[*†‡§¶#]{1,3}|[,;]"
)
_UNITS = frozenset({
    "m", "km", "dm", "cm", "mm", "µm", "μm", "nm", "hm", "ha", "ft", "in", "yd", "mi", "s", "h", "kg", "g", "mol",
    "l", "cd", "K", "A", "N", "J", "W", "Pa", "Hz", "V", "Ω", "м", "км", "см", "мм", "дм", "с", "мили", "pulg",
    "pies", "po", "pi",
})  # fmt: skip
_UNIT_POWERS = frozenset({"2", "3", "4", "-1", "-2", "-3", "-4"})
_ORDINAL = re.compile(
    r"st|nd|rd|th|er|re|ère|ers|e|è|ème|eme|d|de|nde|os?|as?|ª|º|n|r|t|è|ns|me|mme|lle|lles|mes|gr|ve|st\.?",
    re.IGNORECASE,
)
_HOURS = frozenset({"h", "hs", "min"})
_PRICE = re.compile(r"[€$£¥]\s?\d[\d.,]*$")
_INNER_SPACE = re.compile(r"(?<=[\[(])\s+|\s+(?=[\])])")
_DAGGERS = re.compile(r"(?<=[\w.,%)])[†‡]{1,3}(?=[\s.,;:)]|$)|(?<=[^\W\d_]{3})\*{1,3}(?=[\s.,;:]|$)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{0,200}[^\s*])\1(?![\w*])")
"""Stars round words, as writers of plain text set them."""
_DECIMAL = re.compile(r"\d[.,]\d{1,2}$")
_FORMULA_OF_GAS = re.compile(r"(?:^|[^\w])(?:CO|SO|NO|CH)$")
"""Its figure is a subscript, which many a page raises."""
_WORD = re.compile(r"[^\W\d_]+$")
_DIGITS = re.compile(r"(?P<number>\d[\d.,]*)$")
_FORMULA = re.compile(r"[=+×·∙*/^√∑−]")
_RAISED = re.compile(
    r"(?<![^\s⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ])(?P<before>[^\s⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ]*)(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾]+(?:[,;]\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)"
)
_ABBREVIATED = frozenset(
    {"n", "m", "mm", "d", "dr", "mgr", "pr", "st", "s", "f", "j", "no", "c", "v", "nr", "me", "ml"}
)


_ISOTOPE = re.compile(r"(?:H|He|Li|Be|C|N|O|P|S|K|Ca|Fe|Co|Kr|Sr|Tc|I|Xe|Cs|Pb|Bi|Po|Rn|Ra|Th|U|Pu|Am|Na)(?![a-z])")


def is_isotope(before: str, mark: str, behind: str) -> bool:
    """Whether a raised number is the mass number of the element whose symbol follows, as in ¹⁴C."""
    return mark.isdecimal() and int(mark) > 1 and not before[-1:].strip() and bool(_ISOTOPE.match(behind))


def raised(before: str, mark: str, *, behind: str = "", linked: bool = False) -> str:
    """The written form of raised text: a superscript power, the text itself, or nothing for a note.

    Args:
        before: The text in front of it.
        mark: What is raised.
        behind: The text behind it.
        linked: Whether it leads somewhere, as notes do.
    """
    mark = _INNER_SPACE.sub("", " ".join(mark.split()))
    if not linked and _is_minutes(before, mark, behind):
        return f":{mark}"
    if mark in {"™", "®", "©", "TM", "SM", "(R)", "(TM)"}:
        return ""
    if (mark in _HOURS and before[-1:].isdigit() and not linked) or (mark == "x" and _FORMULA_OF_GAS.search(before)):
        return mark
    if _NUMBER.fullmatch(mark):
        return _raised_number(before, mark, linked=linked)
    return _raised_letters(before, mark, linked=linked)


def _is_minutes(before: str, mark: str, behind: str) -> bool:
    """Whether raised figures are the minutes behind an hour: `7<sup>30</sup> Uhr`, `at 7<sup>30</sup>`."""
    if not (_MINUTES.fullmatch(mark) and _HOUR.search(before)):
        return False
    return bool(_CLOCK_BEHIND.match(behind) or (mark[1] in "05" and _CLOCK_BEFORE.search(before)))


_MINUTES = re.compile(r"[0-5]\d")
_HOUR = re.compile(r"(?<![\w.,:/-])(?:[–—-]\s?)?(?:[01]?\d|2[0-4])$")
_CLOCK_BEHIND = re.compile(
    r"\s?(?:Uhr|h(?:eures?)?(?!\w)|o['’]clock|[ap]\.?\s?m(?!\w)|horas?(?!\w)|hores(?!\w)|[–-]\s?\d{1,2}$)",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    r"(?<!\w)(?:um|gegen|ab|at|before|after|à|dès|vers|alle|dalle|ore|a las|a les|ás|às|kl\.?|klo|om)\s+\d{1,2}$",
    re.IGNORECASE,
)


def _raised_letters(before: str, mark: str, *, linked: bool) -> str:
    if mark == "n" and not linked and re.search(r"(?<![\w.,])(?:2|10)$", before):
        return "ⁿ"
    if _ORDINAL.fullmatch(mark) and not linked and _is_shortened(before):
        return mark
    if _is_variable(before) and not linked and len(mark) == 1 and mark.isalpha():
        return "ⁿ" if mark == "n" else f"^{mark}"
    return "" if linked or _NOTE.fullmatch(mark) else mark


def _raised_number(before: str, mark: str, *, linked: bool) -> str:
    if _FORMULA_OF_GAS.search(before):
        return mark
    if len(mark) == 2 and not linked and _PRICE.search(before):  # noqa: PLR2004 # cents
        return f".{mark}"
    if mark[0] == "0" and len(mark) == 2 and not linked and before[-1:].isdigit():  # noqa: PLR2004 # minutes
        return f":{mark}"
    return mark.replace("−", "-").translate(SUPERSCRIPTS) if not linked and _is_power(before, mark) else ""


def without_note_marks(text: str) -> str:
    """Text in which superscript figures are powers; those that are notes' marks are gone."""
    text = _DAGGERS.sub("", _EMPHASIS.sub(r"\2", text) if "*" in text else text)
    if not any(sign in text for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return text

    def judged(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - 12) : found.end("before")]
        mark = found["mark"].translate(_PLAIN)
        return found["before"] + (raised(before, mark) if _NUMBER.fullmatch(mark) else _kept(found["mark"], mark))

    return _RAISED.sub(judged, text)


def _kept(mark: str, plain: str) -> str:
    return "" if _NOTE.fullmatch(plain) else mark


def _is_power(before: str, mark: str) -> bool:
    tail = before.rstrip("\u200a\u2009\u2060")
    signed = mark[0] in "-−–+"
    word = _WORD.search(tail)
    if word:
        return _is_powered_word(tail, word[0], mark.replace("−", "-").replace("–", "-"), signed=signed)
    number = _DIGITS.search(tail)
    if number:
        return (
            signed
            or number["number"] in {"10", "2"}
            or bool(_FORMULA.search(tail[-24 : -len(number[0])].rstrip()[-1:]))
        )
    return tail[-1:] in ")]" and bool(tail) and bool(_FORMULA.search(tail[tail.rfind("(") :]))


def _is_powered_word(tail: str, word: str, mark: str, *, signed: bool) -> bool:
    if word in _UNITS and mark in _UNIT_POWERS and signed:
        return True
    if word in _UNITS and mark in _UNIT_POWERS:
        start = tail[: -len(word)].rstrip()
        # "in" and "a" are words, too: a unit follows a figure, a stroke or a dot, or stands in brackets.
        return word not in _AMBIGUOUS or start[-1:].isdigit() or start[-1:] in "/·⋅(⁻"
    if word in _UNITS and tail[: -len(word)].rstrip()[-1:].isdigit():
        return False
    if len(word) == 1 and word.islower() and word not in "aeioyàéèó":
        return True
    if word == "R" and mark == "2":
        return True
    return signed or bool(_FORMULA.search(tail[-16 : -len(word)]) and len(word) <= 2)  # noqa: PLR2004 # "mc"


_AMBIGUOUS = frozenset({"in", "s", "h", "l", "A", "g", "po", "pi", "с"})


def _is_shortened(before: str) -> bool:
    """Whether an ending fits: behind a figure, a Roman numeral, or a word shortened to its first letters."""
    tail = before.rstrip()
    if tail[-1:].isdigit():
        return not _DECIMAL.search(tail)
    word = _WORD.search(tail)
    if not word:
        return False
    return word[0].lower() in _ABBREVIATED or bool(re.fullmatch(r"[IVXLC]+", word[0]))


def _is_variable(before: str) -> bool:
    word = _WORD.search(before)
    return bool(word) and len(word[0]) == 1 if word else before[-1:] == ")"
