"""The site's icon as PNG, for app stores that reject SVG."""

import io
from typing import Final

from PIL import Image, ImageDraw

_GROUND: Final = "#0b5c6b"
_UNITS: Final = 64
"""Side of static/icon.svg, in its units; `_BARS` are its strokes."""
_BARS: Final = ((14, 28, 36), (26, 18, 46), (38, 24, 40), (50, 29, 35))
"""Centre, top and bottom of each bar."""
_HALF_STROKE: Final = 3
_FINER: Final = 4
"""Supersampling factor, which smooths the edges."""


def draw_icon(side_pixels: int) -> bytes:
    """A square PNG with square corners, which app stores round themselves; equal arguments give equal bytes."""
    side = side_pixels * _FINER
    scale = side / _UNITS
    image = Image.new("RGB", (side, side), _GROUND)
    draw = ImageDraw.Draw(image)
    for middle, top, bottom in _BARS:
        box = (middle - _HALF_STROKE, top - _HALF_STROKE, middle + _HALF_STROKE, bottom + _HALF_STROKE)
        draw.rounded_rectangle([each * scale for each in box], radius=_HALF_STROKE * scale, fill="white")
    written = io.BytesIO()
    image.resize((side_pixels, side_pixels), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()
