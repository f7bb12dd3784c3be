"""Contrast of two colours (WCAG 2.2, contrast ratio)."""

from collections.abc import Sequence

_HEX = 16
_KNEE = 0.04045
"""Below this, sRGB is linear (IEC 61966-2-1)."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, such as `#0d5160`: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(color: str, share: float, ground: str) -> str:
    """A share, 0 to 1, of a colour on a ground, as CSS's `color-mix(in srgb, …)`."""
    parts = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (share * top + (1 - share) * below)):02x}" for top, below in parts)


def _channels(color: str) -> Sequence[float]:
    return [int(color[place : place + 2], _HEX) / 255 for place in (1, 3, 5)]


def _luminance(color: str) -> float:
    linear = (value / 12.92 if value <= _KNEE else ((value + 0.055) / 1.055) ** 2.4 for value in _channels(color))
    return sum(weight * value for weight, value in zip(_WEIGHTS, linear, strict=True))
