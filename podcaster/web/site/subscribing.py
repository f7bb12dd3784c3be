"""Ways into a podcast app: links that open a feed in it, and a QR code for the phone."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

import segno
from markupsafe import Markup


def app_links(feed: str) -> Mapping[str, str]:
    """Links that open a feed in an installed app."""
    place = feed.partition("://")[2]
    return {
        "Apple Podcasts": f"podcast://{place}",
        "Overcast": f"overcast://x-callback-url/add?url={quote(feed, safe='')}",
        "Pocket Casts": f"pktc://subscribe/{place}",
        "AntennaPod": f"antennapod-subscribe://{place}",
        "Castro": f"castros://subscribe/{place}",
    }


@lru_cache(maxsize=256)
def qr_code(address: str) -> Markup:
    """A QR code (ISO/IEC 18004) that opens an address on a phone; drawn locally, so the address stays private."""
    drawn = segno.make(address, error="m", micro=False)
    picture = drawn.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(picture)  # noqa: S704 # segno's own output
