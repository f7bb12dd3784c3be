"""How JSON files are written: UTF-8 as it reads, the same bytes for the same content."""

from collections.abc import Iterator, Mapping

from pydantic_core import to_json


def encode(document: Mapping[str, object]) -> bytes:
    """A JSON file (RFC 8259): each member on a line of its own, and of a list each element. Numbers are finite.

    An iterator is written as a list is, each element before the next one is made.
    An hour of speech has some ten thousand words, each with its times: pydantic's encoder takes a fifth of json's time.
    """
    members = b",\n".join(b" %b: %b" % (to_json(name), _laid_out(value)) for name, value in document.items())
    return b"{\n%b\n}\n" % members


def _laid_out(value: object) -> bytes:
    if not isinstance(value, list | Iterator) or not value:
        return to_json(value)
    elements = b",\n  ".join(map(to_json, value))
    return b"[\n  %b\n ]" % elements if elements else b"[]"
