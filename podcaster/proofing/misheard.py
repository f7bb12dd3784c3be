"""The words that are misheard most often: a newsroom's to-do list for its lexicon."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from podcaster.proofing.proof import Proof
from podcaster.units import LanguageTag

_HEARD_SHOWN = 3
_LONGEST_WORDS = 3
"""A longer stretch is a fault of its clip, and no word that is said wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisheardWord:
    """A word or name, in how many clips it is misheard, and as what."""

    word: str
    language: LanguageTag
    times: int
    heard: tuple[str, ...]
    """The most frequent first."""


def most_misheard(proofs: Iterable[Proof], languages: Collection[LanguageTag] = ()) -> Sequence[MisheardWord]:
    """The misheard words of these clips, the most frequent first; in these languages, in all where none is named."""
    found: dict[tuple[LanguageTag, str], Counter[str]] = defaultdict(Counter)
    for proof in proofs:
        if languages and proof.language not in languages:
            continue
        for each in proof.verdict.misheard:
            short = each.expected and len(each.expected.split()) <= _LONGEST_WORDS
            if short and _bare(each.expected) != _bare(each.heard):
                found[proof.language, each.expected][each.heard] += 1
    words = [
        MisheardWord(
            word=word,
            language=language,
            times=heard.total(),
            heard=tuple(text for text, _ in heard.most_common(_HEARD_SHOWN)),
        )
        for (language, word), heard in found.items()
    ]
    return sorted(words, key=lambda each: (-each.times, each.language, each.word))


def _bare(text: str) -> str:
    """Letters without accents, which a recognizer leaves out and no lexicon mends."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(sign))
