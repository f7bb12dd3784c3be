"""Settings of the brand: how the pages name themselves and look."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from podcaster.settings.contrast import contrast, mixed

_DAY, _NIGHT = "#ffffff", "#1a1f21"
"""The lightest and the darkest ground of text, `--sheet` in tokens.css."""
_TINT = 0.08
"""Share of the brand's colour in `--tint`."""
_TEXT_RATIO = 4.5
"""Least contrast of text (WCAG 2.2 §1.4.3)."""
_GRAPHIC_RATIO = 3.0
"""Least contrast of graphics (WCAG 2.2 §1.4.11)."""
_LOGOS = {".svg", ".png", ".jpg", ".jpeg", ".webp"}
_WOFF2 = b"wOF2"


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _links(value: object) -> object:
    """`Imprint=https://…; Contact=mailto:…` from the environment, or a table from TOML."""
    if not isinstance(value, str):
        return value
    parts = (part.partition("=") for part in value.split(";") if part.strip())
    return {name.strip(): address.strip() for name, _, address in parts}


def _logo(value: Path) -> Path:
    if value.suffix.lower() not in _LOGOS or not value.is_file():
        raise ValueError("no SVG, PNG, JPEG or WebP file is there")
    return value


def _typeface(value: Path) -> Path:
    if not value.is_file() or value.read_bytes()[: len(_WOFF2)] != _WOFF2:
        raise ValueError("no WOFF2 file is there")
    return value


_Color = Annotated[str, BeforeValidator(_lower), Field(pattern=r"^#[0-9a-f]{6}$")]
_Link = Annotated[str, Field(pattern=r"^(https?://|mailto:|/)[^\s\"<>]+$", max_length=2000)]
_Label = Annotated[str, Field(min_length=1, max_length=60)]


class BrandSettings(BaseModel):
    """The brand, as far as an operator can set it."""

    model_config = ConfigDict(frozen=True)

    brand_name: str = Field(default="", max_length=100)
    """Name at the top of every page; empty: the show's title."""
    brand_logo: Annotated[Path, AfterValidator(_logo)] | None = None
    """Logo beside it: an SVG, PNG, JPEG or WebP file; empty: podcaster's own mark in the brand's colours."""
    brand_color: _Color = "#0d5160"
    """Colour of links and buttons by day, and ground of the mark: dark enough to be read on white."""
    brand_accent: _Color = Field(default="#f2b880", validate_default=True)
    """Colour of links and buttons by night, and of what stands on `brand_color`: light enough to be read on black."""
    brand_typeface: Annotated[Path, AfterValidator(_typeface)] | None = None
    """WOFF2 file of a typeface for all text; empty: Figtree, with Newsreader in headings."""
    footer_links: Annotated[dict[_Label, _Link], BeforeValidator(_links)] = Field(default_factory=dict)
    """Links at the end of every page, as `Imprint=https://…; Contact=mailto:…`."""
    legal_notice: str = Field(default="", max_length=2000)
    """Text at the end of every page."""

    @field_validator("brand_accent")
    @classmethod
    def _readable(cls, accent: str, info: ValidationInfo) -> str:
        """Refuse a pair that cannot be read, with its ratios."""
        color = info.data.get("brand_color")
        faults = [] if color is None else unreadable(color, accent)
        if faults:
            raise ValueError("; ".join(faults))
        return accent


def unreadable(color: str, accent: str) -> list[str]:
    """Faults of a pair of brand colours, with their contrast ratios; empty if it can be read."""
    checks = (
        (f"brand_color {color} on white", contrast(color, mixed(color, _TINT, _DAY)), _TEXT_RATIO, "darker"),
        (f"brand_accent {accent} on black", contrast(accent, mixed(accent, _TINT, _NIGHT)), _TEXT_RATIO, "lighter"),
        (f"brand_accent {accent} on brand_color {color}", contrast(accent, color), _GRAPHIC_RATIO, "farther apart"),
    )
    return [
        f"{pair} has a contrast of {ratio:.1f}:1, and needs {least:g}:1; make it {remedy}"
        for pair, ratio, least, remedy in checks
        if ratio < least
    ]


def described_brand(settings: BrandSettings, otherwise: str) -> str:
    """The brand in one line; `otherwise` is its name if the settings have none."""
    color, accent = settings.brand_color, settings.brand_accent
    on_white, on_black, together = contrast(color, _DAY), contrast(accent, _NIGHT), contrast(color, accent)
    ratios = f"{on_white:.1f}:1 on white, {on_black:.1f}:1 on black, {together:.1f}:1 together"
    logo = str(settings.brand_logo or "podcaster's mark")
    typeface = str(settings.brand_typeface or "Figtree and Newsreader")
    return f"{settings.brand_name or otherwise}, {color} and {accent} ({ratios}), {logo}, {typeface}"
