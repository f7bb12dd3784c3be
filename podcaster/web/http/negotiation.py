"""Content negotiation: pages or data (RFC 9110 §12.5.1), content codings (§12.5.3), languages (§12.5.4)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.units import LanguageTag

CODINGS: Final = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
"""In order of preference, with the ending of each coding's blob."""
IDENTITY = "identity"
_WEIGHT = re.compile(r"[ \t]*;[ \t]*q[ \t]*=[ \t]*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[ \t]*", re.IGNORECASE | re.ASCII)
_LONGEST_HEADER = 1000
"""Characters; a longer header counts as not sent."""
_LEAST_WEIGHT = 0.001
_ANY = "*"


@lru_cache(maxsize=256)
def accepted_coding(header: str, offered: tuple[str, ...]) -> str:
    """The content coding that a client prefers, of equals the first one offered; `identity` if it accepts none."""
    weights = {("gzip" if name == "x-gzip" else name): weight for name, weight in _weights(header)}
    others = weights.get(_ANY, 0.0)
    liked = {coding: weights.get(coding, others) for coding in offered}
    best = max(liked, key=lambda coding: liked[coding], default=IDENTITY)
    return best if liked.get(best, 0.0) >= max(weights.get(IDENTITY, 0.0), _LEAST_WEIGHT) else IDENTITY


@lru_cache(maxsize=256)
def accepted_language(header: str, offered: tuple[LanguageTag, ...]) -> LanguageTag | None:
    """The offered language that a visitor prefers; None if they accept none of them."""
    for name, weight in sorted(_weights(header), key=lambda each: -each[1]):
        found = _nearest(name, offered) if weight > 0 else None
        if found is not None:
            return found
    return None


def prefers_page(header: str) -> bool:
    """Whether an Accept header prefers HTML to JSON, as browsers do and programs do not."""
    weights = dict(_weights(header))
    return weights.get("text/html", 0.0) > weights.get("application/json", 0.0)


def _nearest(name: str, offered: Sequence[LanguageTag]) -> LanguageTag | None:
    try:
        return languages.match(languages.parse(name), offered)
    except LanguageUnknown:
        return None


def _weights(header: str) -> list[tuple[str, float]]:
    """The members of a list with their weights, 0 to 1, without malformed ones."""
    if len(header) > _LONGEST_HEADER:
        return []
    members = []
    for member in header.lower().split(","):
        name, semicolon, rest = member.partition(";")
        weight = _WEIGHT.fullmatch(semicolon + rest) if semicolon else None
        if name.strip() and (weight or not semicolon):
            members.append((name.strip(), float(weight[1]) if weight else 1.0))
    return members
