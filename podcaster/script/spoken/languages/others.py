"""Languages of which little need be said: engines read most of their signs, CLDR abbreviates in their dates."""

from collections.abc import Mapping
from typing import Final

from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.wording import Rule, Scale, Wording, replaced, scale_forms, written_out

_YEAR: Final[Mapping[str, tuple[Rule, ...]]] = {
    "ru": (replaced(r"(?<=\d{4} )г\.", "года"),),
    "be": (replaced(r"(?<=\d{4} )г\.", "года"),),
    "uk": (replaced(r"(?<=\d{4} )р\.", "року"),),
    "mk": (replaced(r"(?<=\d{4} )г\.", "година"),),
    "lt": (replaced(r"(?<=\d{4} )m\.", "metų"), replaced(r"(?<=\d )d\.", "diena")),
    "hy": (replaced(r"(?<=\d{4} )թ\.", "թվական"),),
}
"""The word for a year, or a day, that stands abbreviated behind it in a date."""

_FRENCH: Final = Wording(
    percent="pour cent",
    to="à",
    between=("entre", "et"),
    plus="plus",
    minus="moins",
    currencies=currency_names(
        USD="dollar|dollars", EUR="euro|euros", GBP="livre|livres", JPY="yen|yens", CNY="yuan|yuans"
    ),
    scales=scale_forms(
        (Scale(one="mille", many="mille"), "k|mille"),
        (Scale(one="un million", many="millions", link=" de "), "m|M|mn|Mio|million|millions"),
        (Scale(one="un milliard", many="milliards", link=" de "), "bn|Md|Mds|Mrd|milliard|milliards"),
    ),
    rules=(
        replaced(r"(?<![\w.])(?<![A-Z]\. )M\.(?= [A-ZÀ-Ý])", "Monsieur"),
        written_out({"MM.": "Messieurs", "Mme": "Madame", "p. ex.": "par exemple", "n°": "numéro"}),
        written_out(
            {"1er": "premier", "1re": "première", "et/ou": "et ou", "É.-U.": "États-Unis", "etc.": "et cetera"}
        ),
    ),
    last_rules=(replaced(r"\bde (?=euros\b)", "d’"),),
)
_GERMAN: Final = Wording(
    percent="Prozent",
    to="bis",
    between=("zwischen", "und"),
    plus="plus",
    minus="minus",
    currencies=currency_names(USD="Dollar", EUR="Euro", GBP="Pfund", JPY="Yen", CNY="Yuan", CHF="Franken"),
    scales=scale_forms(
        (Scale(one="tausend", many="tausend"), "k|Tsd.|Tsd|tausend"),
        (Scale(one="eine Million", many="Millionen"), "m|M|Mio.|Mio|Million|Millionen"),
        (Scale(one="eine Milliarde", many="Milliarden"), "bn|Mrd.|Mrd|Milliarde|Milliarden"),
    ),
    rules=(
        written_out({"z. B.": "zum Beispiel", "z.B.": "zum Beispiel", "d. h.": "das heißt", "d.h.": "das heißt"}),
        written_out(
            {"u. a.": "unter anderem", "u.a.": "unter anderem", "usw.": "und so weiter", "bzw.": "beziehungsweise"}
        ),
        written_out({"Nr.": "Nummer", "ca.": "circa", "vgl.": "vergleiche", "und/oder": "und oder", "Dr.": "Doktor"}),
    ),
)
_ITALIAN: Final = Wording(
    percent="per cento",
    to="a",
    between=("tra", "e"),
    plus="più",
    minus="meno",
    currencies=currency_names(
        USD="dollaro|dollari", EUR="euro", GBP="sterlina|sterline", JPY="yen", CNY="yuan", CHF="franco|franchi"
    ),
    scales=scale_forms(
        (Scale(one="mille", many="mila"), "k|mila"),
        (Scale(one="un milione", many="milioni", link=" di "), "m|M|mln|mn|milione|milioni"),
        (Scale(one="un miliardo", many="miliardi", link=" di "), "bn|mld|mrd|miliardo|miliardi"),
    ),
    rules=(
        written_out({"Sig.": "signor", "Sig.ra": "signora", "Dott.": "dottor", "ecc.": "eccetera", "n.": "numero"}),
        written_out({"p. es.": "per esempio", "ad es.": "ad esempio", "e/o": "e o", "art.": "articolo"}),
    ),
)
_BY_LANGUAGE: Final = {"fr": _FRENCH, "de": _GERMAN, "it": _ITALIAN}


def wording(base: str, *, decimal_comma: bool) -> Wording:
    """The words of a language, by its tag without region."""
    return _BY_LANGUAGE.get(base) or Wording(decimal_comma=decimal_comma, rules=_YEAR.get(base, ()))
