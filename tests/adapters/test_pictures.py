"""Reports' own pictures: made square in a process of its own, whatever the web has at their addresses."""

import io

import pytest
from PIL import Image

from podcaster.adapters.pictures import ReportPictures, square
from podcaster.errors import SourceUnreachable
from podcaster.ports import Fetched


def picture(width: int, height: int, form: str = "PNG", mode: str = "RGBA") -> bytes:
    image = Image.new(mode, (width, height), (200, 40, 40) if mode == "RGB" else (200, 40, 40, 0))
    written = io.BytesIO()
    image.save(written, form)
    return written.getvalue()


class Web:
    """Has one picture, and counts who asks."""

    def __init__(self, body: bytes) -> None:
        self.body, self.asked = body, 0

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        self.asked += 1
        if not self.body:
            raise SourceUnreachable(f"{url} does not answer.", "Try again later.")
        return Fetched(url=url, content_type="image/png", charset="", body=self.body[:limit_bytes])


def test_a_wide_picture_becomes_a_square_jpeg_on_white() -> None:
    with Image.open(io.BytesIO(square(picture(900, 500)))) as made:
        assert (made.format, made.size, made.mode) == ("JPEG", (640, 640), "RGB")
        assert made.getpixel((5, 5)) == (255, 255, 255)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize("body", [b"", SVG, picture(900, 500)[:300], picture(64, 64)])
def test_what_is_no_picture_or_small_is_not_shown(body: bytes) -> None:
    assert square(body) == b""


def test_a_bomb_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(bomb, "PNG")
    assert square(bomb.getvalue()) == b""


def test_a_picture_is_fetched_once_for_all_languages_and_one_that_is_gone_costs_nothing() -> None:
    web = Web(picture(400, 400, "JPEG", "RGB"))
    pictures = ReportPictures(web)
    assert pictures("https://example.com/a.jpg") == pictures("https://example.com/a.jpg") != b""
    assert web.asked == 1
    assert ReportPictures(Web(b""))("https://example.com/a.jpg") == b""
