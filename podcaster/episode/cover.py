"""A generated cover for a show without one: title and language code, readable as a thumbnail."""

import hashlib
import io
import textwrap

from PIL import Image, ImageDraw, ImageFont

from podcaster.units import LanguageTag

SIDE_PIXELS = 3000
"""Apple asks for a square of 1400 to 3000 pixels."""
_MARGIN = 236
_TITLE_PIXELS = 364
_TAG_PIXELS = 1114
_LINE_CHARACTERS = 12
_LINES = 3
_LAST_LATIN = "\u024f"
"""Last Latin letter in the font that Pillow ships; titles in other scripts are left out."""
_QUALITY = 88


def draw_cover(title: str, language: LanguageTag) -> bytes:
    """A JPEG, 3000 pixels square; equal arguments give equal bytes."""
    hue = hashlib.sha256(title.encode()).digest()[0] * 360 // 256
    shade = int(hashlib.sha256(language.encode()).hexdigest(), 16) % 14
    image = Image.new("RGB", (SIDE_PIXELS, SIDE_PIXELS), f"hsl({hue}, 55%, {22 + shade}%)")
    draw = ImageDraw.Draw(image)
    shown = title if all(sign <= _LAST_LATIN for sign in title) else ""
    lines = textwrap.wrap(shown, _LINE_CHARACTERS, max_lines=_LINES, placeholder=" …")
    draw.multiline_text(
        (_MARGIN, _MARGIN), "\n".join(lines), fill="white", font=ImageFont.load_default(_TITLE_PIXELS), spacing=43
    )
    tag = language.partition("-")[0].upper()
    draw.text(
        (_MARGIN - 43, SIDE_PIXELS - _MARGIN), tag, fill="white", font=ImageFont.load_default(_TAG_PIXELS), anchor="ls"
    )
    written = io.BytesIO()
    # Every episode embeds the cover. Progressive JPEG encodes flat colour in far fewer bytes than baseline.
    image.save(written, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return written.getvalue()
