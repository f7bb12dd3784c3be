"""Pronunciations within what a voice is given: `⟦Xi|ɕi⟧` is Xi, said [ɕi].

An editor gives one in a lexicon, between slashes, in the International Phonetic Alphabet: `Xi = "/ɕi/"`. Engines that know the
alphabet say it; the others say the written form. Nothing from a report can hold one: `readable` takes its brackets away.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from podcaster.script.inline_marks import without_marks

_OPEN, _CLOSE, _BETWEEN = "⟦", "⟧", "|"
_MARKED = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]+)⟧")
_SIGNS: Final = frozenset(
    "abcdefhijklmnopqrstuvwxyzɡ"  # the letters that are Latin's
    "ɓɖɗɟʄɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸœɶʘɹɺɾɻʀʁɽʂʃʈθðʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢǀǁǂǃβæɐɑɒɔɕçəɘɚɛɜɝɞᵻʙʤʧʦʣʨʥ"
    "ˈˌːˑ.‿|‖ʰʲʷˠˤⁿˡʼ˞˥˦˧˨˩ "
)
_TYPED: Final = str.maketrans(
    {"g": "ɡ", ":": "ː", "'": "ˈ", "’": "ˈ", ",": "ˌ", "ʤ": "dʒ", "ʧ": "tʃ", "ʦ": "ts", "ʣ": "dz"}
)
"""Common substitutes for IPA letters that have look-alikes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what a voice is given."""

    text: str
    """As it is written."""
    ipa: str
    """Pronunciation in the International Phonetic Alphabet; empty: as it is written."""
    place: int
    """Start, in characters of the whole."""


def ipa_of(entry: str) -> str | None:
    """The pronunciation in a lexicon's entry, as `sounds` has it; None where the entry is a spelling.

    Raises:
        ValueError: it is between slashes and holds signs that the alphabet has not; names them.
    """
    if not (len(entry) > 2 and entry.startswith("/") and entry.endswith("/")):  # noqa: PLR2004 # two slashes
        return None
    ipa = sounds(entry[1:-1].strip().translate(_TYPED))
    strange = [sign for sign in ipa if sign not in _SIGNS and unicodedata.category(sign) != "Mn"]
    if strange or not any(map(str.isalpha, ipa)):
        raise ValueError("".join(dict.fromkeys(strange)))
    return ipa.replace(_BETWEEN, " ")


def sounds(ipa: str) -> str:
    """A text in the alphabet as it is compared here: every mark behind its letter, and no ties between letters."""
    apart = unicodedata.normalize("NFD", ipa).replace("c\u0327", "ç")
    return apart.replace("\u0361", "").replace("\u035c", "")


def marked(written: str, ipa: str) -> str:
    """A word with its pronunciation, as it stands in what a voice is given."""
    return f"{_OPEN}{written}{_BETWEEN}{ipa}{_CLOSE}"


def pieces(spoken: str) -> Iterator[Piece]:
    """Parts of the text in order; brackets without a pronunciation stay text."""
    behind = 0
    for found in _MARKED.finditer(spoken):
        if found.start() > behind:
            yield Piece(spoken[behind : found.start()], "", behind)
        yield Piece(found[1], found[2], found.start())
        behind = found.end()
    if behind < len(spoken):
        yield Piece(spoken[behind:], "", behind)


def as_written(spoken: str) -> str:
    """Without its pronunciations and marks: `⟦Xi|ɕi⟧ [pause 500ms] said` gives `Xi said`."""
    spoken = without_marks(spoken)
    return _MARKED.sub(lambda found: found[1], spoken) if _OPEN in spoken else spoken


def unmarked(text: str) -> str:
    """A text of somebody else's without the brackets of pronunciations."""
    return text.replace(_OPEN, "").replace(_CLOSE, "") if _OPEN in text or _CLOSE in text else text


def in_phonemes(ipa: str, phonemes: Mapping[str, str], *, between: str) -> str | None:
    """A pronunciation in an engine's own phonemes; None where it has a sound that the engine has nothing near to.

    Args:
        ipa: As `ipa_of` gives it.
        phonemes: The engine's name of each sound by its sign or signs, as `sounds` has them; the longest that fits is taken.
        between: What the engine wants between two phonemes.
    """
    longest = max(map(len, phonemes), default=0)
    words: list[list[str]] = [[]]
    place = 0
    while place < len(ipa):
        sign = ipa[place]
        known = next((ipa[place : place + n] for n in range(longest, 0, -1) if ipa[place : place + n] in phonemes), "")
        if known:
            words[-1].append(phonemes[known])
        elif sign in _STRESS:
            words[-1].append(_STRESS[sign])
        elif sign.isspace():
            words.append([])
        elif near := _nearest(sign, phonemes):
            words[-1].append(phonemes[near])
        elif sign.isalpha() and unicodedata.category(sign) not in {"Lm", "Mn"}:
            return None
        place += len(known) or 1
    return " ".join(_joined(_stressed(word), between) for word in words if word) or None


_STRESS: Final = {"ˈ": "'", "ˌ": ","}
_NEAREST: Final = {
    "i": "ɪjɨ", "y": "iʏ", "ɨ": "ɪiᵻ", "ʉ": "uʊ", "ɯ": "uʊ", "u": "ʊwo", "ɪ": "iᵻe", "ʏ": "ɪiy", "ʊ": "uo", "ᵻ": "ɪi",
    "e": "ɛəi", "ø": "eɛœ", "ɘ": "əe", "ɵ": "oəø", "ɤ": "oʌ", "o": "ɔʊu", "ə": "ɐʌea", "ɚ": "əɜ", "ɛ": "eæ", "œ": "ɛeø",
    "ɜ": "əɛ", "ɝ": "ɜəɚ", "ʌ": "ɐaə", "ɔ": "oɒɑ", "æ": "aɛ", "ɐ": "aəʌ", "a": "æɐɑʌ", "ɶ": "œa", "ɑ": "aɒæ", "ɒ": "ɔɑo",
    "ɕ": "ʃs", "ʂ": "ʃs", "ʃ": "ɕsʂ", "ʑ": "ʒz", "ʐ": "ʒz", "ʒ": "ʑzʃ", "ç": "xʃh", "χ": "xh", "x": "χhk", "ħ": "hx", "ɦ": "h",
    "h": "xɦ", "ʕ": "ʔh", "ɣ": "ɡx", "ɢ": "ɡq", "q": "k", "ʁ": "ʀrɹɣ", "ʀ": "ʁrɹ", "ɹ": "rɾ", "ɾ": "rɹd", "ɻ": "ɹr", "r": "ɾɹʁ",
    "ɲ": "n", "ŋ": "n", "ɳ": "n", "ɴ": "ŋn", "ʎ": "jl", "ɭ": "l", "ɫ": "l", "ɬ": "l", "ʝ": "j", "ɟ": "ɡj", "c": "k", "β": "vb", "ʋ": "vw",
    "v": "ʋbf", "ɸ": "f", "f": "ɸv", "θ": "st", "ð": "dz", "z": "s", "ʈ": "t", "ɖ": "d", "ɥ": "jw", "ʍ": "w", "w": "uvʋ", "j": "i",
    "ɱ": "m", "ʔ": "", "ɓ": "b", "ɗ": "d", "ɠ": "ɡ", "ɡ": "k",
}  # fmt: skip
"""For each sound those that a speaker without it would say, the nearest first."""


def _nearest(sign: str, phonemes: Mapping[str, str]) -> str | None:
    wanted = (sign, *_NEAREST.get(sign, ""))
    return next((each + length for each in wanted for length in ("", "ː") if each + length in phonemes), None)


def _stressed(word: list[str]) -> list[str]:
    """A word that says no stress has it on its first syllable: without any it would be mumbled."""
    return word if any(mark in word for mark in _STRESS.values()) else ["'", *word]


def _joined(word: list[str], between: str) -> str:
    """Phonemes of one word; a stress mark stands before its vowel without a sign between."""
    return between.join(word).replace(f"'{between}", "'").replace(f",{between}", ",") if between else "".join(word)
