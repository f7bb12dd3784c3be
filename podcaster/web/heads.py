"""Request heads as they came over the wire, and what they say."""

from collections.abc import Mapping
from typing import Final, NamedTuple

Fields = Mapping[bytes, bytes]
"""A request's header fields, by their names in lower case; none of them came twice."""
_MOST: Final = 1024
_LONGEST: Final = 1024
"""Bytes; apps say less."""


class Head(NamedTuple):
    """A request that is all head, on a connection that goes on behind it (RFC 9112 §9.3)."""

    method: bytes
    target: bytes
    fields: Fields


class KnownHeads:
    """The last different heads that came alone and whole, by their very bytes.

    An app says the same in each of its requests, and so do all who have that app: what the same bytes mean need not be
    found out again. It stands for one parser's verdict, so only what that one has read goes in.
    """

    def __init__(self) -> None:
        self._heads: dict[bytes, Head] = {}
        self.get = self._heads.get

    def keep(self, data: bytes, head: Head) -> None:
        """Remember what a request's bytes say; the one that is known the longest makes room."""
        if len(data) > _LONGEST or data in self._heads:
            return
        if len(self._heads) >= _MOST:
            del self._heads[next(iter(self._heads))]
        self._heads[data] = head
