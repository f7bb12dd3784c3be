"""The phonemizer of each language that Kokoro speaks."""

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from podcaster.speech.phonemes import Phonemizer

_ESPEAK_VOICES: Final = {
    "en-GB": "en", "es": "es", "es-419": "es-419", "fr": "fr", "hi": "hi", "it": "it", "pt-BR": "pt-BR", "ca": "ca", "gl": "es",
}  # fmt: skip
"""eSpeak NG's voice by the language that is read; Galician is read by Spanish rules, which are closest."""
_SPELLING: Final = {
    "gl": (
        (re.compile(r"x", re.IGNORECASE), "sh"),
        (re.compile(r"^á(s?)$", re.IGNORECASE), r"a\1"),
        (re.compile(r"^ó(s?)$", re.IGNORECASE), r"o\1"),
        (re.compile(r"nh(?=[aeiou])", re.IGNORECASE), "n"),
    )
}
"""Galician's letters as Spanish would write them: x is said as in English she, a lone á is no name of a letter."""


_PACKAGES: Final = {"ja": ("pyopenjtalk",), "zh": ("pypinyin", "rjieba")}
"""Modules of the extras that read a language's characters."""


def phonemizer(language: str) -> "Phonemizer | None":
    """The reader of a language; None where there is none."""
    if language == "en-US":
        from podcaster.adapters.hibari.phonemizer import HibariPhonemizer

        return HibariPhonemizer()
    if language in _PACKAGES:
        return _ideographic(language)
    if language not in _ESPEAK_VOICES:
        return None
    from podcaster.adapters.espeak.phonemizer import EspeakPhonemizer

    return EspeakPhonemizer(_ESPEAK_VOICES[language], _SPELLING.get(language, ()))


def _ideographic(language: str) -> "Phonemizer | None":
    if not all(map(find_spec, _PACKAGES[language])):
        return None
    if language == "ja":
        from podcaster.adapters.kokoro.japanese import JapanesePhonemizer

        return JapanesePhonemizer()
    from podcaster.adapters.hibari.phonemizer import HibariPhonemizer
    from podcaster.adapters.kokoro.mandarin import MandarinPhonemizer

    return MandarinPhonemizer(HibariPhonemizer())
