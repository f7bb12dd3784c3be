"""Quality estimates: the share of a sentence that a round trip brings back, compared letter by letter."""

from collections import Counter
from typing import Final

DOUBTFUL: Final = 0.6
"""Below it, a line is flagged; docs/translation.md says how often that is right."""
_LONGEST: Final = 6
_RECALL_WEIGHT: Final = 4.0
"""beta² of chrF2: what is missing counts more than what was added."""


def estimate(source: str, back: str) -> float:
    """chrF2 (Popović 2015) of a sentence that came back, held against its source: 0 to 1."""
    scores = [_score(_grams(source, length), _grams(back, length)) for length in range(1, _LONGEST + 1)]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else 0.0


def _grams(text: str, length: int) -> Counter[str]:
    bare = "".join(sign for sign in text.casefold() if sign.isalnum())
    return Counter(bare[place : place + length] for place in range(len(bare) - length + 1))


def _score(wanted: Counter[str], found: Counter[str]) -> float | None:
    if not wanted:
        return None
    common = (wanted & found).total()
    precision, recall = common / max(found.total(), 1), common / wanted.total()
    weighted = _RECALL_WEIGHT * precision + recall
    return (1 + _RECALL_WEIGHT) * precision * recall / weighted if weighted else 0.0
