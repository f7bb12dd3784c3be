"""Titles as sentences: engines know few words that are written large, and take them for names."""

from collections.abc import Iterable, Sequence
from typing import Final

from podcaster.translation.names import names_in
from podcaster.units import LanguageTag

_LONG: Final = 4
"""Letters of a word that title case writes large; shorter ones are articles and prepositions."""
_FEWEST: Final = 3
_FEWEST_IN_A_PARAGRAPH: Final = 6
_LINKING: Final = frozenset(["with", "as", "to", "from", "after", "over", "into", "may", "can", "will", "is", "are"])
"""Words of an English headline that a list of names has none of."""
_SIGNS: Final = " .,:;!?“”‘’\"'()"


def quiet(text: str) -> str:
    """A line all in capitals as a sentence; engines know no other words."""
    if not text.isupper():
        return text
    letters = [sign for sign in text if sign.isalpha()]
    many = len(text.split()) > 1
    return text[:1] + text[1:].lower() if many and letters and all(sign.isupper() for sign in letters) else text


def proper_words(body: Sequence[str], language: LanguageTag, names: Iterable[str]) -> frozenset[str]:
    """The words that a report's sentences write large wherever they stand."""
    return frozenset(
        word for name in (*names_in(body, language), *names) for word in name.split() if word[:1].isupper()
    )


def sentence_case(text: str, proper: frozenset[str]) -> str:
    """A title whose long words are all written large as a sentence would write it; other titles as they are."""
    words = quiet(text).split()
    if not _in_title_case(text, _FEWEST):
        return " ".join(words)
    return " ".join([words[0], *(_small(word, proper) for word in words[1:])])


def reads_like_a_title(text: str) -> bool:
    """Whether a paragraph is a headline in title case, and no list of names."""
    if text.endswith("."):
        return False
    words = {word.lower() for word in text.split()}
    return not words.isdisjoint(_LINKING) and _in_title_case(text, _FEWEST_IN_A_PARAGRAPH)


def _in_title_case(text: str, fewest: int) -> bool:
    """Whether so many words are long, and all of these are written large."""
    long = [word for word in (each.strip(_SIGNS) for each in text.split()) if len(word) >= _LONG and word[:1].isalpha()]
    return len(long) >= fewest and all(word[:1].isupper() for word in long)


def _small(word: str, proper: frozenset[str]) -> str:
    bare = word.strip(_SIGNS)
    plain = bare.removesuffix("'s").removesuffix("’s")
    written_large = plain in proper or any(sign.isupper() or sign.isdigit() for sign in bare[1:])
    return word if written_large or bare == "I" else word.lower()
