"""Hindi."""

from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import replaced, words, written_out
from podcaster.units import LanguageTag

_HI: Final = LanguageTag("hi")
_ABBREVIATIONS: Final = table("hi", "abbreviations")
_QUARTERS: Final = common_rules.parts_of_year("Q{0}={1} तिमाही", words("पहली दूसरी तीसरी चौथी"))
_REGNAL: Final = dict(
    zip(
        words("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"),
        words(
            "प्रथम द्वितीय तृतीय चतुर्थ पंचम षष्ठ सप्तम अष्टम नवम दशम ग्यारहवें बारहवें तेरहवें चौदहवें पंद्रहवें सोलहवें सत्रहवें अठारहवें उन्नीसवें बीसवें"
        ),
        strict=True,
    )
)
_UNITS: Final = table("hi", "units")
RULES: Final = (
    written_out({**_ABBREVIATIONS, **_QUARTERS}),
    common_rules.grouped(),
    common_rules.dates(_HI, "/"),
    replaced(r"(?<![\d.,:])(\d{1,2}):00(?= बजे)", r"\1"),
    replaced(r"(?<![\d.,:])(\d{1,2}):0?([1-9]|[1-5]\d) बजे(?! (?:से|तक|का|की|के)\b)", r"\1 बजकर \2 मिनट पर"),
    replaced(
        r"(?<=[\u0900-\u097f] )(I{1,3}|IV|VI{0,3}|IX|X{1,2}|XI{1,3}|XIV|XVI{0,3}|XIX)(?![\w.])",
        lambda found: _REGNAL[found[1]],
    ),
    *units.rules(_HI, per="प्रति", own=_UNITS),
)
LAST_RULES: Final = (
    replaced(r"(?<![\w.,/–-])(1[1-9])00(?![\w/]|[.,:]\d|-\d)", r"\1 सौ"),
    replaced(r"(?<![\w.,/–-])(1[1-9])0?([1-9]|[1-9]\d)(?<=\d{4})(?![\w/]|[.,:]\d|-\d)", r"\1 सौ \2"),
)
