"""Swedish."""

from typing import Final

from podcaster.script.spoken import common_rules
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.quantities import units
from podcaster.script.spoken.wording import Scale, Wording, any_of, replaced, scale_forms, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = {
    "t.ex.": "till exempel",
    "t. ex.": "till exempel",
    "t ex": "till exempel",
    "bl.a.": "bland annat",
    "bl. a.": "bland annat",
    "bl a": "bland annat",
    "d.v.s.": "det vill säga",
    "dvs.": "det vill säga",
    "dvs": "det vill säga",
    "m.m.": "med mera",
    "m. m.": "med mera",
    "osv.": "och så vidare",
    "osv": "och så vidare",
    "o.s.v.": "och så vidare",
    "etc.": "et cetera",
    "ca": "cirka",
    "ca.": "cirka",
    "kl.": "klockan",
    "Kl.": "Klockan",
    "kl": "klockan",
    "Kl": "Klockan",
    "nr": "nummer",
    "nr.": "nummer",
    "s.k.": "så kallade",
    "f.Kr.": "före Kristus",
    "f. Kr.": "före Kristus",
    "e.Kr.": "efter Kristus",
    "e. Kr.": "efter Kristus",
    "jfr": "jämför",
    "kap.": "kapitel",
    "bd.": "band",
    "st.": "stycken",
    "och/eller": "och eller",
    "½": "en halv",
    "1/3": "en tredjedel",
    "2/3": "två tredjedelar",
    "1/4": "en fjärdedel",
    "3/4": "tre fjärdedelar",
    "24/7": "24 7",
}
_INITIALS: Final = words("EU IMF ECB WHO OECD IAEA IEA AI EIB ESV ILO")
_KINGS: Final = words(
    "Albert Alexander Alfons Benedictus Carl Charles Christian Edvard Erik Felipe Ferdinand Filip Frans Franciskus Fredrik "
    "Georg Gregorius Gustaf Gustav Adolf Harald Henrik Ivan Jakob Johan Johannes Karl Leo Leopold Ludvig Napoleon Nikolaus "
    "Abdülhamid Adrian Baudouin Birger Bonifatius Clemens Darius Frederik Haakon Håkan Innocentius Juan Kasimir Konstantin Magnus "
    "Margareta Maximilian Mehmed Mikael Nikolaj Otto Philippe Ptolemaios Rama Ramses Richard Rikard Rudolf Sigismund Sixtus Sverker "
    "Umberto Urban Valdemar Viktor Olav Oscar Oskar Paulus Peter Pius Vilhelm Wilhelm"
)
_QUEENS: Final = words("Elizabeth Elisabet Katarina Margrethe Margareta Beatrix")
_UNITS: Final = {
    "MWh": "megawattimme|megawattimmar",
    "GWh": "gigawattimme|gigawattimmar",
    "TWh": "terawattimme|terawattimmar",
    "TW": "terawatt",
    "km/tim": "kilometer i timmen",
    "km/h": "kilometer i timmen",
    "°C": "grad|grader",
    "bp": "baspunkt|baspunkter",
}
_ORDINALS: Final = words("första andra tredje fjärde")
_QUARTERS: Final = common_rules.parts_of_year("Q{0}={1} kvartalet", _ORDINALS)
_MONTHS: Final = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SCALES: Final = scale_forms(
    (Scale(one="tusen", many="tusen"), "k|K|tusen"),
    (Scale(one="en miljon", many="miljoner"), "m|M|mn|mln|milj.|miljon|miljoner"),
    (Scale(one="en miljard", many="miljarder"), "bn|md|mdr|mdr.|md.|miljard|miljarder"),
    (Scale(one="en biljon", many="biljoner"), "tn|trn|biljon|biljoner"),
)


def _ordinal(number: int) -> str:
    """`3` as `tredje`; num2words has no proper words for full tens."""
    return {20: "tjugonde", 30: "trettionde"}.get(number) or common_rules.number_words(number, "sv")


def _king(number: int) -> str:
    """`XVI` as `den sextonde`; kings take the masculine form of the first two: `den förste`, `den andre`."""
    said = {1: "förste", 2: "andre"}.get(number) or _ordinal(number)
    return f"den {said}"


def _queen(number: int) -> str:
    return f"den {_ordinal(number)}"


_RULES: Final = (
    replaced(
        r"(?<![\w.,-])(\d{1,2})-(?=faldig|dubb)",
        lambda found: common_rules.number_words(int(found[1]), "sv", "cardinal"),
    ),
    written_out({**_ABBREVIATIONS, **_QUARTERS}),
    replaced(r"\b[Ss]\. ?(?=\d+\s?[–-]\s?\d)", "sidorna "),
    replaced(r"(?<!\d )\b[Ss]\. ?(?=\d)", "sidan "),
    replaced(r"(?<=[Kk]lockan )([01]?\d|2[0-4])[.:]00\b", r"\1"),
    replaced(r"(?<=[Kk]lockan )([01]?\d|2[0-4])[.:]([0-5]\d)\b", r"\1:\2"),
    common_rules.spelt(_INITIALS),
    common_rules.grouped(),
    common_rules.iso_dates(LanguageTag("sv")),
    replaced(
        rf"(?<![\w.,–-])([1-9]|[12]\d|3[01])(?= (?:{_MONTHS})\b)",
        lambda found: _ordinal(int(found[1])),
    ),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_KINGS)}) ", r"(?![\w-])", _king),
    common_rules.numerals(
        r"(?<!\w)(?i:kung|kungen|påven|kejsar|kejsaren|tsar|tsaren|sultan|sultanen|shahen|prins|hertig|farao) "
        r"(?:[A-ZÀ-Ý][\w’-]+ )?[A-ZÀ-Ý][\w’-]+ ",
        r"(?![\w-])",
        _king,
    ),
    common_rules.numerals(
        r"(?<!\w)(?i:drottning|drottningen|prinsessan|kejsarinnan) [A-ZÀ-Ý][\w’-]+ ", r"(?![\w-])", _queen
    ),
    common_rules.numerals(rf"(?<!\w)(?:{any_of(_QUEENS)}) ", r"(?![\w-])", _queen),
    *units.rules(
        LanguageTag("sv"), per="per", each="dag|månad|år|timme|vecka|person|fat|liter|kilo|invånare", own=_UNITS
    ),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Swedish."""
    del language
    return Wording(
        percent="procent",
        to="till",
        between=("mellan", "och"),
        plus="plus",
        minus="minus",
        currencies={
            **currency_names(
                USD="dollar",
                EUR="euro",
                GBP="pund",
                JPY="yen",
                CNY="yuan",
                SEK="krona|kronor",
                NOK="norsk krona|norska kronor",
                DKK="dansk krona|danska kronor",
                CHF="franc",
                INR="rupie|rupier",
                RUB="rubel",
            ),
            "kr": "krona|kronor",
        },
        scales=_SCALES,
        first_rules=(
            replaced(r"(?<![\d/.,–-])(\d{1,2})/(\d{1,2}) (?=(?:19|20)\d\d(?!\d))", r"\1/\2/"),
            replaced(r"(?<=\d):[-–—]", " kr"),
            replaced(r"(?<=\d)\s?MSEK\b", " miljoner kronor"),
            replaced(r"(?<=\d)\s?MEUR\b", " miljoner euro"),
            replaced(r"(?<=\d)\s?KSEK\b", " tusen kronor"),
        ),
        rules=_RULES,
        last_rules=(
            replaced(r"(?<![\d.,:])(\d+),(\d+)(?![.,]?\d)", r"\1 komma \2"),
            replaced(r"(?<=\d)\s?(?:mn|milj)\b\.?", " miljoner"),
            replaced(r"(?<=\d)\s?(?:md|mdr)\b\.?", " miljarder"),
            replaced(r"(?<=\d)\s?mdkr\b", " miljarder kronor"),
            replaced(r"(?<=\d)\s?mnkr\b", " miljoner kronor"),
            replaced(r"(?<=\d)\s?tkr\b", " tusen kronor"),
            replaced(r"(?<![\w.,–-])1 (?=(?:krona|grad|rupie|\w+wattimme|procentenhet)\b)", "en "),
        ),
    )
