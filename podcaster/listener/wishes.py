"""Voices that listeners wish for by name."""

from collections.abc import Collection, Sequence

from podcaster.errors import InputRefused
from podcaster.speech.casting import GENDERS


def refuse_unknown_voices(wishes: Sequence[str], names: Collection[str]) -> None:
    """Nothing where every wish is a gender or one of the names.

    Raises:
        InputRefused: one is neither.
    """
    unknown = [each for each in wishes if each not in GENDERS and each not in names]
    if unknown:
        known = ", ".join([*GENDERS, *sorted(names)])
        raise InputRefused(f"There is no voice {', '.join(map(repr, unknown))}.", f"Choose of these: {known}.")
