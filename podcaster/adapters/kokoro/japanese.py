"""Japanese as Kokoro was trained on it: kana by pyopenjtalk, in the International Phonetic Alphabet, without pitch."""

from __future__ import annotations

import threading
import unicodedata
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from podcaster.adapters.kokoro.vocabulary import IPA
from podcaster.script.phonetics import pieces
from podcaster.speech.phonemes import PhonemeToken, from_ipa, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGE: Final = "pyopenjtalk-plus"
_ROWS: Final = {
    "アイウエオ": ("a", "i", "ɯ", "e", "o"), "カキクケコ": ("ka", "kʲi", "kɯ", "ke", "ko"), "ガギグゲゴ": ("ɡa", "ɡʲi", "ɡɯ", "ɡe", "ɡo"),
    "サシスセソ": ("sa", "ɕi", "sɨ", "se", "so"), "ザジズゼゾ": ("ʣa", "ʥi", "zɨ", "ʣe", "ʣo"),
    "タチツテト": ("ta", "ʨi", "ʦɨ", "te", "to"), "ダヂヅデド": ("da", "ʥi", "zɨ", "de", "do"),
    "ナニヌネノ": ("na", "ɲi", "nɯ", "ne", "no"), "ハヒフヘホ": ("ha", "çi", "ɸɯ", "he", "ho"),
    "バビブベボ": ("ba", "bʲi", "bɯ", "be", "bo"), "パピプペポ": ("pa", "pʲi", "pɯ", "pe", "po"),
    "マミムメモ": ("ma", "mʲi", "mɯ", "me", "mo"), "ヤユヨ": ("ja", "jɯ", "jo"), "ラリルレロ": ("ɾa", "ɾʲi", "ɾɯ", "ɾe", "ɾo"),
    "ワヰヱヲ": ("βa", "i", "e", "o"), "ヴヵヶ": ("vɯ", "ka", "ke"),
}  # fmt: skip
_KANA: Final = {kana: sound for row, sounds in _ROWS.items() for kana, sound in zip(row, sounds, strict=True)}
_SMALL: Final = {"ァ": "a", "ィ": "i", "ゥ": "ɯ", "ェ": "e", "ォ": "o", "ャ": "ja", "ュ": "jɨ", "ョ": "jo", "ヮ": "βa"}
"""The vowel that a small kana puts in the place of the one before it."""
_SEMIVOWELS: Final = {"i": "j", "ɯ": "β"}
"""Glides that vowels become before another vowel: ウィ is βi."""
_PALATAL: Final = frozenset("ɕʥʨɲçʲ")
"""Sounds that hold the glide of ャ, ュ and ョ already."""
_NASALS: Final = {
    **dict.fromkeys("mpb", "m"),
    **dict.fromkeys("kɡ", "ŋ"),
    **dict.fromkeys("ɲʨʥ", "ɲ"),
    **dict.fromkeys("ntdɾzʣʦ", "n"),
}
"""ン before each sound; elsewhere it is uvular."""
_MARKS: Final = {
    "。": ".", "、": ",", "？": "?", "！": "!", "：": ":", "；": ";", "，": ",", "．": ".", "…": "…", "—": "—", "～": "—", "〜": "—",
    **dict.fromkeys("「『《【“", "“"), **dict.fromkeys("」』》】”", "”"), "（": "(", "）": ")",
}  # fmt: skip


class JapanesePhonemizer:
    """Fills `speech.phonemes.Phonemizer` for Japanese."""

    def __init__(self) -> None:
        self._reading = threading.Lock()

    @property
    def version(self) -> str:
        """The package's."""
        return f"{PACKAGE}-{version(PACKAGE)}"

    def phonemes(self, text: str) -> Sequence[PhonemeToken]:
        """Word by word, with spaces between words: the model learnt them so."""
        tokens: list[PhonemeToken] = []
        for piece in pieces(text):
            said = from_ipa(piece.ipa, IPA) if piece.ipa else None
            if said:
                tokens.append(PhonemeToken(said, piece.place))
            elif piece.text.strip():
                tokens += self._read(piece.text, piece.place)
        return spaced(tokens)

    def _read(self, text: str, place: int) -> Iterator[PhonemeToken]:
        import pyopenjtalk  # noqa: PLC0415 # an extra, and half a second

        with self._reading:
            words = pyopenjtalk.run_frontend(text)
        wide = unicodedata.normalize("NFKC", text)
        behind = 0
        for word in words:
            written, kana = word["string"], word["pron"]
            here = wide.find(unicodedata.normalize("NFKC", written), behind)
            behind = here + len(written) if here >= 0 else behind
            said = in_ipa(kana)
            if said:
                yield PhonemeToken(said, place + here if here >= 0 else None)
            else:
                yield PhonemeToken(_MARKS.get(written, ""))


def in_ipa(kana: str) -> str:
    """Katakana as it is said; signs that are none are left out."""
    said: list[str] = []
    for sign in kana:
        if sign == "ー" and said:
            said.append("ː")
        elif sign == "ッ":
            said.append("ʔ")
        elif sign == "ン":
            said.append("ɴ")
        elif sign in _SMALL and said:
            said[-1] = _joined(said[-1], _SMALL[sign])
        elif sign in _KANA or sign in _SMALL:
            said.append(_KANA.get(sign) or _SMALL[sign])
    return "".join(_NASALS.get(after[:1], "ɴ") if sound == "ɴ" else sound for sound, after in pairwise([*said, ""]))


def _joined(kana: str, small: str) -> str:
    """`kʲi` and `ja` as `kʲa`, `ɸɯ` and `a` as `ɸa`."""
    onset = kana[:-1] or _SEMIVOWELS.get(kana, "")
    if small.startswith("j"):
        return onset + (small[1:] if onset[-1:] in _PALATAL else f"ʲ{small[1:]}")
    return onset + small
