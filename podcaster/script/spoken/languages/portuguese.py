"""Portuguese, as in Portugal; Brazil counts in another scale."""

from dataclasses import replace
from typing import Final

from podcaster.script.spoken import common_rules
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
    "Sr.": "senhor",
    "Sra.": "senhora",
    "Srs.": "senhores",
    "Dr.": "doutor",
    "Dra.": "doutora",
    "Prof.": "professor",
    "Profa.": "professora",
    "p. ex.": "por exemplo",
    "p.ex.": "por exemplo",
    "P. ex.": "Por exemplo",
    "etc.": "etcétera",
    "aprox.": "aproximadamente",
    "art.": "artigo",
    "arts.": "artigos",
    "Art.": "Artigo",
    "Arts.": "Artigos",
    "al.": "alínea",
    "Eng.": "engenheiro",
    "Prof.ª": "professora",
    "Lda.": "limitada",
    "Ltda.": "limitada",
    "cf.": "confronte",
    "máx.": "máximo",
    "mín.": "mínimo",
    "S. Paulo": "São Paulo",
    "S. Tomé": "São Tomé",
    "S. Miguel": "São Miguel",
    "cap.": "capítulo",
    "núm.": "número",
    "n.º": "número",
    "nº": "número",
    "N.º": "Número",
    "Nº": "Número",
    "pág.": "página",
    "págs.": "páginas",
    "vs.": "contra",
    "a. C.": "antes de Cristo",
    "a.C.": "antes de Cristo",
    "d. C.": "depois de Cristo",
    "d.C.": "depois de Cristo",
    "e/ou": "e ou",
    "p.p.": "pontos percentuais",
    "p. p.": "pontos percentuais",
    "p.b.": "pontos base",
    "bps": "pontos-base",
    "séc.": "século",
    "Séc.": "Século",
    "sécs.": "séculos",
    "a/a": "ao ano",
    "a.a.": "ao ano",
    "Tel.": "Telefone",
    "tel.": "telefone",
    "Sta.": "Santa",
    "Sto.": "Santo",
    "hab.": "habitantes",
    "vol.": "volume",
    "fig.": "figura",
    "24/7": "24 7",
    "I Guerra Mundial": "Primeira Guerra Mundial",
    "II Guerra Mundial": "Segunda Guerra Mundial",
}
_IBERIAN: Final = romance.Iberian(
    masculine=words("primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo"),
    feminine=words("primeira segunda terceira quarta quinta sexta sétima oitava nona décima"),
    kings=words(
        "Rama Frederico Simeão Jorge George Charles Clemente Inocêncio Bonifácio Sisto Júlio Adriano Sancho "
        "Harald Haroldo Cristiano Ptolomeu Ramsés Dario "
        "Ciro Hussein Solimão Selim Murad Mehmed Haakon Olaf Alberto Rodolfo Maximiliano José Ivan Constantino Teodósio Urbano Humberto "
        "Afonso Alexandre Bento Carlos Henrique Eduardo Filipe Felipe Fernando Francisco Guilherme Jorge "
        "Jaime Leopoldo Luís Leão Mohammed Maomé Napoleão Nicolau Paulo Pedro Pio Frederico João Manuel"
    ),
    queens=words("Isabel Elizabeth Elisabete Catarina Margarida Beatriz Maria"),
    quarter="trimestre",
    half="semestre",
    the={"em": "no", "Em": "No", "de": "do", "desde": "desde o", "até": "até ao", "para": "para o", "por": "pelo"}
    | {"durante": "durante o", "a": "ao"},
)
_THOUSAND: Final = (Scale(one="mil", many="mil"), "k|K|mil")
_MILLION: Final = (Scale(one="um milhão", many="milhões", link=" de "), "m|M|mn|MM|mi|milhão|milhões")
_SCALES: Final = scale_forms(
    _THOUSAND,
    _MILLION,
    (Scale(one="mil milhões", many="mil milhões", link=" de "), "bn|B|mil milhões|mil M"),
    (Scale(one="um bilhão", many="bilhões", link=" de "), "bi|bilhão|bilhões"),
    (Scale(one="um trilhão", many="trilhões", link=" de "), "tri|trilhão|trilhões"),
    (Scale(one="um bilião", many="biliões", link=" de "), "tn|trn|T|bilião|biliões"),
)
_BRAZILIAN_SCALES: Final = scale_forms(
    _THOUSAND,
    _MILLION,
    (Scale(one="mil milhões", many="mil milhões", link=" de "), "mil milhões"),
    (Scale(one="um bilhão", many="bilhões", link=" de "), "bn|bi|B|bilhão|bilhões"),
    (Scale(one="um trilhão", many="trilhões", link=" de "), "tn|tri|trn|T|trilhão|trilhões"),
)


def _measures(language: LanguageTag, kilometre: str) -> romance_measures.Measures:
    return romance_measures.Measures(
        language=language,
        hours="horas",
        at="[Àà]s|[Dd]esde as|[Aa]té às",
        units=romance_measures.unit_names(
            dB="decibel|decibéis",
            rpm="rotação por minuto|rotações por minuto",
            mph="milha por hora|milhas por hora",
            kg="quilograma|quilogramas",
            mm="milímetro|milímetros",
            cm="centímetro|centímetros",
            km=f"{kilometre}|{kilometre}s",
            m2="metro quadrado|metros quadrados",
            m3="metro cúbico|metros cúbicos",
            km2=f"{kilometre} quadrado|{kilometre}s quadrados",
            ha="hectare|hectares",
            kW="quilowatt|quilowatts",
            MW="megawatt|megawatts",
            GW="gigawatt|gigawatts",
            TW="terawatt|terawatts",
            kWh="quilowatt-hora|quilowatts-hora",
            MWh="megawatt-hora|megawatts-hora",
            GWh="gigawatt-hora|gigawatts-hora",
            TWh="terawatt-hora|terawatts-hora",
            pp="ponto percentual|pontos percentuais",
            pb="ponto base|pontos base",
        ),
    )


_BRAZILIAN_RULES: Final = (
    common_rules.spelt(words("FMI BCE OCDE OMC AIE AIEA")),
    replaced(r"\b([1-4])T(\d\d)\b", r"\1T de 20\2"),
    replaced(r"\b(\d{1,2})h0([1-9])\b", r"\1 horas e \2"),
    written_out({"1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto", "3/4": "três quartos"}),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Portuguese: for `pt-BR` those of Brazil, else those of Portugal."""
    brazilian = language == "pt-BR"
    kilometre = "quilômetro" if brazilian else "quilómetro"
    return Wording(
        percent="por cento",
        to="a",
        between=("entre", "e"),
        plus="mais",
        minus="menos",
        currencies=currency_names(
            USD="dólar|dólares",
            EUR="euro|euros",
            GBP="libra|libras",
            JPY="iene|ienes",
            CNY="yuan|yuans" if brazilian else "iuane|iuanes",
            INR="rupia|rupias",
            RUB="rublo|rublos",
            BRL="real|reais",
            CHF="franco suíço|francos suíços",
        ),
        scales=_BRAZILIAN_SCALES if brazilian else _SCALES,
        rules=(
            *(_BRAZILIAN_RULES if brazilian else ()),
            replaced(r"\bs[ée]c\. (?=(?:[IVX]+|\d{1,2})\b)", "século "),
            replaced(r"\bp\. (?=\d)", "página "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-zãéóç]+a\b)", "dona "),
            replaced(r"\bD\. (?=[A-ZÁÉÍÓÚ][a-zãé])", "dom "),
            replaced(r"\bav\. (?=[A-ZÁÉÍÓÚ])", "avenida "),
            replaced(r"(?<=\dh\d\d)min\b", ""),
            replaced(r"(?<![\w.,])1 km/h\b", f"1 {kilometre} por hora"),
            replaced(r"(?<=\d)\s?km/h\b", f" {kilometre}s por hora"),
            replaced(r"(?<=\dh)\s?[–-]\s?(?=\d{1,2}h)|(?<=\dh\d\d)\s?[–-]\s?(?=\d{1,2}h)", " às "),
            replaced(r"\b(\d{1,2})\s?h\s?([0-5][1-9]|[1-5]0)\b", r"\1 horas e \2"),
            replaced(r"\b(\d{1,2})\s?h(?:00)?\b", r"\1 horas"),
            replaced(r"(?<![\w.,])1 horas\b", "1 hora"),
            replaced(r"(?<!\d )(?<!\d)\bpp\. (?=\d)", "páginas "),
            written_out(_ABBREVIATIONS),
            *romance_measures.rules(_measures(language, kilometre)),
            *romance.rules(replace(_IBERIAN, kings=(*_IBERIAN.kings, "Charles")) if brazilian else _IBERIAN),
            replaced(r"(?<![\w.,])1\s?°C\b", "1 grau"),
            replaced(r"(?<=\d)\s?°C\b", " graus"),
        ),
    )
