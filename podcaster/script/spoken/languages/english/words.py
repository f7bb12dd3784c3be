"""English: the words for abbreviations, units, currencies and scales."""

from typing import Final

from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.word_tables import scales, table
from podcaster.script.spoken.wording import words

ABBREVIATIONS: Final = table("en", "abbreviations")
SHORT_FORMS: Final = (
    (r"\bp\. ?(?=\d)", "page "), (r"\bpp\. ?(?=\d)", "pages "), (r"\b([Cc])h\. ?(?=\d|[IVXLC]+\b)", r"\1hapter "),
    (r"\b([Vv])ol\. ?(?=\d|[IVXLC]+\b)", r"\1olume "), (r"\bnos\. ?(?=\d)", "numbers "),
    (r"\bfig\. ?(?=\d)", "figure "), (r"\bparas?\. ?(?=\d)", "paragraph "), (r"\bc\. ?(?=1\d{3}\b|[2-9]\d\d\b)", "circa "),
    (r"\b([Bb])\. (?=1[5-9]\d\d\b|20\d\d\b)", r"\1orn "), (r"\bd\. (?=1[5-9]\d\d\b|20\d\d\b)", "died "),
    (r"\br\. (?=1\d{3}\b)", "reigned "), (r"\bLt\. (?=[A-Z])", "Lieutenant "), (r"\bCol\. (?=[A-Z])", "Colonel "),
    (r"\bSgt\. (?=[A-Z])", "Sergeant "), (r"\bCapt\. (?=[A-Z])", "Captain "), (r"\bMaj\. (?=[A-Z])", "Major "),
    (r"\bRev\. (?=[A-Z])", "Reverend "), (r"\bHon\. (?=[A-Z])", "Honourable "), (r"\bMessrs\.? (?=[A-Z])", "Messieurs "),
    (r"\bMt\. (?=[A-Z])", "Mount "), (r"\bFt\. (?=[A-Z])", "Fort "), (r"\bRm\. (?=\d)", "Room "), (r"\bApt\. (?=\d)", "Apartment "),
    (r"(?<=[a-z]) St\.(?= [a-z]|[,;.]|$)", " Street"), (r"\bSt\. (?=[A-Z])", "Saint "), (r"\bAve\.(?=[ ,.;]|$)", "Avenue"),
    (r"\bBlvd\.(?=[ ,.;]|$)", "Boulevard"), (r"(?<=\d) hrs\b\.?", " hours"), (r"(?<=\d) mins\b", " minutes"),
    (r"(?<=\d) secs\b", " seconds"), (r"(?<=\d) wk\b", " weeks"),
    (r"(?<=\d) yrs\b", " years"), (r"(?<=\d) wks\b", " weeks"), (r"(?<=\d) mos\b", " months"),
    *(
        (pattern.format(unit), f" {word}")
        for unit, name in (("tbsp", "tablespoon"), ("tsp", "teaspoon"))
        for pattern, word in (
            (r"(?<=(?<![\d.,])(?<!\d )[1237]/[2348]) {0}s?\b|(?<=(?<![\d.,/])1) {0}s?\b|(?<=(?<!\d)[½¼¾]) {0}s?\b", name),
            (r"(?<=[\d½¼¾]) {0}s?\b", f"{name}s"),
        )
    ),
    (r"(?<=\S) @ (?=[\d$€£])", " at "), (r"(?<![\d/])10/10(?![\d/])", "10 out of 10"),
    (r"(?<=[½¼¾])\s?%", " percent"), (r"(?<=\d)[kK](?= (?!runs|races|filings)[a-z]+s\b)", " thousand"),
    (r"(?<=\d)M(?= [a-z]+s\b)", " million"),
    (r"(?<=\d)m(?= (?:bbl|[kc]?m[²³23]|ha|t|[kMG]Wh)(?!\w))", " million"),
    (r"(?<=\d)/(?=10{1,3} ?(?:g|kg|ml|l|km|m)(?!\w))", " per "),
    (r"\b(GMT|UTC)\+(?=\d)", r"\1 plus "), (r"\b(GMT|UTC)[-−](?=\d)", r"\1 minus "),
)  # fmt: skip
"""Abbreviations that are words only beside what they belong to: patterns, and what stands in their place."""
FRACTIONS: Final = {"1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter"} | {
    "3/4": "three quarters",
    "½": "one half",
    "⅓": "one third",
    "⅔": "two thirds",
    "¼": "one quarter",
    "¾": "three quarters",
}
UNITS: Final = table("en", "units")
EACH: Final = {"hour": "an", "capita": "per"} | dict.fromkeys(
    words(
        "acre barrel bushel century day decade dose foot gallon generation head hectare home household inhabitant kilo kilogram "
        "kilometre litre megawatt metre "
        "mile minute month night ounce passenger patient person piece pound pupil quarter quintal "
        "resident second share shift student ton tonne "
        "tree unit user vehicle visit visitor vote week worker year"
    ),
    "a",
)
"""Behind a slash and an amount."""
NUMBERED: Final = (
    "World War",
    *words("Chapter Part Article Annex Phase Title Volume Act Class Category Schedule Section Type Tier Book"),
)
"""Words before a Roman numeral that is read as a cardinal."""
COUNTED: Final = words(table("en", "lists")["counted"])
"""Before these 2m is two million and not two metres."""
CURRENCIES: Final = currency_names(table("en", "currencies"))
SCALES: Final = scales("en")
