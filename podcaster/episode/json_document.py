"""How JSON files are written: UTF-8 as it reads, the same bytes for the same content."""

import json
from collections.abc import Mapping


def encode(document: Mapping[str, object]) -> bytes:
    """A JSON file (RFC 8259), one value a line."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"
