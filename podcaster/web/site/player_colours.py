"""Colours of a publisher's own, made readable on the player's grounds."""

from podcaster.settings.contrast import contrast, mixed

_TEXT_RATIO = 4.5
"""Least contrast of text (WCAG 2.2 §1.4.3)."""
_STEPS = 20


def readable(color: str, ground: str) -> str:
    """The colour, darkened or lightened as far as text in it needs to be read on the ground."""
    away = "#000000" if contrast(ground, "#000000") > contrast(ground, "#ffffff") else "#ffffff"
    shades = (mixed(color, 1 - step / _STEPS, away) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= _TEXT_RATIO)
