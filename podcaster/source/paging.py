"""URL of the next page of a feed, by RFC 5005 or WordPress's `paged`."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_PAGE = "paged"


def page_behind(links: Mapping[str, str], *, generator: str, url: str) -> str:
    """The address of the older entries; empty where nothing is known of any.

    Args:
        links: The feed's own, by relation: an archive goes before pages that shift (RFC 5005 §3, §4).
        generator: What it says that it was made by.
        url: Where it was found.
    """
    said = links.get("prev-archive") or links.get("next", "")
    if said or "wordpress" not in generator.lower():
        return said
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != _PAGE]
    behind = (_PAGE, str(max(guessed_page(url), 1) + 1))
    return urlunsplit(parts._replace(query=urlencode([*query, behind])))


def guessed_page(url: str) -> int:
    """Number of the WordPress page at an address; 0 if it names none."""
    page = dict(parse_qsl(urlsplit(url).query)).get(_PAGE, "")
    return int(page) if page.isascii() and page.isdecimal() and len(page) < 10 else 0  # noqa: PLR2004 # digits
