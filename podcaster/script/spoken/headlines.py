"""Headlines: the topics before the colon, and capitals that are not meant to be spelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from podcaster.script import cldr
from podcaster.script.spoken.wording import any_of, roman, words

if TYPE_CHECKING:
    from podcaster.script.lexicon import Lexicon
    from podcaster.units import LanguageTag

_TOPICS: Final = re.compile(r"^([^\W\d_][^:/]{0,40}(?:\s?/\s?[^\W\d_][^:/]{0,40})*)(\s?:\s)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_SPELT_UP_TO: Final = 3
"""Words in capitals up to this length are taken for initials: US, EU, UAE."""
_FEW_WORDS: Final = 2
_SHORT: Final = 4
"""Up to so many words of up to so many letters may be initials side by side: US GDP."""
_INITIALS: Final = frozenset(
    words("IAEA OECD USMCA CPTPP RCEP EEUU BRICS NATO OTAN OPEC OPEP ASEAN AUKUS NAFTA SADC ECOWAS")
)
_SHORT_WORDS: Final = frozenset(
    words(
        "AIR ALL ACT AGO ANY ASK END EYE ICE LIE OWE OWN TRY TIE TWO USE ART ERA EVE ADD ODD TEA SEA SEE FEE DIE PRO "
        "A AN AND ARE AS AT BE BY CAN DO FOR GET HAS HE HER HIS HOW IF IN IS ITS MAY NEW NO NOT NOW OF "
        "OFF OIL OLD ON ONE OR OUR OUT PUT RUN SAY SET SHE SO TAX THE TO TOP TWO UP VS WAR WAS WAY WE "
        "WHO WHY WIN YES YET YOU GAS AID BAN BID BIG CUT DEAL EL LA LOS LAS UN UNA DE DEL EN ES POR QUE "
        "CON SIN SU SUS AL Y O NI SE LO MÁS MAS NO ELS LES AMB PER DEL DELS I NO ÉS OS AS DO DA NO NA "
        "REI REY ROI RE NON COM UMA UM POR SEM AO À MAIS E É LE DU DES ET AU UNE SUR PAS"
    )
)
"""Short words of the languages whose headlines come in capitals; what is not among them is taken for initials."""

_TITLES: Final = (
    "KING|QUEEN|POPE|EMPEROR|EMPRESS|TSAR|SULTAN|PRINCE|REY|REINA|PAPA|EMPERADOR|EMPERATRIZ|REI|RAINHA|RAÍÑA|IMPERADOR|ROI|REINE|PAPE|"
    "EMPEREUR|RE|REGINA|IMPERATORE|KÖNIG|KÖNIGIN|PAPST|KAISER|KONING|KONINGIN|PAUS|KEIZER|KUNG|DROTTNING|PÅVEN"
)
_RULER: Final = re.compile(
    rf"(?<!\w)(?:(?P<title>{_TITLES}) )?(?P<name>[^\W\d_]{{3,}}(?: [^\W\d_]{{3,}})?) (?P<numeral>[IVXL]+)(?!\w)"
)
"""A ruler's name with the number, whose letters are no word."""
_CASED_UNITS: Final = {
    unit.upper(): unit
    for unit in words(
        "bn mn tn trn mln mld Mio Mrd Mds mi bi km km/h m/s kg mm cm km² m² m³ mph kWh MWh GWh MW GW kW ha mg g/km mg/l"
    )
}
_AMOUNT: Final = re.compile(rf"(?<=\d)(\s?)({any_of(_CASED_UNITS)})(?![\w²³])")
_CASED: Final = re.compile(rf"(?<=\d)\s?(?:{any_of(_CASED_UNITS.values())})(?![\w²³])")
"""Scales and units behind a number, which have letters of their own size."""

_SYLLABLE: Final = re.compile(r"[^\W\d_AEIOU][AEIOUÁÉÍÓÚ][^\W\d_AEIOU]")
"""Three letters that are a word sooner than initials."""


def topics_joined(headline: str, language: LanguageTag) -> str:
    """`US/CHINA: Will …` as `US and China: Will …`; other headlines as they are."""
    found = _TOPICS.match(headline)
    if not found or not found[1].isupper():
        return headline
    topics = [_WORD.sub(_named, topic.strip()) for topic in found[1].split("/")]
    return f"{cldr.joined(topics, language)}: {headline[found.end() :]}"


def cased(headline: str, lexicon: Lexicon | None = None) -> str:
    """A headline that is all capitals in sentence case, initials, rulers and the lexicon's words excepted."""
    if headline.isupper():
        headline = _AMOUNT.sub(lambda found: found[1] + _CASED_UNITS[found[2]], headline)
    prefix = _TOPICS.match(headline)
    start = prefix.end() if prefix else 0
    rest = headline[start:]
    if not _is_shouted(rest):
        return headline
    kept = {place for found in _RULER.finditer(rest) if _is_ruler(found) for place in _places(found)}
    lowered = _WORD.sub(
        lambda word: _named_ruler(word[0]) if word.start() in kept else _lowered(word[0], lexicon), rest
    )
    first = next((place for place, letter in enumerate(lowered) if letter.isalpha()), 0)
    return headline[:start] + lowered[:first] + lowered[first : first + 1].upper() + lowered[first + 1 :]


def _is_shouted(text: str) -> bool:
    """Whether it is capitals throughout and more than a few initials."""
    found = _WORD.findall(text)
    capitals = _CASED.sub("", text)
    return capitals.isupper() and (len(found) > _FEW_WORDS or any(len(word) > _SHORT for word in found))


def _is_ruler(found: re.Match[str]) -> bool:
    """Whether it is a ruler's number; `I` is one behind a title alone, since it is a word."""
    return roman(found["numeral"]) is not None and (found["numeral"] != "I" or found["title"] is not None)


def _places(found: re.Match[str]) -> tuple[int, ...]:
    """Beginnings of the name, of one word or behind a title of two, and of the number."""
    first = found.start("name") if found["title"] else found.start("name") + found["name"].rfind(" ") + 1
    return (*(first + each.start() for each in _WORD.finditer(found.string[first : found.end()])),)


def _named_ruler(word: str) -> str:
    return word if set(word.rstrip(".")) <= set("IVXL") else word.capitalize()


def _lowered(word: str, lexicon: Lexicon | None) -> str:
    known = lexicon.written(word) if lexicon else None
    if known:
        return known
    return word if _is_initials(word) else word.lower()


def _is_initials(word: str) -> bool:
    if word in _INITIALS or "." in word[:-1]:
        return True
    return len(word) <= _SPELT_UP_TO and word not in _SHORT_WORDS and not _SYLLABLE.fullmatch(word)


def _named(found: re.Match[str]) -> str:
    word = found[0]
    if word in _INITIALS or len(word) <= _SPELT_UP_TO or "." in word:
        return word.lower() if word in _SHORT_WORDS and found.start() else word
    return word.capitalize()
