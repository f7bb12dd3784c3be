"""Catalan."""

from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.wording import Scale, Wording, replaced, scale_forms, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = {
    "p.p.": "punts percentuals",
    "p. p.": "punts percentuals",
    "EUA": "Estats Units",
    "EE. UU.": "Estats Units",
    "EE.UU.": "Estats Units",
    "EEUU": "Estats Units",
    "JJ. OO.": "Jocs Olímpics",
    "Sr.": "senyor",
    "Sra.": "senyora",
    "Srs.": "senyors",
    "Dr.": "doctor",
    "Dra.": "doctora",
    "Prof.": "professor",
    "p. ex.": "per exemple",
    "p.ex.": "per exemple",
    "P. ex.": "Per exemple",
    "etc.": "etcètera",
    "aprox.": "aproximadament",
    "núm.": "número",
    "n.": "número",
    "hab.": "habitants",
    "Mn.": "mossèn",
    "Av.": "avinguda",
    "S. A.": "S A",
    "S. L.": "S L",
    "núms.": "números",
    "Núm.": "Número",
    "pàg.": "pàgina",
    "pàgs.": "pàgines",
    "vs.": "contra",
    "a. m.": "del matí",
    "p. m.": "de la tarda",
    "a. C.": "abans de Crist",
    "aC": "abans de Crist",
    "dC": "després de Crist",
    "i/o": "i o",
    "I Guerra Mundial": "Primera Guerra Mundial",
    "II Guerra Mundial": "Segona Guerra Mundial",
}
_MASCULINE: Final = words("primer segon tercer quart cinquè sisè setè vuitè novè desè")
_FEMININE: Final = words("primera segona tercera quarta cinquena sisena setena vuitena novena desena")
_IBERIAN: Final = romance.Iberian(
    masculine=_MASCULINE,
    feminine=_FEMININE,
    kings=words(
        "Rama Simeón Joan Jorge George Charles Climent Innocenci Bonifaci Sixt Juli Adrià Sanç Harald Haroldo Cristià Ptolemeu Ramsès "
        "Darios Cir Hussein Selim Murad Mehmed Haakon Olaf Albert Rodolf Maximilià Josep Ivan Constantí Urbà Humbert Felipe "
        "Alexandre Alfons Benet Carles Enric Eduard Felip Ferran Francesc Guillem Jaume Jordi Jordi Lleó "
        "Leopold Lluís Mohamed Napoleó Nicolau Pau Pere Pius Martí Frederic Gustau"
    ),
    queens=words("Isabel Elisabet Caterina Margarida Beatriu"),
    quarter="trimestre",
    half="semestre",
    the={"en": "en el", "En": "En el", "al": "al", "de": "del", "des de": "des del", "fins a": "fins al"}
    | {"per a": "per al", "a": "al", "durant": "durant el"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("ca"),
    hours="hores",
    at="[Aa] les|[Dd]es de les|[Ff]ins a les",
    per="per",
    about="aproximadament",
    units=romance_measures.unit_names(
        dB="decibel|decibels",
        rpm="revolució per minut|revolucions per minut",
        mph="milla per hora|milles per hora",
        kg="quilogram|quilograms",
        mm="mil·límetre|mil·límetres",
        cm="centímetre|centímetres",
        km="quilòmetre|quilòmetres",
        m2="metre quadrat|metres quadrats",
        m3="metre cúbic|metres cúbics",
        km2="quilòmetre quadrat|quilòmetres quadrats",
        kW="quilowatt|quilowatts",
        MW="megawatt|megawatts",
        GW="gigawatt|gigawatts",
        TW="terawatt|terawatts",
        kWh="quilowatt hora|quilowatts hora",
        MWh="megawatt hora|megawatts hora",
        GWh="gigawatt hora|gigawatts hora",
        TWh="terawatt hora|terawatts hora",
        pp="punt percentual|punts percentuals",
        pb="punt bàsic|punts bàsics",
    ),
)
_SCALES: Final = scale_forms(
    (Scale(one="mil", many="mil"), "k|K|mil"),
    (Scale(one="un milió", many="milions", link=" de "), "m|M|mn|MM|milió|milions"),
    (Scale(one="mil milions", many="mil milions", link=" de "), "bn|B|mil milions|mil M"),
    (Scale(one="un bilió", many="bilions", link=" de "), "tn|trn|T|bilió|bilions"),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Catalan, the same in all its regions."""
    del language
    return Wording(
        percent="per cent",
        to="a",
        between=("entre", "i"),
        plus="més",
        minus="menys",
        currencies=currency_names(
            USD="dòlar|dòlars",
            EUR="euro|euros",
            GBP="lliura|lliures",
            JPY="ien|iens",
            CNY="iuan|iuans",
            INR="rupia|rupies",
            RUB="ruble|rubles",
            BRL="real|reals",
            CHF="franc suís|francs suïssos",
        ),
        scales=_SCALES,
        rules=(
            replaced(r"\b([Aa])rt(s?)\.(?= \d)", r"\1rticle\2"),
            replaced(r"\bp\. (?=\d)", "pàgina "),
            replaced(r"\bpp\. (?=\d)", "pàgines "),
            replaced(r"\bc/ ?(?=[A-ZÀ-Ý][a-z])", "carrer "),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"\bcap\.(?= \d)", "capítol"),
            replaced(r"\bs\. (?=[IVX]+\b)", "segle "),
            written_out(_ABBREVIATIONS),
            replaced(r"\b(10|[1-9])(?:r|n|t|è|é)\b", lambda found: _MASCULINE[int(found[1]) - 1]),
            replaced(r"\b(10|[1-9])a\b", lambda found: _FEMININE[int(found[1]) - 1]),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grau"),
            replaced(r"(?<=\d)\s?°C\b", " graus"),
        ),
        last_rules=(replaced(r"\bde (?=euros\b)", "d’"),),
    )
