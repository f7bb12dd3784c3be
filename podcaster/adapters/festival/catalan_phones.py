"""Pronunciations in the phonemes of Festival's central Catalan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from podcaster.script.phonetics import in_phonemes

if TYPE_CHECKING:
    from collections.abc import Sequence

_PHONES: Final = {
    "ə": "ax", "a": "a", "e": "e", "ɛ": "E", "i": "i", "o": "o", "ɔ": "O", "u": "u", "b": "b", "d": "d", "f": "f", "ɡ": "g", "j": "j",
    "k": "k", "l": "l", "ʎ": "L", "m": "m", "n": "n", "ɲ": "J", "p": "p", "ɾ": "r", "r": "rr", "s": "s", "ʃ": "S", "t": "t", "w": "w",
    "z": "z", "ʒ": "Z", "tʃ": "t S", "dʒ": "d Z", "ts": "t s", "dz": "d z",
}  # fmt: skip
_VOWELS: Final = frozenset({"ax", "a", "e", "E", "i", "o", "O", "u"})
_PLOSIVES, _LIQUIDS = frozenset("pbtdkgf"), frozenset({"r", "l", "w", "j"})
_STRESS, _HALF_STRESS = "'", ","


def syllables(ipa: str) -> str | None:
    """A pronunciation as an entry of the lexicon has it, `((s i n) 0) ((Z i) 0) ((a1 n) 1)`.

    None: it has a sound that nothing is near to.
    """
    said = in_phonemes(ipa, _PHONES, between=" ")
    if said is None:
        return None
    parts: list[list[str]] = []
    stressed: list[bool] = []
    begins = True
    for sign in said.split():
        phone = sign.lstrip(_STRESS + _HALF_STRESS)
        marked = sign.startswith(_STRESS)
        if begins or sign != phone:
            parts.append([])
            stressed.append(marked)
            begins = False
        elif phone in _VOWELS and _has_vowel(parts[-1]):
            onset = _onset(parts[-1])
            parts[-1], taken = parts[-1][: len(parts[-1]) - onset], parts[-1][len(parts[-1]) - onset :]
            parts.append(taken)
            stressed.append(False)
        parts[-1].append(phone)
    whole = _with_vowels(parts, stressed)
    return " ".join(f"(({' '.join(phones)}) {int(stress)})" for phones, stress in whole) if whole else None


def _has_vowel(phones: Sequence[str]) -> bool:
    return any(phone in _VOWELS for phone in phones)


def _onset(phones: Sequence[str]) -> int:
    """Number of a syllable's last consonants that belong to the vowel that follows."""
    if phones[-1] in _VOWELS:
        return 0
    pair = len(phones) > 1 and phones[-1] in _LIQUIDS and phones[-2] in _PLOSIVES
    return 2 if pair else 1


def _with_vowels(parts: Sequence[Sequence[str]], stressed: Sequence[bool]) -> Sequence[tuple[Sequence[str], bool]]:
    """Syllables, those without a vowel together with the one before or behind; a stressed vowel has a name of its own."""
    found: list[tuple[list[str], bool]] = []
    waiting: list[str] = []
    stress_waits = False
    for phones, stress in zip(parts, stressed, strict=True):
        if not _has_vowel(phones):
            if found:
                found[-1][0].extend(phones)
            else:
                waiting.extend(phones)
                stress_waits = stress_waits or stress
            continue
        found.append(([*waiting, *phones], stress or stress_waits))
        waiting, stress_waits = [], False
    return [(_accented(phones) if stress else phones, stress) for phones, stress in found]


def _accented(phones: Sequence[str]) -> list[str]:
    first = next(place for place, phone in enumerate(phones) if phone in _VOWELS)
    return [f"{phone}1" if place == first and phone != "ax" else phone for place, phone in enumerate(phones)]
