"""Galician."""

from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.wording import Scale, Wording, replaced, scale_forms, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = {
    "EUA": "Estados Unidos",
    "EE. UU.": "Estados Unidos",
    "EE.UU.": "Estados Unidos",
    "EEUU": "Estados Unidos",
    "XX. OO.": "Xogos Olímpicos",
    "Sr.": "señor",
    "Sra.": "señora",
    "Sres.": "señores",
    "Dr.": "doutor",
    "Dra.": "doutora",
    "Prof.": "profesor",
    "p. ex.": "por exemplo",
    "p.ex.": "por exemplo",
    "P. ex.": "Por exemplo",
    "etc.": "etcétera",
    "aprox.": "aproximadamente",
    "art.": "artigo",
    "p.p.": "puntos porcentuais",
    "p. p.": "puntos porcentuais",
    "arts.": "artigos",
    "Art.": "Artigo",
    "Arts.": "Artigos",
    "Av.": "avenida",
    "S. A.": "S A",
    "S. L.": "S L",
    "cap.": "capítulo",
    "núm.": "número",
    "n.º": "número",
    "nº": "número",
    "N.º": "Número",
    "páx.": "páxina",
    "páxs.": "páxinas",
    "vs.": "contra",
    "a. m.": "da mañá",
    "p. m.": "da tarde",
    "a. C.": "antes de Cristo",
    "d. C.": "despois de Cristo",
    "a.C.": "antes de Cristo",
    "d.C.": "despois de Cristo",
    "Tel.": "Teléfono",
    "hab.": "habitantes",
    "24/7": "24 7",
    "e/ou": "e ou",
    "I Guerra Mundial": "Primeira Guerra Mundial",
    "II Guerra Mundial": "Segunda Guerra Mundial",
}
_IBERIAN: Final = romance.Iberian(
    masculine=words("primeiro segundo terceiro cuarto quinto sexto sétimo oitavo noveno décimo"),
    feminine=words("primeira segunda terceira cuarta quinta sexta sétima oitava novena décima"),
    kings=words(
        "Rama Simeón Jorge George Charles Clemente Inocencio Bonifacio Sixto Xulio Adriano Sancho Harald "
        "Haroldo Cristián Ptolomeo Ramsés "
        "Darío Ciro Hussein Selim Murad Mehmed Haakon Olaf Alberto Rodolfo Maximiliano Xosé Iván Constantino Urbano Humberto "
        "Afonso Alexandre Alfonso Bieito Benedito Carlos Henrique Enrique Eduardo Filipe Felipe Fernando "
        "Francisco Guillerme Xurxo Xaime Leopoldo Luís León Mohamed Napoleón Nicolao Nicolás Paulo Pedro "
        "Pío Frederico Xoán"
    ),
    queens=words("Isabel Sabela Catarina Catalina Margarida Beatriz"),
    quarter="trimestre",
    half="semestre",
    the={"en": "no", "En": "No", "de": "do", "desde": "desde o", "ata": "ata o", "para": "para o", "por": "polo"}
    | {"durante": "durante o", "a": "ao"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("gl"),
    hours="horas",
    at="[Áá]s|[Dd]esde as|[Aa]ta as",
    units=romance_measures.unit_names(
        dB="decibelio|decibelios",
        rpm="revolución por minuto|revolucións por minuto",
        mph="milla por hora|millas por hora",
        kg="quilogramo|quilogramos",
        mm="milímetro|milímetros",
        cm="centímetro|centímetros",
        km="quilómetro|quilómetros",
        m2="metro cadrado|metros cadrados",
        m3="metro cúbico|metros cúbicos",
        km2="quilómetro cadrado|quilómetros cadrados",
        kW="quilovatio|quilovatios",
        MW="megavatio|megavatios",
        GW="xigavatio|xigavatios",
        TW="teravatio|teravatios",
        kWh="quilovatio hora|quilovatios hora",
        MWh="megavatio hora|megavatios hora",
        GWh="xigavatio hora|xigavatios hora",
        TWh="teravatio hora|teravatios hora",
        pp="punto porcentual|puntos porcentuais",
        pb="punto básico|puntos básicos",
    ),
)
_SCALES: Final = scale_forms(
    (Scale(one="mil", many="mil"), "k|K|mil"),
    (Scale(one="un millón", many="millóns", link=" de "), "m|M|mn|MM|millón|millóns"),
    (Scale(one="mil millóns", many="mil millóns", link=" de "), "bn|B|mil millóns|mil M"),
    (Scale(one="un billón", many="billóns", link=" de "), "tn|trn|T|billón|billóns"),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Galician."""
    del language
    return Wording(
        percent="por cento",
        to="a",
        between=("entre", "e"),
        plus="máis",
        minus="menos",
        currencies=currency_names(
            USD="dólar|dólares",
            EUR="euro|euros",
            GBP="libra|libras",
            JPY="ien|iens",
            CNY="iuan|iuans",
            INR="rupia|rupias",
            RUB="rublo|rublos",
            BRL="real|reais",
            CHF="franco suízo|francos suízos",
        ),
        scales=_SCALES,
        rules=(
            replaced(r"\bs\. (?=[IVX]+\b)", "século "),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páxinas "),
            replaced(r"\br/ ?(?=[A-ZÁÉÍÓÚ][a-z])", "rúa "),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"\bp\. (?=\d)", "páxina "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grao"),
            replaced(r"(?<=\d)\s?°C\b", " graos"),
        ),
    )
