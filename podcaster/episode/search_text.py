"""Search text of an episode, folded for case and accents, and the highlighting of matches."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from podcaster.model import Episode

_MOST_PHRASES = 8
_LONGEST_QUERY = 200
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters with strokes, which Unicode does not decompose (UAX #15)."""
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\U00020000", "\U0003ffff"),
)
"""Thai, Lao, Khmer, kana, Han: written without spaces, so each letter counts as a word."""

Phrase = tuple[str, ...]
"""Adjacent words; the last one matches as a prefix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """An episode's folded words in order, each between spaces."""

    names: str
    """Title, topics and authors."""
    text: str
    """Summary and key points."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    plain: str


def search_text(episode: Episode) -> SearchText:
    """The text to index for an episode."""
    return SearchText(
        names=_joined([episode.title, *episode.topics, *episode.authors]),
        text=_joined([episode.summary, *episode.key_points]),
    )


def phrases(query: str) -> Sequence[Phrase]:
    """Split a query at spaces into at most eight phrases; `cable-levy` is one of two words."""
    asked = (tuple(word.plain for word in _words(each)) for each in query[:_LONGEST_QUERY].split())
    return tuple(dict.fromkeys(filter(None, asked)))[:_MOST_PHRASES]


def highlight(text: str, asked: Sequence[Phrase]) -> Sequence[tuple[bool, str]]:
    """Split a text into parts, each with whether it matches; joined, they are the text."""
    words = list(_words(text))
    spans = sorted(chain.from_iterable(_found(words, phrase) for phrase in asked))
    parts: list[tuple[bool, str]] = []
    place = 0
    for start, end in spans:
        if end <= place:
            continue
        parts += [(False, text[place : max(start, place)]), (True, text[max(start, place) : end])]
        place = end
    return [part for part in [*parts, (False, text[place:])] if part[1]]


def _found(words: Sequence[_Word], phrase: Phrase) -> Iterator[tuple[int, int]]:
    for place in range(len(words) - len(phrase) + 1):
        here = words[place : place + len(phrase)]
        whole = all(word.plain == wanted for word, wanted in zip(here[:-1], phrase, strict=False))
        if whole and here[-1].plain.startswith(phrase[-1]):
            yield here[0].start, here[-1].end


def _joined(texts: Sequence[str]) -> str:
    """Join texts by a separator that no phrase can match across."""
    return " | ".join(["", *(" ".join(word.plain for word in _words(text)) for text in texts), ""])


def _words(text: str) -> Iterator[_Word]:
    start = 0
    for place in range(len(text) + 1):
        here = text[place] if place < len(text) else " "
        if _is_letter(here) and not (_stands_alone(here) or (place > start and _stands_alone(text[start]))):
            continue
        if place > start and (unicodedata.combining(here) or unicodedata.category(here) == "Mc"):
            continue
        if place > start:
            yield _Word(start, place, _plain(text[start:place]))
        start = place if _is_letter(here) else place + 1


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _stands_alone(character: str) -> bool:
    return any(first <= character <= last for first, last in _UNSPACED)


def _plain(word: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", word.casefold()).casefold()
    return "".join(each for each in taken_apart if not unicodedata.combining(each)).translate(_PLAIN)
