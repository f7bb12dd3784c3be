"""hibari's reading of English: lexicon, tagger and a net for unknown words, without its normaliser."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from podcaster.script.phonetics import pieces
from podcaster.speech.passages import Passage
from podcaster.speech.phonemes import AFFRICATES, PhonemeToken, from_ipa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALPHABET: Final = {
    **{sign: sign for sign in "bdfhijklmnpstuvwzæðŋɐɑɔəɛɜɡɪɹʃʊʌʒθᵊᵻ"},
    "eɪ": "A", "aɪ": "I", "aʊ": "W", "oʊ": "O", "əʊ": "O", "ɔɪ": "Y", "ɔʏ": "Y", "ɔø": "Y", "ei": "A", "ai": "I", "au": "W", "ou": "O",
    "ɚ": "əɹ", "ɝ": "ɜɹ", "ɫ": "l", "r": "ɹ", "a": "ɑ", "e": "A", "o": "O", "ɒ": "ɑ", "y": "u", "ɲ": "nj", "ʎ": "lj",
    **{each: each[:-1] for each in ("iː", "uː", "ɑː", "ɔː")},
    "aː": "ɑ", "eː": "A", "oː": "O", "ɜː": "ɜɹ",
    **{ipa: sign for ipa, sign in AFFRICATES.items() if sign in "ʧʤ"},
}  # fmt: skip
"""American English in misaki's alphabet, and what its speakers say for sounds of other languages."""

_LOADING: Final = threading.Lock()


class HibariPhonemizer:
    """Fills `speech.phonemes.Phonemizer` for English."""

    def __init__(self, *, british: bool = False) -> None:
        """`british`: British spelling-to-sound rules."""
        self._british = british

    @cached_property
    def version(self) -> str:
        """The package's."""
        return f"hibari-{version('hibari-tts')}" + (" gb" if self._british else "")

    def phonemes(self, text: str) -> Sequence[PhonemeToken]:
        """Word by word. The text is taken as it is: numbers and signs were put in words before."""
        with _LOADING:
            g2p = _g2p(british=self._british)
        passage = _passage(text)
        tokens = g2p.phonemize_tokens(g2p.tokenize(passage.text))
        return list(_placed(tokens, passage))


@cache
def _g2p(*, british: bool) -> Any:  # noqa: ANN401 # hibari carries no annotations
    """One for all voices of a process: it is lexicons and the tagger's weights, which reading changes not."""
    from hibari.g2p import G2P  # noqa: PLC0415 # half a second, when something is spoken

    return G2P(british=british)


def _placed(tokens: Sequence[Any], passage: Passage) -> Iterator[PhonemeToken]:
    behind = 0
    for token in tokens:
        here = passage.text.find(token.text, behind)
        said = token.phonemes or ""
        space = " " if token.whitespace else ""
        if here < 0 or not any(map(str.isalnum, token.text)):
            yield PhonemeToken(said + space)
            continue
        behind = here + len(token.text)
        yield PhonemeToken(said + space, passage.place(here))


def _passage(text: str) -> Passage:
    """Hibari's own markup gives a word its phonemes; nothing else may open it."""
    parts = []
    for piece in pieces(text):
        said = from_ipa(piece.ipa, _ALPHABET) if piece.ipa else None
        plain = _plain(piece.text)
        parts.append((f"[{plain}](/{said}/)" if said else plain, piece.place, bool(said)))
    return Passage.of(parts)


def _plain(text: str) -> str:
    """Without control characters and square brackets."""
    bare = text.replace("[", "(").replace("]", ")")
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in bare)
