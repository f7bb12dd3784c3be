"""Cuts a sentence at a clause."""

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
