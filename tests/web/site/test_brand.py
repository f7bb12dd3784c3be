"""The brand, as an operator sets it: on every page, in its files, and refused where nobody could read it."""

import io
from pathlib import Path

import pytest
from PIL import Image

from podcaster.errors import SettingsWrong
from podcaster.settings import load
from podcaster.settings.brand import BrandSettings, described_brand
from podcaster.settings.contrast import contrast
from support.html_outline import Outline
from support.small_service import client, served, small_service

WOFF2 = b"wOF2 a typeface"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def brand(tmp_path: Path) -> BrandSettings:
    (tmp_path / "logo.svg").write_bytes(SVG)
    (tmp_path / "face.woff2").write_bytes(WOFF2)
    return load(
        {
            "PODCASTER_BRAND_NAME": "Chatham & Sons",
            "PODCASTER_BRAND_LOGO": str(tmp_path / "logo.svg"),
            "PODCASTER_BRAND_COLOR": "#7A1F3D",
            "PODCASTER_BRAND_ACCENT": "#ffd9a0",
            "PODCASTER_BRAND_TYPEFACE": str(tmp_path / "face.woff2"),
            "PODCASTER_FOOTER_LINKS": "Imprint=https://example.org/imprint; Contact=mailto:desk@example.org",
            "PODCASTER_LEGAL_NOTICE": "© Chatham & Sons. Not <b>advice</b>.",
        },
        tmp_path,
    )


def test_every_page_has_the_brand(brand: BrandSettings, tmp_path: Path) -> None:
    with small_service(tmp_path / "data", brand=brand) as made, served(made.services) as url, client(url) as web:
        made.publish(language="en")
        for path in ("/", "/shows/en", "/episodes/a-report-12345678/en", "/listeners", "/privacy"):
            page = web.get(path).text
            assert "Chatham &amp; Sons" in page, path
            assert "Not &lt;b&gt;advice&lt;/b&gt;." in page, path
            links = {each["href"] for each in Outline(page).all("a")}
            assert {"https://example.org/imprint", "mailto:desk@example.org"} <= links, path
        outline = Outline(page)
        [sheet] = [str(each["href"]) for each in outline.all("link") if "brand.css" in str(each["href"])]
        css = web.get(sheet)
        [logo] = {str(each["src"]) for each in outline.all("img") if "/brand/logo" in str(each["src"])}
        picture, face = web.get(logo), web.get(css.text.split('url("')[1].split('"')[0])
    assert "--brand: #7a1f3d; --brand-accent: #ffd9a0;" in css.text
    assert "immutable" in css.headers["cache-control"]
    assert (picture.content, picture.headers["content-type"]) == (SVG, "image/svg+xml")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert (face.content, face.headers["content-type"]) == (WOFF2, "font/woff2")


def test_without_settings_no_page_asks_for_a_style_sheet_of_the_brand(tmp_path: Path) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        page = web.get("/").text
        icons = [web.get(path) for path in ("/brand/mark.svg", "/brand/mark-192.png", "/brand/mark-512.png")]
        missing = [web.get(path).status_code for path in ("/brand/logo", "/brand/typeface.woff2", "/brand/mark-9.png")]
    assert "brand.css" not in page
    assert [each.status_code for each in icons] == [200, 200, 200]
    assert [Image.open(io.BytesIO(each.content)).size for each in icons[1:]] == [(192, 192), (512, 512)]
    assert missing == [404, 404, 404]


@pytest.mark.parametrize(
    ("color", "accent", "said"),
    [
        ("#88aacc", "#f2b880", "brand_color #88aacc on white has a contrast of 2.3:1, and needs 4.5:1; make it darker"),
        ("#0d5160", "#0d5160", "brand_accent #0d5160 on black has a contrast of"),
        ("#7a7a00", "#c0c000", "brand_accent #c0c000 on brand_color #7a7a00 has a contrast of 2.3:1, and needs 3:1"),
        ("teal", "#f2b880", "PODCASTER_BRAND_COLOR is 'teal'"),
    ],
)
def test_colours_that_cannot_be_read_are_refused_with_their_ratio(
    tmp_path: Path, color: str, accent: str, said: str
) -> None:
    with pytest.raises(SettingsWrong) as refused:
        load({"PODCASTER_BRAND_COLOR": color, "PODCASTER_BRAND_ACCENT": accent}, tmp_path)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BRAND_LOGO", "nothing.svg"),
        ("BRAND_LOGO", "podcaster.toml"),
        ("BRAND_TYPEFACE", "podcaster.toml"),
        ("FOOTER_LINKS", "Imprint=javascript:alert(1)"),
    ],
)
def test_files_and_links_that_are_none_are_refused(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "podcaster.toml").write_text("", encoding="utf-8")
    given = value if "=" in value else str(tmp_path / value)
    with pytest.raises(SettingsWrong, match=f"PODCASTER_{name}"):
        load({f"PODCASTER_{name}": given}, tmp_path)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_the_doctor_describes_the_brand(brand: BrandSettings) -> None:
    said = described_brand(brand, "Reports")
    assert said.startswith("Chatham & Sons, #7a1f3d and #ffd9a0 (")
    assert "logo.svg" in said
    assert described_brand(BrandSettings(), "Reports").startswith("Reports, #0d5160 and #f2b880 (8.9:1 on white, ")
