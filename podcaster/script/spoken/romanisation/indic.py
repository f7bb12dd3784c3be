"""Words in the scripts of India in Latin letters, by the sounds that Unicode names their letters for."""

import unicodedata
from typing import Final

SCRIPTS: Final = (
    "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "ORIYA", "SINHALA",
)  # fmt: skip
_SOUNDS: Final = {"cha": "chha", "ca": "cha", "sha": "sha", "ssa": "sha", "tta": "ta", "ttha": "tha", "dda": "da", "ddha": "dha"} | {
    "nna": "na", "nga": "nga", "nya": "nya", "lla": "la", "rra": "ra", "vocalic r": "ri", "aa": "a", "ii": "i", "uu": "u",
}  # fmt: skip


def romanised(words: str) -> str:
    """`नरेन्द्र मोदी` as `Narendra Modi`; a consonant that ends a word of several loses its vowel."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    made = ""
    signs = unicodedata.normalize("NFC", word)
    for place, sign in enumerate(signs):
        name = unicodedata.name(sign, "")
        sound = name.rpartition(" SIGN ")[2].lower() if " SIGN " in name else name.rpartition("LETTER ")[2].lower()
        sound = _SOUNDS.get(sound, sound)
        if "VIRAMA" in name or " VOWEL SIGN " in name:
            made = made.removesuffix("a") + ("" if "VIRAMA" in name else sound)
        elif "ANUSVARA" in name or "BINDU" in name or "TIPPI" in name:
            made += "n"
        elif "LETTER" in name:
            ends = place == len(signs) - 1 and place > 0 and "VIRAMA" not in unicodedata.name(signs[place - 1], "")
            made += sound.removesuffix("a") if ends and len(sound) > 1 else sound
    return made[:1].upper() + made[1:]
