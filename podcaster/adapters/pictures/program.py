"""The program that makes a square JPEG of one picture: bytes on standard input, bytes on standard output; nothing if it is none."""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
_SMALLEST, _QUALITY = 200, 82
_MOST_PIXELS = 40_000_000
_FACES = (0.5, 0.35)
"""Part of a picture that stays when it is made square: people stand above the middle of a tall one."""


def main() -> None:
    """Convert within the limits that the arguments set: side in pixels, memory in bytes, processor time in seconds."""
    side, memory, cpu = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    sys.stdout.buffer.write(squared(sys.stdin.buffer.read(), side))


def squared(picture: bytes, side: int) -> bytes:
    """The middle of a picture as a JPEG of these sides; empty if it is small or no picture."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            if min(image.size) < _SMALLEST:
                return b""
            image.draft("RGB", (2 * side, 2 * side))
            upright = ImageOps.exif_transpose(image)
            shown = Image.new("RGBA", upright.size, "white")
            shown.alpha_composite(upright.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return b""
    written = io.BytesIO()
    fitted = ImageOps.fit(shown.convert("RGB"), (side, side), Image.Resampling.LANCZOS, centering=_FACES)
    fitted.save(written, "JPEG", quality=_QUALITY, progressive=True, optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
