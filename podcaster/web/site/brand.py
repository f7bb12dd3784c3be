"""The brand on the pages: its colours, mark, logo and typeface, as settings have them."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from podcaster.episode.icon import draw_icon, icon_svg
from podcaster.errors import PageUnknown
from podcaster.settings.brand import BrandSettings

ICON_PIXELS: Final = (192, 512)
_FOR_EVER = "public, max-age=31536000, immutable"
_ONCE_A_DAY = "public, max-age=86400"
_INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a logo that is opened as a page: an SVG file may hold scripts."""
_COLORS = BrandSettings()


@dataclass(frozen=True)
class Brand:
    """The brand as templates use it."""

    settings: BrandSettings

    @property
    def name(self) -> str:
        """Empty: the show's title."""
        return self.settings.brand_name

    @property
    def color(self) -> str:
        """The dark colour."""
        return self.settings.brand_color

    @property
    def footer_links(self) -> Mapping[str, str]:
        """Addresses by label."""
        return self.settings.footer_links

    @property
    def legal_notice(self) -> str:
        """Text at the end of every page."""
        return self.settings.legal_notice

    @cached_property
    def logo(self) -> str:
        """URL of the logo, or of the mark."""
        return _versioned("/brand/logo", self.logo_file[0]) if self.settings.brand_logo else self.mark

    @cached_property
    def mark(self) -> str:
        """URL of the mark in the brand's colours."""
        return _versioned("/brand/mark.svg", self.mark_file)

    @cached_property
    def style_sheet(self) -> str:
        """URL of a style sheet that overrides the tokens; empty if the brand is podcaster's own."""
        return _versioned("/brand/brand.css", self.css) if self.css else ""

    @cached_property
    def logo_file(self) -> tuple[bytes, str]:
        """Content and media type of the logo."""
        return _read(self.settings.brand_logo)

    @cached_property
    def typeface_file(self) -> bytes:
        """Content of the typeface."""
        return _read(self.settings.brand_typeface)[0]

    @cached_property
    def mark_file(self) -> bytes:
        """The mark as SVG."""
        return icon_svg(self.settings.brand_color, self.settings.brand_accent)

    @cached_property
    def css(self) -> bytes:
        """The tokens that differ from podcaster's own."""
        settings, tokens, face = self.settings, [], ""
        if (settings.brand_color, settings.brand_accent) != (_COLORS.brand_color, _COLORS.brand_accent):
            tokens += [f"--brand: {settings.brand_color};", f"--brand-accent: {settings.brand_accent};"]
        if settings.brand_typeface:
            url = _versioned("/brand/typeface.woff2", self.typeface_file)
            face = (
                f'@font-face {{ font-family: "Brand"; src: url("{url}") format("woff2"); '
                "font-display: optional; font-weight: 100 900; }\n"
            )
            tokens += ['--font-text: "Brand", "Figtree", system-ui, sans-serif;', "--font-display: var(--font-text);"]
        return f"{face}:root {{ {' '.join(tokens)} }}\n".encode() if tokens else b""

    def icon(self, side_pixels: int) -> bytes:
        """The mark as PNG."""
        return _icon(side_pixels, self.settings.brand_color, self.settings.brand_accent)


def brand_files(brand: Brand) -> APIRouter:
    """The routes of the brand's files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/brand/brand.css")
    def style_sheet(v: Annotated[str, Query(max_length=64)] = "") -> Response:
        return _file(brand.css, "text/css", kept=bool(v))

    @router.get("/brand/mark.svg")
    def mark(v: Annotated[str, Query(max_length=64)] = "") -> Response:
        return _file(brand.mark_file, "image/svg+xml", kept=bool(v))

    @router.get("/brand/mark-{side}.png")
    def icon(side: int) -> Response:
        if side not in ICON_PIXELS:
            raise PageUnknown("There is no icon of this size.", "Use one that /manifest.webmanifest names.")
        return _file(brand.icon(side), "image/png", kept=False)

    @router.get("/brand/logo")
    def logo(v: Annotated[str, Query(max_length=64)] = "") -> Response:
        if brand.settings.brand_logo is None:
            raise PageUnknown("There is no logo.", "Set PODCASTER_BRAND_LOGO.")
        return _file(*brand.logo_file, kept=bool(v))

    @router.get("/brand/typeface.woff2")
    def typeface(v: Annotated[str, Query(max_length=64)] = "") -> Response:
        if brand.settings.brand_typeface is None:
            raise PageUnknown("There is no typeface.", "Set PODCASTER_BRAND_TYPEFACE.")
        return _file(brand.typeface_file, "font/woff2", kept=bool(v))

    return router


def _file(content: bytes, media_type: str, *, kept: bool) -> Response:
    headers = {"Cache-Control": _FOR_EVER if kept else _ONCE_A_DAY, "Content-Security-Policy": _INERT}
    return Response(content, media_type=media_type, headers=headers)


def _read(path: Path | None) -> tuple[bytes, str]:
    if path is None:
        return b"", "application/octet-stream"
    return path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _versioned(path: str, content: bytes) -> str:
    return f"{path}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def _icon(side_pixels: int, color: str, accent: str) -> bytes:
    return draw_icon(side_pixels, color, accent)
