"""Thai words in Latin letters, about as the Royal Institute writes them: `สมชาย` as `Somchai`."""

import re
from typing import Final

_ONSETS: Final = dict(
    zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l - h".split(),  # noqa: SIM905
        strict=True,
    )
)
_CODAS: Final = dict(
    zip(
        "กขคฆงจชซญฎฏฐฑฒณดตถทธนบปพฟภมยรลวศษสฬ",
        "k k k k ng t t t n t t t t t n t t t t t n p p p p p m i n n o t t t n".split(),  # noqa: SIM905 # the same
        strict=True,
    )
)
_C: Final = "ก-ฮ"
_CLUSTER: Final = r"(?:[กขคตปผพท]ร|[กขคปผพ]ล|[กขค]ว|[ซสศจ]ร|ห[งญนมยรลว]|อย)"
_ATTACHED: Final = "ะ-ฺ็"
"""Vowel signs that belong to the consonant before them."""
_END: Final = rf"(?:[{_C}](?![{_ATTACHED}]))"
_KNOWN: Final = {
    "กรุงเทพ": "Krung Thep",
    "กรุงเทพฯ": "Krung Thep",
    "กรุงเทพมหานคร": "Krung Thep",
    "เชียงใหม่": "Chiang Mai",
    "ภูเก็ต": "Phuket",
}
_SYLLABLE: Final = "|".join(
    (
        rf"เ(?P<iao>{_CLUSTER}|[{_C}])ีย(?P<iao_end>{_END})?",
        rf"เ(?P<uea>{_CLUSTER}|[{_C}])ือ(?P<uea_end>{_END})?",
        rf"เ(?P<ao>{_CLUSTER}|[{_C}])า(?!ะ)",
        rf"เ(?P<oe>{_CLUSTER}|[{_C}])ิ(?P<oe_end>{_END})",
        rf"เ(?P<oei>{_CLUSTER}|[{_C}])ย(?![{_ATTACHED}])",
        rf"เ(?P<e>{_CLUSTER}|[{_C}])็?(?P<e_end>{_END})?",
        rf"แ(?P<ae>{_CLUSTER}|[{_C}])็?(?P<ae_end>{_END})?",
        rf"โ(?P<o>{_CLUSTER}|[{_C}])(?P<o_end>{_END})?",
        rf"[ใไ](?P<ai>{_CLUSTER}|[{_C}])ย?",
        rf"(?P<an>{_CLUSTER}|[{_C}])รร(?P<an_end>{_END})?",
        rf"(?P<ua>{_CLUSTER}|[{_C}])(?:ัว|ว(?=[{_C}](?![{_ATTACHED}])))(?P<ua_end>{_END})?",
        rf"(?P<plain>{_CLUSTER}|[{_C}])(?P<vowel>[ะัาำิีึืุู])อ?(?P<plain_end>{_END})?",
        rf"(?P<aw>{_CLUSTER}|[{_C}])อ(?P<aw_end>{_END})?",
        rf"(?P<closed>{_CLUSTER}|[{_C}])(?P<closed_end>{_END})(?=$|[{_C}เแโใไ])",
        rf"(?P<open>{_CLUSTER}|[{_C}])",
    )
)
_VOWELS: Final = {"ะ": "a", "ั": "a", "า": "a", "ำ": "am", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u"}
_OF_SHAPE: Final = {"iao": "ia", "uea": "uea", "ao": "ao", "oe": "oe", "oei": "oei", "e": "e", "ae": "ae", "o": "o", "ai": "ai"} | {
    "an": "a", "ua": "ua", "aw": "o", "closed": "o", "open": "a",
}  # fmt: skip


def thai(words: str) -> str:
    """Thai words."""
    return " ".join(_KNOWN.get(word) or _word(word) for word in words.split())


def _word(word: str) -> str:
    plain = re.sub("[่-๋]", "", re.sub(rf"[{_C}][ิุ]?์|ฯ", "", word))
    made = "".join(_syllable(found) for found in re.finditer(_SYLLABLE, plain))
    return made[:1].upper() + made[1:]


def _syllable(found: re.Match[str]) -> str:
    shape = next(name for name in (*_OF_SHAPE, "plain") if found.groupdict().get(name))
    vowel = _VOWELS[found["vowel"]] if shape == "plain" else _OF_SHAPE[shape]
    coda = found.groupdict().get(f"{shape}_end")
    if shape == "an" and not coda:
        vowel = "an"
    return f"{_onset(found[shape])}{vowel}{_CODAS.get(coda, '') if coda else ''}"


def _onset(consonants: str) -> str:
    if len(consonants) > 1 and consonants[0] in "หอ":
        consonants = consonants[1:]
    if consonants in {"ทร", "สร", "ซร", "ศร", "จร"}:
        return "ch" if consonants == "จร" else "s"
    return "".join(_ONSETS[sign] for sign in consonants).replace("-", "")
