"""Text as the phonemes that a neural voice was trained on; owns the Phonemizer port.

hibari and Kokoro share an alphabet, misaki's: the International Phonetic Alphabet with one sign for each English diphthong and
each affricate, and stress marks in front of vowels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Protocol

from podcaster.script.phonetics import in_phonemes
from podcaster.speech.synthesizer import WordOnset

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

SENTENCE_ENDS: Final = ".!?…"
CLAUSE_ENDS: Final = ",;:—"
_OPENING: Final = "“(ʔ"
_CLOSING: Final = f"{SENTENCE_ENDS}{CLAUSE_ENDS}”)"
VOWELS: Final = "AIOQWYaeiouyæøœɐɑɒɔəɚɛɜɪɨɯɤʊʌᵊᵻ"
AFFRICATES: Final = {"ts": "ʦ", "tʃ": "ʧ", "dz": "ʣ", "dʒ": "ʤ", "tɕ": "ʨ", "dʑ": "ʥ"}
_STRESS: Final = str.maketrans({"'": "ˈ", ",": "ˌ"})
_STRESSED_ONSET: Final = re.compile(rf"([ˈˌ])([^{VOWELS}\sˈˌ]+)(?=[{VOWELS}])")


@dataclass(frozen=True, slots=True)
class PhonemeToken:
    """The phonemes of one word or mark, with the space behind it."""

    phonemes: str
    place: int | None = None
    """Start of its word, in characters of the text; None for marks, and for words that the text does not show."""


class Phonemizer(Protocol):
    """Turns text into phonemes, in one language. Safe to call from several threads at once."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may give other phonemes."""

    def phonemes(self, text: str) -> Sequence[PhonemeToken]:
        """The phonemes of a text, its pronunciations (script/phonetics.py) as they are given.

        Raises:
            EngineFailed: the phonemizer does not answer.
        """


def from_ipa(ipa: str, alphabet: Mapping[str, str]) -> str | None:
    """A pronunciation in misaki's alphabet; None where it has a sound that `alphabet` has nothing near to."""
    said = in_phonemes(ipa, alphabet, between="")
    if said is None:
        return None
    return _STRESSED_ONSET.sub(r"\2\1", said.translate(_STRESS))


def spaced(tokens: Iterable[PhonemeToken]) -> Sequence[PhonemeToken]:
    """Words and marks with spaces as between English ones, for languages that are written without."""
    given = [token for token in tokens if token.phonemes]
    following = [*(token.phonemes[0] for token in given[1:]), ""]
    return [
        token
        if token.phonemes[-1] in _OPENING or after in _CLOSING
        else PhonemeToken(f"{token.phonemes} ", token.place)
        for token, after in zip(given, following, strict=True)
    ]


def split_phonemes(tokens: Iterable[PhonemeToken], longest: int) -> Iterator[Sequence[PhonemeToken]]:
    """Tokens in runs of at most `longest` phonemes: cut behind a sentence, else behind a clause, else between words."""
    rest = [piece for token in tokens for piece in _pieces(token, longest)]
    while rest:
        cut = _cut(rest, longest)
        yield rest[:cut]
        rest = rest[cut:]


def _pieces(token: PhonemeToken, longest: int) -> Iterator[PhonemeToken]:
    yield PhonemeToken(token.phonemes[:longest], token.place)
    for start in range(longest, len(token.phonemes), longest):
        yield PhonemeToken(token.phonemes[start : start + longest])


def _cut(tokens: Sequence[PhonemeToken], longest: int) -> int:
    """Number of tokens in the first run."""
    lengths = list(accumulate(len(token.phonemes) for token in tokens))
    if lengths[-1] <= longest:
        return len(tokens)
    fitting = next(place for place, length in enumerate(lengths) if length > longest)
    for marks in (SENTENCE_ENDS, CLAUSE_ENDS, ""):
        ends = (place for place in range(fitting, 0, -1) if _ends(tokens[place - 1], marks))
        found = next(ends, 0)
        if found and lengths[found - 1] > longest // 4:
            return found
    return fitting


def _ends(token: PhonemeToken, marks: str) -> bool:
    bare = token.phonemes.rstrip()
    return bool(bare) and bare[-1] in marks if marks else token.phonemes.endswith(" ")


def word_onsets(
    tokens: Iterable[PhonemeToken], known: Collection[str], frames: Sequence[float], *, frame_samples: int, start: int
) -> Iterator[WordOnset]:
    """The onset of each word of a run.

    Args:
        tokens: The run that was spoken.
        known: The phonemes that the model has; others were left out.
        frames: How long each phoneme lasts; one more stands in front of the first.
        frame_samples: Samples a frame.
        start: Where the run begins, in samples.
    """
    ends = list(accumulate(frames))
    spoken = 0
    for token in tokens:
        count = sum(sign in known for sign in token.phonemes)
        if token.place is not None and count:
            yield WordOnset(place=token.place, sample=start + round(ends[spoken] * frame_samples))
        spoken += count
