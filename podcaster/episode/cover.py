"""Generated artwork for shows and topics without a picture: a pattern, a title and the language, readable as a thumbnail."""

import hashlib
import io
import textwrap
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

from podcaster.episode.artwork_patterns import PATTERNS, Box
from podcaster.units import LanguageTag

SIDE_PIXELS = 3000
"""Apple asks for a square of 1400 to 3000 pixels."""
_MARGIN = 210
_TITLE_PIXELS, _LEAST_TITLE_PIXELS, _TOPIC_PIXELS, _TAG_PIXELS = 430, 300, 230, 330
_LINES = 3
_LAST_LATIN = "\u024f"
"""Last Latin letter in the font that Pillow ships; titles in other scripts are left out."""
_QUALITY = 86


@dataclass(frozen=True, slots=True)
class _Palette:
    """A dark ground, on which white text has a contrast of 7 at least, and three colours for the pattern."""

    ground: str
    pattern: tuple[str, str, str]


_PALETTES = (
    _Palette("#14213d", ("#fca311", "#e5e5e5", "#2f4b8f")),
    _Palette("#1b3a2f", ("#f2c14e", "#84b59f", "#f4f1de")),
    _Palette("#3d1f2b", ("#f28482", "#f6bd60", "#84a59d")),
    _Palette("#0b3954", ("#bfd7ea", "#ff6663", "#e0ff4f")),
    _Palette("#2b2d42", ("#ef233c", "#8d99ae", "#edf2f4")),
    _Palette("#22333b", ("#eae0d5", "#c6ac8f", "#d1603d")),
    _Palette("#3a0f3f", ("#ffb4a2", "#e5989b", "#b5838d")),
    _Palette("#003844", ("#ffebc6", "#ffb100", "#2a9d8f")),
    _Palette("#31263e", ("#44cf6c", "#a9fdac", "#efd9ce")),
    _Palette("#4a1c12", ("#ffba49", "#ef5b5b", "#f7ede2")),
)


def draw_cover(title: str, language: LanguageTag, *, topic: str = "", side_pixels: int = SIDE_PIXELS) -> bytes:
    """A square JPEG; equal arguments give equal bytes.

    The show's title chooses the colours, the topic (or the show) the pattern and its shape.
    """
    palette = _PALETTES[_number(title) % len(_PALETTES)]
    chance = Random(_number(f"{title}/{topic}"))
    image = Image.new("RGB", (SIDE_PIXELS, SIDE_PIXELS), palette.ground)
    draw = ImageDraw.Draw(image)
    pattern = PATTERNS[chance.randrange(len(PATTERNS))]
    top = SIDE_PIXELS * 52 // 100
    pattern(draw, Box(0, top, SIDE_PIXELS, SIDE_PIXELS), palette.pattern, chance)
    # Shapes that reach over the pattern's edge end there, so that the title stands on the ground.
    draw.rectangle((0, 0, SIDE_PIXELS, top), fill=palette.ground)
    _write_title(draw, topic or title, title if topic else "")
    _write_language(draw, language, palette)
    if side_pixels != SIDE_PIXELS:
        image = image.resize((side_pixels, side_pixels), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    # Progressive JPEG encodes flat colour in far fewer bytes than baseline.
    image.save(written, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return written.getvalue()


def _write_title(draw: ImageDraw.ImageDraw, title: str, above: str) -> None:
    """The title as large as it fits in three lines, under a smaller line."""
    y = _MARGIN
    if above and _drawable(above):
        font = ImageFont.load_default(_TOPIC_PIXELS)
        shown = textwrap.shorten(above, 26, placeholder=" …")
        draw.text((_MARGIN, y), shown, fill="#ffffffb0", font=font)
        y += round(_TOPIC_PIXELS * 1.35)
    if not _drawable(title):
        return
    room = SIDE_PIXELS - 2 * _MARGIN
    lines_at_most = _LINES - bool(above)
    for pixels in range(_TITLE_PIXELS, _LEAST_TITLE_PIXELS - 1, -26):
        font = ImageFont.load_default(pixels)
        columns = max(4, int(room / (font.getlength("nnnnnnnnnn") / 10)))
        lines = textwrap.wrap(title, columns, break_on_hyphens=False)
        if len(lines) <= lines_at_most and all(font.getlength(line) <= room for line in lines):
            break
    else:
        lines = textwrap.wrap(title, columns, max_lines=lines_at_most, placeholder=" …")
    draw.multiline_text((_MARGIN, y), "\n".join(lines), fill="white", font=font, spacing=40)


def _write_language(draw: ImageDraw.ImageDraw, language: LanguageTag, palette: _Palette) -> None:
    """The language's code on a plate in the corner."""
    font = ImageFont.load_default(_TAG_PIXELS)
    tag = language.partition("-")[0].upper()
    width, height = font.getlength(tag) + 200, _TAG_PIXELS * 1.34
    left, top = _MARGIN * 0.6, SIDE_PIXELS - _MARGIN * 0.6 - height
    draw.rounded_rectangle((left, top, left + width, top + height), radius=height * 0.28, fill=palette.ground)
    draw.text((left + width / 2, top + height / 2), tag, fill="white", font=font, anchor="mm")


def _drawable(text: str) -> bool:
    return all(sign <= _LAST_LATIN for sign in text)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
