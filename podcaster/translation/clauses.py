"""Cuts a sentence at a clause, and mends its beginning."""

import re

_CLAUSE = re.compile(r"(?<=[;:,])\s+|\s+(?=[–—(])")
_SHORTEST_HALF = 12
"""Characters; what is shorter is no clause."""


def halves(sentence: str) -> tuple[str, str] | None:
    """A sentence cut in two; None where it has no clause to be cut at."""
    cuts = [
        found
        for found in _CLAUSE.finditer(sentence)
        if found.start() >= _SHORTEST_HALF and len(sentence) - found.end() >= _SHORTEST_HALF
    ]
    if not cuts:
        return None
    cut = min(cuts, key=lambda found: abs(found.start() - len(sentence) // 2))
    return sentence[: cut.start()], sentence[cut.end() :]


def begun_like(masked: str, answer: str) -> str:
    """The answer without the capital that engines write behind an unknown name at the start of a sentence."""
    source, words = masked.split(), answer.split()
    if len(source) > 1 and len(words) > 1 and source[0] == words[0] and source[1][:1].islower():
        words[1] = words[1][:1].lower() + words[1][1:]
    return " ".join(words)
