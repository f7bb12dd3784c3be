"""The signs that Kokoro-82M was trained on, by their numbers (the `vocab` of its config.json)."""

from typing import Final

from podcaster.speech.phonemes import AFFRICATES

_BY_NUMBER: Final = (
    '·;:,.!?··—…"()“” ̃ʣʥʦʨᵝꭧAI·····O·Q·ST··W·Yᵊabcdef·hijklmnopqrstuvwxyzɑɐɒæ··βɔɕç·ɖðʤə·ɚɛɜ··ɟ·ɡ······ɥ·ɨɪʝ······ɯɰ'
    "ŋɳɲɴø·ɸθœ··ɹ·ɾɻ·ʁɽʂʃʈʧ·ʊʋ·ʌɣɤ·χʎ···ʒʔ·······ˈˌː···ʰ·ʲ····↓·→↗↘···ᵻ"
)
_NONE: Final = "·"
VOCABULARY: Final = {sign: number for number, sign in enumerate(_BY_NUMBER) if sign != _NONE}
EDGE: Final = 0
"""Stands in front of a text and behind it."""
LONGEST_PHONEMES: Final = 510
"""That the model takes at a time; a voice has a style for each length."""
IPA: Final = {
    **{sign: sign for sign in VOCABULARY if sign.isalpha() and not sign.isupper()},
    **{f"{vowel}ː": f"{vowel}ː" for vowel in "aeiouɑɔɛəɜ"},
    **AFFRICATES,
}
"""Each sound of the International Phonetic Alphabet that the model has, as it writes it."""
