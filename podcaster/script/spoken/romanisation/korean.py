"""Korean names in Latin letters: the family name as its bearers write it, the rest by the Revised Romanisation."""

from typing import Final

from podcaster.script.spoken.wording import words as table

_FAMILY: Final = dict(
    each.split("=")
    for each in table(
        "김=Kim 이=Lee 박=Park 최=Choi 정=Jung 강=Kang 조=Cho 윤=Yoon 장=Jang 임=Lim 한=Han 오=Oh 서=Seo 신=Shin 권=Kwon 황=Hwang "
        "안=Ahn 송=Song 류=Ryu 유=Yoo 홍=Hong 전=Jeon 고=Ko 문=Moon 양=Yang 손=Son 배=Bae 백=Baek 허=Heo 남=Nam 심=Shim 노=Noh "
        "하=Ha 곽=Kwak 성=Sung 차=Cha 주=Joo 우=Woo 구=Koo 민=Min 진=Jin 나=Na 지=Ji 엄=Um 원=Won 천=Cheon 방=Bang 공=Kong 현=Hyun"
    )
)
_KNOWN: Final = {"서울": "Seoul", "부산": "Busan", "평양": "Pyongyang", "삼성전자": "Samsung Electronics"} | {
    "현대자동차": "Hyundai Motor",
    "삼성": "Samsung", "현대": "Hyundai", "한국": "Hanguk", "북한": "Bukhan", "대한민국": "Daehan Minguk", "엘지": "LG", "기아": "Kia",
}  # fmt: skip
_FIRST: Final = (*table("g kk n d tt r m b pp s ss"), "", *table("j jj ch k t p h"))
_MIDDLE: Final = table("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_LAST: Final = ("", *table("k k k n n n t l k m l l l p l m p p t t ng t t k t p t"))
_LAST_BEFORE_VOWEL: Final = {"k": "g", "t": "d", "p": "b", "l": "r"}
_SYLLABLES: Final = 0xAC00
_PERSON: Final = 3
"""Syllables of a family name and a given one."""


def korean(words: str) -> str:
    """Korean words: `김민수` as `Kim Minsu`."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    if word in _KNOWN:
        return _KNOWN[word]
    if len(word) == _PERSON and word[0] in _FAMILY:
        return f"{_FAMILY[word[0]]} {_spelt(word[1:])}"
    return _spelt(word)


def _spelt(word: str) -> str:
    made = ""
    for sign in word:
        number = ord(sign) - _SYLLABLES
        if not 0 <= number < len(_FIRST) * len(_MIDDLE) * len(_LAST):
            continue
        first, rest = divmod(number, len(_MIDDLE) * len(_LAST))
        middle, last = divmod(rest, len(_LAST))
        onset = _FIRST[first]
        if not onset and made[-1:] in _LAST_BEFORE_VOWEL:
            made = made[:-1] + _LAST_BEFORE_VOWEL[made[-1]]
        if onset == "r" and made[-1:] == "l":
            onset = "l"
        made += onset + _MIDDLE[middle] + _LAST[last]
    return made[:1].upper() + made[1:]
