"""Spanish."""

from typing import Final

from podcaster.script.spoken.languages import romance
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.quantities import romance_measures
from podcaster.script.spoken.wording import Scale, Wording, replaced, scale_forms, words, written_out
from podcaster.units import LanguageTag

_ABBREVIATIONS: Final = {
    "EE. UU.": "Estados Unidos",
    "EE.UU.": "Estados Unidos",
    "EE UU": "Estados Unidos",
    "EEUU": "Estados Unidos",
    "EUA": "Estados Unidos",
    "RR. HH.": "recursos humanos",
    "JJ. OO.": "Juegos Olímpicos",
    "FF. AA.": "Fuerzas Armadas",
    "Sr.": "señor",
    "Sra.": "señora",
    "Sres.": "señores",
    "Srta.": "señorita",
    "Dr.": "doctor",
    "Dra.": "doctora",
    "D.ª": "doña",
    "Dña.": "doña",
    "Prof.": "profesor",
    "Gral.": "general",
    "p. ej.": "por ejemplo",
    "p.ej.": "por ejemplo",
    "P. ej.": "Por ejemplo",
    "etc.": "etcétera",
    "aprox.": "aproximadamente",
    "art.": "artículo",
    "Art.": "Artículo",
    "Arts.": "Artículos",
    "Cía.": "compañía",
    "máx.": "máximo",
    "mín.": "mínimo",
    "cf.": "compárese",
    "vid.": "véase",
    "s/n": "sin número",
    "Excmo.": "Excelentísimo",
    "Lic.": "licenciado",
    "Ing.": "ingeniero",
    "S. L.": "S L",
    "S. A.": "S A",
    "C. P.": "código postal",
    "MDP": "millones de pesos",
    "ej.": "ejemplo",
    "Ej.": "Ejemplo",
    "arts.": "artículos",
    "cap.": "capítulo",
    "núm.": "número",
    "n.º": "número",
    "nº": "número",
    "Nº": "Número",
    "N.º": "Número",
    "pág.": "página",
    "págs.": "páginas",
    "vs.": "contra",
    "a. m.": "de la mañana",
    "p. m.": "de la tarde",
    "a. C.": "antes de Cristo",
    "d. C.": "después de Cristo",
    "y/o": "y o",
    "apdo.": "apartado",
    "párr.": "párrafo",
    "cdas.": "cucharadas",
    "cda.": "cucharada",
    "cdta.": "cucharadita",
    "cdtas.": "cucharaditas",
    "cts.": "céntimos",
    "MDD": "millones de dólares",
    "Ud.": "usted",
    "Uds.": "ustedes",
    "Sta.": "Santa",
    "Sto.": "Santo",
    "p. p.": "puntos porcentuales",
    "p.p.": "puntos porcentuales",
    "Tel.": "Teléfono",
    "tel.": "teléfono",
    "Tfno.": "Teléfono",
    "hab.": "habitantes",
    "Avda.": "avenida",
    "C/": "calle",
    "a.m.": "de la mañana",
    "p.m.": "de la tarde",
    "24/7": "24 7",
    "1er": "primer",
    "3er": "tercer",
    "vol.": "volumen",
    "fig.": "figura",
    "ed.": "edición",
    "I Guerra Mundial": "Primera Guerra Mundial",
    "II Guerra Mundial": "Segunda Guerra Mundial",
}
_IBERIAN: Final = romance.Iberian(
    masculine=words("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"),
    feminine=words("primera segunda tercera cuarta quinta sexta séptima octava novena décima"),
    kings=words(
        "Alejandro Alfonso Benedicto Carlos Enrique Eduardo Felipe Fernando Francisco Guillermo Jacobo "
        "Jorge Leopoldo Luis León Mohamed Mohammed Hasán Nicolás Pablo Pedro Pío Federico Gustavo "
        "Napoleón Gregorio Juan Alejandro Clemente Inocencio Bonifacio Sixto Julio Adriano Sancho Balduino Otón Haroldo Harald Cristián "
        "Ptolomeo Ramsés Darío Ciro Amenhotep Tutmosis Hussein Abdalá Solimán Selim Murad Mehmed Haakon Olaf Óscar Alberto Rodolfo "
        "Rama Gengis Enmanuel Simeón Tamim Abdalá Maximiliano José Iván Boris Constantino Teodosio "
        "Justiniano Urbano Pelayo Ramiro Bermudo Jaime Sebastián Manuel Humberto"
    ),
    queens=words("Isabel Catalina Margarita Beatriz Cleopatra María Juana Cristina Ana Guillermina Juliana isabel"),
    quarter="trimestre",
    half="semestre",
    the={"en": "en el", "En": "En el", "de": "del", "desde": "desde el", "hasta": "hasta el", "para": "para el"}
    | {"durante": "durante el", "a": "al", "por": "por el"},
)
_MEASURES: Final = romance_measures.Measures(
    language=LanguageTag("es"),
    hours="horas",
    at="[Aa] las|[Dd]esde las|[Hh]asta las|[Ss]obre las",
    units=romance_measures.unit_names(
        dB="decibelio|decibelios",
        rpm="revolución por minuto|revoluciones por minuto",
        mph="milla por hora|millas por hora",
        kg="kilogramo|kilogramos",
        mm="milímetro|milímetros",
        cm="centímetro|centímetros",
        km="kilómetro|kilómetros",
        m2="metro cuadrado|metros cuadrados",
        m3="metro cúbico|metros cúbicos",
        km2="kilómetro cuadrado|kilómetros cuadrados",
        kW="kilovatio|kilovatios",
        MW="megavatio|megavatios",
        GW="gigavatio|gigavatios",
        TW="teravatio|teravatios",
        kWh="kilovatio hora|kilovatios hora",
        MWh="megavatio hora|megavatios hora",
        GWh="gigavatio hora|gigavatios hora",
        TWh="teravatio hora|teravatios hora",
        pp="punto porcentual|puntos porcentuales",
        pb="punto básico|puntos básicos",
    ),
)
_SCALES: Final = scale_forms(
    (Scale(one="mil", many="mil"), "k|K|mil"),
    (Scale(one="un millón", many="millones", link=" de "), "m|M|mn|MM|millón|millones"),
    (Scale(one="mil millones", many="mil millones", link=" de "), "bn|B|mil millones|mil M"),
    (Scale(one="un billón", many="billones", link=" de "), "tn|trn|T|billón|billones"),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Spanish, the same in all its regions."""
    del language
    return Wording(
        percent="por ciento",
        to="a",
        between=("entre", "y"),
        plus="más",
        minus="menos",
        currencies=currency_names(
            USD="dólar|dólares",
            EUR="euro|euros",
            GBP="libra|libras",
            JPY="yen|yenes",
            CNY="yuan|yuanes",
            INR="rupia|rupias",
            RUB="rublo|rublos",
            BRL="real|reales",
            CHF="franco suizo|francos suizos",
            MXN="peso mexicano|pesos mexicanos",
        ),
        scales=_SCALES,
        first_rules=(
            written_out(
                {
                    "9/11": "9 11",
                    "2/3 partes": "dos terceras partes",
                    "⅔ partes": "dos terceras partes",
                    "3/4 partes": "tres cuartas partes",
                    "¾ partes": "tres cuartas partes",
                    "1/3 parte": "una tercera parte",
                }
            ),
        ),
        rules=(
            replaced(r"\b(\d{1,2})\.er\b", lambda found: {"1": "primer", "3": "tercer"}.get(found[1], found[1])),
            replaced(r"\bc/ ?(?=[A-ZÁÉÍÓÚ][a-z])", "calle "),
            replaced(r"(?<=\d)\s?pm\b", " de la tarde"),
            replaced(r"(?<=\d)\s?am\b", " de la mañana"),
            replaced(r"\b(\d{1,2})h([0-5]\d)\b", r"\1:\2"),
            replaced(r"(?<!\w)([1-9]|10)(?:ro|do|to|mo|vo|no)\b", lambda found: _IBERIAN.masculine[int(found[1]) - 1]),
            replaced(r"(?<!\w)([1-9]|10)(?:ra|da|ta|ma|va|na)\b", lambda found: _IBERIAN.feminine[int(found[1]) - 1]),
            replaced(r"\bss\. (?=[IVX]+\b)", "siglos "),
            replaced(r"\bs\. (?=(?:[IVX]+|\d{1,2})\b)", "siglo "),
            replaced(r"\bp\. (?=\d)", "página "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-z])", "don "),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páginas "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_MEASURES),
            *romance.rules(_IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grado"),
            replaced(r"(?<=\d)\s?°C\b", " grados"),
        ),
    )
