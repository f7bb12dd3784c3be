"""Generated artwork for shows and topics without a picture: a pattern, a title and the language, readable as a thumbnail."""

import hashlib
import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from random import Random

from PIL import Image, ImageDraw, ImageFont

from podcaster.episode.artwork_patterns import PATTERNS, Box
from podcaster.episode.cover_sizes import LARGEST
from podcaster.units import LanguageTag

_MARGIN = 210
_TITLE_PIXELS, _LEAST_TITLE_PIXELS, _ABOVE_PIXELS, _TAG_PIXELS = 500, 320, 230, 330
_LINES, _LEADING = 3, 1.08
_FONTS = "web/site/static/fonts"
"""The site's typeface, in a file for Latin-1 and one for the other Latin letters; titles in other scripts are left out."""
_LAST_LATIN_1, _LAST_LATIN = "\u00ff", "\u024f"
_PUNCTUATION = "…–—‘’“”"
_WEIGHT = 700
_QUALITY = 86


@dataclass(frozen=True, slots=True)
class Palette:
    """A dark ground, on which white text has a contrast of 7 at least, and three colours for the pattern."""

    ground: str
    pattern: tuple[str, str, str]


PALETTES = (
    Palette("#14213d", ("#fca311", "#e5e5e5", "#2f4b8f")),
    Palette("#1b3a2f", ("#f2c14e", "#84b59f", "#f4f1de")),
    Palette("#3d1f2b", ("#f28482", "#f6bd60", "#84a59d")),
    Palette("#0b3954", ("#bfd7ea", "#ff6663", "#e0ff4f")),
    Palette("#2b2d42", ("#ef233c", "#8d99ae", "#edf2f4")),
    Palette("#22333b", ("#eae0d5", "#c6ac8f", "#d1603d")),
    Palette("#3a0f3f", ("#ffb4a2", "#e5989b", "#b5838d")),
    Palette("#003844", ("#ffebc6", "#ffb100", "#2a9d8f")),
    Palette("#31263e", ("#44cf6c", "#a9fdac", "#efd9ce")),
    Palette("#4a1c12", ("#ffba49", "#ef5b5b", "#f7ede2")),
)


def draw_cover(title: str, language: LanguageTag, *, topic: str = "", side_pixels: int = LARGEST) -> bytes:
    """A square JPEG; equal arguments give equal bytes.

    The show's title chooses the colours, the topic (or the show) the pattern and its shape.
    """
    palette = PALETTES[_number(title) % len(PALETTES)]
    chance = Random(_number(f"{title}/{topic}"))  # noqa: S311 # a seed, not a secret
    image = Image.new("RGB", (LARGEST, LARGEST), palette.ground)
    draw = ImageDraw.Draw(image)
    pattern = PATTERNS[chance.randrange(len(PATTERNS))]
    top = LARGEST * 52 // 100
    pattern(draw, Box(0, top, LARGEST, LARGEST), palette.pattern, chance)
    # Shapes that reach over the pattern's edge end there, so that the title stands on the ground.
    draw.rectangle((0, 0, LARGEST, top), fill=palette.ground)
    _write_title(draw, topic or title, title if topic else "")
    _write_language(draw, language, palette)
    if side_pixels != LARGEST:
        image = image.resize((side_pixels, side_pixels), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    # Progressive JPEG encodes flat colour in far fewer bytes than baseline.
    image.save(written, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return written.getvalue()


class _Typeface:
    """The site's typeface in one size."""

    def __init__(self, pixels: int) -> None:
        self.pixels = pixels
        self._latin_1 = _font("figtree-latin.woff2", pixels)
        self._others = _font("figtree-latin-ext.woff2", pixels)

    def width(self, text: str) -> float:
        """Width of a line, in pixels."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def write(self, draw: ImageDraw.ImageDraw, x: float, baseline: float, text: str, fill: str = "white") -> None:
        """Write a line from the left."""
        for font, run in self._runs(text):
            draw.text((x, baseline), run, fill=fill, font=font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for latin_1, run in groupby(text, lambda sign: sign <= _LAST_LATIN_1 or sign in _PUNCTUATION):
            yield self._latin_1 if latin_1 else self._others, "".join(run)


@lru_cache(maxsize=64)
def _font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(io.BytesIO(files("podcaster").joinpath(_FONTS, name).read_bytes()), pixels)
    font.set_variation_by_axes([_WEIGHT])
    return font


def _write_title(draw: ImageDraw.ImageDraw, title: str, above: str) -> None:
    """The title as large as it fits in three lines, or in two under a smaller line."""
    y, lines_at_most = float(_MARGIN), _LINES
    if above and _drawable(above):
        y += _ABOVE_PIXELS
        _Typeface(_ABOVE_PIXELS).write(draw, _MARGIN, y, textwrap.shorten(above, 26, placeholder=" …"), "#ffffffc0")
        y += _ABOVE_PIXELS * 0.45
        lines_at_most -= 1
    if _drawable(title):
        lines, typeface = _fitted(title, lines_at_most)
        for n, line in enumerate(lines):
            typeface.write(draw, _MARGIN, y + typeface.pixels * (0.85 + _LEADING * n), line)


def _fitted(title: str, lines_at_most: int) -> tuple[list[str], _Typeface]:
    """The title's lines in the largest size that fits; the smallest size cuts what is left."""
    room = LARGEST - 2 * _MARGIN
    for pixels in range(_TITLE_PIXELS, _LEAST_TITLE_PIXELS, -30):
        typeface = _Typeface(pixels)
        lines = textwrap.wrap(title, _columns(typeface, room), break_long_words=False, break_on_hyphens=False)
        if len(lines) <= lines_at_most and all(typeface.width(line) <= room for line in lines):
            return lines, typeface
    typeface = _Typeface(_LEAST_TITLE_PIXELS)
    return textwrap.wrap(title, _columns(typeface, room), max_lines=lines_at_most, placeholder=" …"), typeface


def _columns(typeface: _Typeface, room: int) -> int:
    return int(room * 10 / typeface.width("neighbours"))


def _write_language(draw: ImageDraw.ImageDraw, language: LanguageTag, palette: Palette) -> None:
    """The language's code on a plate in the corner."""
    tag, typeface = language.partition("-")[0].upper(), _Typeface(_TAG_PIXELS)
    width, height = typeface.width(tag) + 200, _TAG_PIXELS * 1.34
    left, top = _MARGIN * 0.6, LARGEST - _MARGIN * 0.6 - height
    draw.rounded_rectangle((left, top, left + width, top + height), radius=height * 0.28, fill=palette.ground)
    typeface.write(draw, left + 100, top + height * 0.76, tag)


def _drawable(text: str) -> bool:
    return all(sign <= _LAST_LATIN or sign in _PUNCTUATION for sign in text)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
