"""Digital source types of voices (IPTC Digital Source Type NewsCodes)."""

from typing import Final

_CODES: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_BY_RULE: Final = frozenset({"espeak"})
"""Engines that compute their sound by rule, from no recordings."""


def source_type(engine: str) -> str:
    """`algorithmicMedia` for voices by rule; `trainedAlgorithmicMedia` for voices that learned from recordings."""
    return _CODES + ("algorithmicMedia" if engine in _BY_RULE else "trainedAlgorithmicMedia")
