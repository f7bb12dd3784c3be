"""How JSON files are written: UTF-8 as it reads, the same bytes for the same content."""

import json
from collections.abc import Mapping


def encode(document: Mapping[str, object]) -> bytes:
    """A JSON file (RFC 8259): each member on a line of its own, and of a list each element."""
    members = ",\n".join(f" {_dumped(name)}: {_laid_out(value)}" for name, value in document.items())
    return f"{{\n{members}\n}}\n".encode()


def _laid_out(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _dumped(value)
    elements = ",\n".join(f"  {_dumped(element)}" for element in value)
    return f"[\n{elements}\n ]"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
