"""Generated artwork: what a listener sees of a show in a podcast app."""

import io
from random import Random

import pytest
from PIL import Image, ImageColor, ImageDraw

from podcaster.episode.artwork_patterns import PATTERNS, Box, Pattern
from podcaster.episode.cover import PALETTES, draw_cover
from podcaster.units import LanguageTag

EN = LanguageTag("en")


def drawn(title: str, language: LanguageTag = EN, *, topic: str = "", side_pixels: int = 320) -> Image.Image:
    return Image.open(io.BytesIO(draw_cover(title, language, topic=topic, side_pixels=side_pixels)))


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def white_pixels(image: Image.Image) -> int:
    """Pixels of letters in the half where titles stand."""
    upper = image.convert("L").crop((0, 0, image.width, image.height // 2))
    return sum(upper.histogram()[200:])


def test_directories_take_the_cover() -> None:
    cover = drawn("Harbour Letters", side_pixels=3000)
    assert (cover.size, cover.format, cover.mode) == ((3000, 3000), "JPEG", "RGB")


def test_equal_shows_have_equal_covers_and_topics_have_their_own() -> None:
    assert draw_cover("Informes", EN, side_pixels=320) == draw_cover("Informes", EN, side_pixels=320)
    different = {
        draw_cover(title, language, topic=topic, side_pixels=320)
        for title, language, topic in [
            ("Informes", EN, ""),
            ("Notas", EN, ""),
            ("Informes", LanguageTag("es"), ""),
            ("Informes", EN, "Energy"),
            ("Informes", EN, "Water"),
        ]
    }
    assert len(different) == 5


@pytest.mark.parametrize("title", ["Our Reports", "Łódź ţară", "Relatórios da manhã", "A"])
def test_a_latin_title_is_written_with_every_letter(title: str) -> None:
    assert white_pixels(drawn(title)) > 20 * len(title.replace(" ", ""))


def test_a_long_title_is_cut_and_stays_on_the_picture() -> None:
    long = drawn("The Institute for Research into Everything that Anybody has ever Asked about Anything")
    edge = long.convert("L").crop((310, 0, 320, 160))
    assert white_pixels(long) > 2000
    assert sum(edge.histogram()[200:]) == 0


def test_white_letters_stand_out_on_every_ground() -> None:
    assert all(1.05 / (brightness(palette.ground) + 0.05) >= 7 for palette in PALETTES)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.__name__)
def test_every_pattern_fills_its_part_and_looks_the_same_again(pattern: Pattern) -> None:
    def part(seed: int) -> Image.Image:
        image = Image.new("RGB", (300, 300), "#000000")
        pattern(ImageDraw.Draw(image), Box(0, 150, 300, 300), ("#ff0000", "#00ff00", "#0000ff"), Random(seed))
        return image

    assert all(part(seed).tobytes() == part(seed).tobytes() for seed in range(3))
    for seed in range(20):
        lower = part(seed).crop((0, 150, 300, 300)).convert("L")
        assert sum(lower.histogram()[1:]) > 300 * 150 * 0.2
