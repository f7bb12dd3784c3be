"""Mandarin as Kokoro was trained on it: pinyin in the International Phonetic Alphabet, with an arrow for each tone."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from podcaster.adapters.kokoro.vocabulary import IPA
from podcaster.script.phonetics import pieces
from podcaster.script.spoken.han_numerals import in_characters
from podcaster.speech.phonemes import PhonemeToken, from_ipa, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from podcaster.speech.phonemes import Phonemizer

PACKAGES: Final = ("pypinyin", "rjieba")
"""That know how characters sound, and where words end."""
_INITIALS: Final = {
    "": "", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x",
    "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
_FINALS: Final = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0",
    "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "iou": "jou0", "ing": "i0ŋ",
    "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "uen": "wə0n",
    "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n", "io": "jɔ0",
    "ê": "ɛ0", "": "ə0n",
}  # fmt: skip
"""`0` stands where the tone does; without a final, as in 嗯, a syllable is a hum."""
_SIBILANTS: Final = frozenset({"zh", "ch", "sh", "r", "z", "c", "s"})
_APICAL: Final = "ɨ0"
"""The vowel that `i` stands for behind a sibilant."""
_TONES: Final = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_MARKS: Final = {
    **dict.fromkeys("、，", ","), **dict.fromkeys("。．", "."), "！": "!", "：": ":", "；": ";", "？": "?",
    **dict.fromkeys("«《「『【", "“"), **dict.fromkeys("»》」』】", "”"), "（": "(", "）": ")",
}  # fmt: skip
_CHARACTERS: Final = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS: Final = "".join(_MARKS) + "“”…—,.!?:;()"
_STRETCH: Final = re.compile(
    rf"(?P<words>[{_CHARACTERS}]+)|(?P<number>\d+(?:\.\d+)?)|(?P<mark>[{_SIGNS}])|(?P<latin>[^{_CHARACTERS}\d{_SIGNS}]+)"
)


class MandarinPhonemizer:
    """Fills `speech.phonemes.Phonemizer` for Mandarin."""

    def __init__(self, latin: Phonemizer) -> None:
        """`latin`: reads what is written in Latin letters."""
        self._latin = latin

    @property
    def version(self) -> str:
        """The packages', and the other reader's."""
        return " ".join([*(f"{name}-{version(name)}" for name in PACKAGES), self._latin.version])

    def phonemes(self, text: str) -> Sequence[PhonemeToken]:
        """Word by word, with spaces between words: the model learnt them so."""
        return spaced(token for piece in pieces(text) for token in self._piece(piece.text, piece.ipa, piece.place))

    def _piece(self, text: str, ipa: str, place: int) -> Iterator[PhonemeToken]:
        said = from_ipa(ipa, IPA) if ipa else None
        if said:
            yield PhonemeToken(said, place)
            return
        for found in _STRETCH.finditer(text):
            here = place + found.start()
            if found["words"]:
                yield from _words(found["words"], here)
            elif found["number"]:
                yield PhonemeToken("".join(map(_word, in_characters(found["number"]))), here)
            elif found["mark"]:
                yield PhonemeToken(_MARKS.get(found["mark"], found["mark"]))
            elif any(map(str.isalpha, found["latin"])):
                for token in self._latin.phonemes(found["latin"]):
                    yield PhonemeToken(token.phonemes.strip(), None if token.place is None else here + token.place)


def _words(text: str, place: int) -> Iterator[PhonemeToken]:
    import rjieba  # noqa: PLC0415 # an extra, and half a second

    for word in rjieba.cut(text):
        yield PhonemeToken(_word(word), place)
        place += len(word)


def _word(word: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 # an extra, and half a second

    parts = (
        lazy_pinyin(word, style=style, strict=True, neutral_tone_with_five=True, errors="ignore")
        for style in (Style.INITIALS, Style.FINALS_TONE3)
    )
    return "".join(map(_syllable, *parts))


def _syllable(initial: str, final: str) -> str:
    bare, tone = final.rstrip("12345"), final[-1:] if final[-1:] in _TONES else "5"
    vowel = _APICAL if bare == "i" and initial in _SIBILANTS else _FINALS.get(bare, "")
    return _INITIALS.get(initial, "") + vowel.replace("0", _TONES[tone])
