"""German: ordinals in figures before what they count, with the endings of its gender and case."""

import re
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken import common_rules
from podcaster.script.spoken.wording import replaced

MONTHS: Final = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
WEAK: Final = "bis zu[mr]|im|am|vom|zu[mr]|beim|de[mns]|(?:dies|jed|jen)e[mn]|(?:k?ein|[mds]ein|ihr|unser)e[mnrs]|allen?|beiden|anderen"
"""Words behind which every ordinal ends in -en."""
_DATIVE: Final = (
    "in|aus|von|mit|nach|bei|seit|zu|während|wegen|trotz|vor|unter|auf|an|ab|gegenüber|innerhalb|außerhalb|anlässlich"
)
_NO_NOUN: Final = (
    "Der|Die|Das|Er|Sie|Es|Wir|Dann|Danach|Und|Aber|Doch|In|Im|Am|An|Auf|Bei|Mit|Nach|Ein|Eine|Seit|Zu|Zum"
)
_NUMBER: Final = r"(?<![\d.,–-])(?P<number>\d{1,3}(?:\.\d{3})*)\."
_NOUN: Final = rf" (?!(?:{_NO_NOUN})\b)(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)"
_FEMININE: Final = re.compile(
    r"(?i:(?:ung|heit|keit|schaft|tion|sion|tät|ik|ur|enz|anz|[^n]ie|rin|e|rei|tei|zeit|liga|frau|nacht|saison|kammer|stadt|bahn|fahrt|wahl"
    r"|schlacht|arbeit|welt|art|zahl|form|macht|mutter|tochter|schwester|schrift|kraft|bank|schicht|million|person|nummer|größe))$"
)
_NOT_FEMININE: Final = re.compile(
    r"(?i:(?:ende|auge|interesse|name|wille|gedanke|buchstabe|kollege|kunde|junge|mann|vorsitzende|abgeordnete|gebirge|gebäude))$"
)
_NEUTER: Final = re.compile(
    r"(?i:(?:jahr|mal|spiel|tor|quartal|kind|buch|semester|album|werk|haus|gesetz|land|leben|drittel|viertel|chen|lein|ment|kapitel"
    r"|jahrhundert|jahrzehnt|treffen|turnier|rennen|modell|konzert|stück|bein|programm|paket|ende|auge|gleis|geschoss|dorf|schiff|studium"
    r"|zentrum|gymnasium|museum|jubiläum|opfer|tausend))$"
)


def ordinal(number: str, ending: str) -> str:
    """`3` as `dritte` with an ending: `dritten`."""
    return common_rules.number_words(int(number.replace(".", "")), "de") + ending


def _weak(found: re.Match[str]) -> str:
    return f"{found['lead']} {ordinal(found['number'], 'n')} {found['noun']}"


def _pair(found: re.Match[str]) -> str:
    """`im 20. und 21. Jahrhundert` as `im zwanzigsten und einundzwanzigsten Jahrhundert`."""
    ending = "" if found["lead"].lower() in {"die", "das"} else "n"
    one, other = ordinal(found["number"], ending), ordinal(found["other"], ending)
    return f"{found['lead']} {one} {found['link']} {other} {found['noun']}"


def _by_gender(found: re.Match[str]) -> str:
    """`der 5. Abschnitt` as `der fünfte`, `der 5. Klasse` as `der fünften`, `sein 5. Buch` as `sein fünftes`."""
    lead, gender = found["lead"].lower(), _gender(found["noun"])
    if lead.endswith("er") and lead not in {"ihr", "unser"}:
        ending = "n" if gender == "f" else ""
    elif lead.endswith(("e", "s")) and lead != "als":
        ending = ""
    else:
        ending = {"m": "r", "n": "s"}.get(gender, "")
    return f"{found['lead']} {ordinal(found['number'], ending)} {found['noun']}"


def _without_article(found: re.Match[str]) -> str:
    """`in 2. Lesung` as `in zweiter Lesung`."""
    ending = "r" if _gender(found["noun"]) == "f" else "m"
    return f"{found['lead']} {ordinal(found['number'], ending)} {found['noun']}"


def _gender(noun: str) -> str:
    if _NEUTER.search(noun):
        return "n"
    return "f" if _FEMININE.search(noun) and not _NOT_FEMININE.search(noun) else "m"


_NO_MONTH: Final = rf"(?! (?:{MONTHS})\b)"
RULES: Final[tuple[Rule, ...]] = (
    replaced(
        rf"\b(?P<lead>(?i:{WEAK}|(?:{_DATIVE}) der|die|das)) {_NUMBER} (?P<link>und|oder|bis)"
        rf" (?P<other>\d{{1,3}})\.{_NO_MONTH}{_NOUN}",
        _pair,
    ),
    replaced(rf"\b(?P<lead>(?i:{WEAK}|(?:{_DATIVE}) der)) {_NUMBER}{_NO_MONTH}{_NOUN}", _weak),
    replaced(
        rf"\b(?P<lead>(?i:der|die|das|als|(?:dies|jed|jen)e[rs]?|(?:k?ein|[mds]ein|ihr|unser)e?)) {_NUMBER}{_NO_MONTH}{_NOUN}",
        _by_gender,
    ),
    replaced(rf"\b(?P<lead>(?i:in|mit|nach|aus)) {_NUMBER}{_NO_MONTH}{_NOUN}", _without_article),
)
