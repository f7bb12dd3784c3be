"""Writes JSON files: UTF-8, readable, the same bytes for the same content."""

from collections.abc import Iterator, Mapping

from pydantic_core import to_json


def encode(document: Mapping[str, object]) -> bytes:
    """A JSON file (RFC 8259) with a line for each member and each list element. Numbers must be finite.

    An iterator is written as a list, one element at a time. pydantic's encoder takes a fifth of the time of json's, which
    matters for the ten thousand timed words of an hour of speech.
    """
    members = b",\n".join(b" %b: %b" % (to_json(name), _laid_out(value)) for name, value in document.items())
    return b"{\n%b\n}\n" % members


def _laid_out(value: object) -> bytes:
    if not isinstance(value, list | Iterator) or not value:
        return to_json(value)
    elements = b",\n  ".join(map(to_json, value))
    return b"[\n  %b\n ]" % elements if elements else b"[]"
