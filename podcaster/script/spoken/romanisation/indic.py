"""Words in the scripts of India in Latin letters, by the sounds that Unicode names their letters for."""

import unicodedata
from typing import Final

SCRIPTS: Final = (
    "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "ORIYA", "SINHALA",
)  # fmt: skip
_SOUNDS: Final = {"cha": "chha", "ca": "cha", "sha": "sha", "ssa": "sha", "tta": "ta", "ttha": "tha", "dda": "da", "ddha": "dha"} | {
    "nna": "na", "nga": "nga", "nya": "nya", "lla": "la", "rra": "ra", "vocalic r": "ri", "aa": "a", "ii": "i", "uu": "u",
}  # fmt: skip


_NO_VOWEL: Final = "al-lakuna"
_SINHALA: Final = {
    "aela-pilla": "a", "ketti aeda-pilla": "e", "diga aeda-pilla": "e", "ketti is-pilla": "i", "diga is-pilla": "i",
    "ketti paa-pilla": "u", "diga paa-pilla": "u", "gaetta-pilla": "ru", "diga gaetta-pilla": "ru", "kombuva": "e",
    "diga kombuva": "e", "kombu deka": "ai", "kombuva haa aela-pilla": "o", "kombuva haa diga aela-pilla": "o",
    "kombuva haa gayanukitta": "au", "anusvaraya": "n", "visargaya": "h", "kantaja naasikyaya": "nga",
    "taaluja naasikyaya": "nya", "taaluja sanyooga naasikyaya": "nya", "taaluja sayanna": "sha", "muurdhaja sayanna": "sha",
    "iruyanna": "ri", "aeyanna": "e", "aeeyanna": "e",
}  # fmt: skip
"""Sounds of signs and letters whose Sinhala names do not begin with them."""


def _sinhala(name: str) -> str:
    """`alpapraana bayanna` as `ba`; `mahaapraana` says that the letter is breathed."""
    if name in _SINHALA or name == _NO_VOWEL:
        return _SINHALA.get(name, name)
    kind, _, letter = name.rpartition(" ")
    sound = letter.removesuffix("yanna")
    sound = f"n{sound}" if kind == "sanyaka" else f"m{sound}" if kind == "amba" else sound
    return f"{sound[0]}h{sound[1:]}" if kind == "mahaapraana" and sound else sound


def romanised(words: str) -> str:
    """`नरेन्द्र मोदी` as `Narendra Modi`; a consonant that ends a word of several loses its vowel."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    made = ""
    signs = unicodedata.normalize("NFC", word)
    for place, sign in enumerate(signs):
        name = unicodedata.name(sign, "")
        sound = name.rpartition(" SIGN ")[2].lower() if " SIGN " in name else name.rpartition("LETTER ")[2].lower()
        sound = _sinhala(sound) if "SINHALA" in name else sound
        sound = _SOUNDS.get(sound, sound)
        if sound == _NO_VOWEL:
            made = made.removesuffix("a")
        elif "VIRAMA" in name or " VOWEL SIGN " in name:
            made = made.removesuffix("a") + ("" if "VIRAMA" in name else sound)
        elif "ANUSVARA" in name or "BINDU" in name or "TIPPI" in name:
            made += "n"
        elif "LETTER" in name:
            ends = place == len(signs) - 1 and place > 0 and "VIRAMA" not in unicodedata.name(signs[place - 1], "")
            made += sound.removesuffix("a") if ends and len(sound) > 1 and "SINHALA" not in name else sound
    return made[:1].upper() + made[1:]
