"""Addresses in a report's markup, completed as browsers complete them."""

from urllib.parse import urljoin, urlsplit

from podcaster.article.metadata.linked_data import unescaped

_LONGEST_ADDRESS = 2_000
_NO_ADDRESS = frozenset({"undefined", "null", "none", "false", "nan", "#"})


def absolute(address: str, *bases: str | None) -> str | None:
    """An address completed by the first base that completes it; None for what is no http or https address then."""
    plain = unescaped(address).replace(" ", "%20").replace("\\", "/")
    plain = f"https://{plain}" if plain.startswith("www.") else plain
    if (
        not plain
        or plain.lower() in _NO_ADDRESS
        or "{{" in plain
        or "${" in plain
        or plain.startswith(("data:", "blob:", "javascript:", "about:"))
    ):
        return None
    for base in (*filter(None, bases), "https:" if plain.startswith("//") else ""):
        try:
            joined = urljoin(base, plain) if base else plain
            parts = urlsplit(joined)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and len(joined) <= _LONGEST_ADDRESS:
            return joined
    return None
