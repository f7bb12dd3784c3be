"""Validation of preferred voices."""

from collections.abc import Collection, Sequence

from podcaster.errors import InputRefused
from podcaster.speech.casting import GENDERS


def require_known_voices(wishes: Sequence[str], names: Collection[str]) -> None:
    """Check that every voice is a gender or a known name.

    Raises:
        InputRefused: A voice is neither.
    """
    unknown = [each for each in wishes if each not in GENDERS and each not in names]
    if unknown:
        known = ", ".join([*GENDERS, *sorted(names)])
        raise InputRefused(f"There is no voice {', '.join(map(repr, unknown))}.", f"Choose from: {known}.")
