"""The mark of a show without a logo, as SVG for pages and as PNG for app stores and phones."""

import io
from typing import Final

GROUND: Final = "#0d5160"
BARS: Final = "#f2b880"
_UNITS: Final = 64
"""Side of the mark, in its units; `_BARS` are its strokes."""
_BARS: Final = ((14, 28, 36), (26, 18, 46), (38, 24, 40), (50, 29, 35))
"""Centre, top and bottom of each bar."""
_HALF_STROKE: Final = 3
_FINER: Final = 4
"""Supersampling factor, which smooths the edges."""


def icon_svg(ground: str = GROUND, bars: str = BARS) -> bytes:
    """The mark as SVG, with round corners."""
    strokes = "".join(f"M{middle} {top + _HALF_STROKE}V{bottom - _HALF_STROKE}" for middle, top, bottom in _BARS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_UNITS} {_UNITS}"><rect width="{_UNITS}" height="{_UNITS}" '
        f'rx="15" fill="{ground}"/><path d="{strokes}" stroke="{bars}" stroke-width="{2 * _HALF_STROKE}" '
        'stroke-linecap="round"/></svg>'
    ).encode()


def draw_icon(side_pixels: int, ground: str = GROUND, bars: str = BARS) -> bytes:
    """A square PNG with square corners, which app stores round themselves; equal arguments give equal bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 # the web service draws an icon when one is first requested

    side = side_pixels * _FINER
    scale = side / _UNITS
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    for middle, top, bottom in _BARS:
        box = (middle - _HALF_STROKE, top - _HALF_STROKE, middle + _HALF_STROKE, bottom + _HALF_STROKE)
        draw.rounded_rectangle([each * scale for each in box], radius=_HALF_STROKE * scale, fill=bars)
    written = io.BytesIO()
    image.resize((side_pixels, side_pixels), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()
