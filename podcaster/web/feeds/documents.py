"""Feeds and lists as they are sent: bytes by content coding, with their response headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from podcaster.feed.addresses import Addresses, feed_key
from podcaster.ports import FeedPointer
from podcaster.web.http.conditions import http_date, is_unchanged
from podcaster.web.http.negotiation import CODINGS, IDENTITY, accepted_coding
from podcaster.web.services import Services

_RSS: Final = b"application/rss+xml; charset=utf-8"
_HEADERS: Final = (
    (b"cache-control", b"public, max-age=300, stale-while-revalidate=600"),
    (b"vary", b"accept-encoding"),
    (b"access-control-allow-origin", b"*"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedDocument:
    """A document in one content coding."""

    etag: str
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    """Headers of a 200."""
    unchanged_headers: tuple[tuple[bytes, bytes], ...]
    """Headers of a 304, which repeats nothing that the client has (RFC 9110 §15.4.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedDocument:
    """One version of a document."""

    digest: str
    generation: int
    changed: datetime
    encoded: Mapping[str, EncodedDocument]
    """By content coding, `identity` among them."""
    codings: tuple[str, ...]

    def accepted(self, accept_encoding: bytes) -> EncodedDocument:
        """The encoding that an Accept-Encoding header prefers."""
        return self.encoded[accepted_coding(accept_encoding.decode("latin-1"), self.codings)]

    def is_unchanged(self, encoded: EncodedDocument, tags: bytes, since: bytes) -> bool:
        """Whether a client that sends If-None-Match and If-Modified-Since has this encoding already."""
        return is_unchanged(
            encoded.etag,
            self.changed,
            if_none_match=tags.decode("latin-1"),
            if_modified_since=since.decode("latin-1"),
        )


def read_document(services: Services, pointer: FeedPointer, *, hubs: Sequence[str] = ()) -> CachedDocument:
    """Read a published feed.

    Args:
        services: Stores, and where the service is reached.
        pointer: The feed, or a page of an archive.
        hubs: Hubs by which its changes can be subscribed to, named in its Link header with its own address (W3C WebSub §4).

    Raises:
        BlobMissing: the plain form is not there.
    """
    names = {coding: pointer.blob + ending for coding, ending in CODINGS.items()}
    found = services.blobs.get_many([*names.values()])
    bodies = {coding: found[name] for coding, name in names.items() if name in found}
    bodies[IDENTITY] = services.blobs.get(pointer.blob)
    links = [(address, "hub") for address in hubs]
    if links:
        links.append((Addresses.served(services.base_url).feed(pointer.name), "self"))
    link = ", ".join(f'<{address}>; rel="{rel}"' for address, rel in links).encode()
    key = feed_key(pointer.name).encode()
    headers = [(b"surrogate-key", key), (b"cache-tag", key), *([(b"link", link)] if links else [])]
    return cached_document(_RSS, pointer.digest, pointer.generation, pointer.changed, bodies, headers=headers)


def cached_document(
    media_type: bytes,
    digest: str,
    generation: int,
    changed: datetime,
    bodies: Mapping[str, bytes],
    *,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> CachedDocument:
    """A document of `bodies` by content coding; its ETags follow from `digest`, `headers` are further ones of a 200."""
    dated = (b"last-modified", http_date(changed).encode())
    encoded = {}
    for coding, body in bodies.items():
        etag = f'"{digest[:32]}-{coding}"'
        unchanged = ((b"etag", etag.encode()), *_HEADERS)
        described = [(b"content-type", media_type), (b"content-length", b"%d" % len(body)), dated, *headers]
        if coding != IDENTITY:
            described.append((b"content-encoding", coding.encode()))
        encoded[coding] = EncodedDocument(
            etag=etag, body=body, headers=(*described, *unchanged), unchanged_headers=unchanged
        )
    codings = tuple(coding for coding in bodies if coding != IDENTITY)
    return CachedDocument(digest=digest, generation=generation, changed=changed, encoded=encoded, codings=codings)
