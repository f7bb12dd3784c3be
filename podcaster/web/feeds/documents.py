"""Documents as they are answered with: bytes by content coding, with everything that an answer says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from podcaster.feed.addresses import Addresses
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
    """A document in one content coding, with everything that an answer says of it."""

    etag: str
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    """Without its length, which a 304 does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedDocument:
    """A document as it is at one moment."""

    digest: str
    generation: int
    changed: datetime
    forms: Mapping[str, EncodedDocument]
    """By content coding, `identity` among them."""
    codings: tuple[str, ...]

    def form(self, accepted: str) -> EncodedDocument:
        """The one that an Accept-Encoding header likes best."""
        return self.forms[accepted_coding(accepted, self.codings)]

    def is_had(self, form: EncodedDocument, tags: str, since: str) -> bool:
        """Whether a client that sends these conditions has this form already."""
        return bool(tags or since) and is_unchanged(
            form.etag, self.changed, if_none_match=tags, if_modified_since=since
        )


def read_document(services: Services, pointer: FeedPointer, *, hubs: Sequence[str] = ()) -> CachedDocument:
    """What a feed's pointer points at.

    Args:
        services: Stores, and where the service is reached.
        pointer: The feed, or a page of an archive.
        hubs: Where its changes can be subscribed to; the answer says so, and its own address (W3C WebSub §4).

    Raises:
        BlobMissing: the plain form is not there.
    """
    forms = [pointer.blob + ending for ending in CODINGS.values()]
    compressed = services.blobs.get_many(forms)
    bodies = {coding: compressed[form] for coding, form in zip(CODINGS, forms, strict=True) if form in compressed}
    bodies[IDENTITY] = services.blobs.get(pointer.blob)
    links = [(address, "hub") for address in hubs]
    if links:
        links.append((Addresses.served(services.base_url).feed(pointer.name), "self"))
    header = ", ".join(f'<{address}>; rel="{rel}"' for address, rel in links).encode()
    said = [(b"link", header)] if links else []
    return cached_document(_RSS, pointer.digest, pointer.generation, pointer.changed, bodies, said=said)


def cached_document(
    kind: bytes,
    digest: str,
    generation: int,
    changed: datetime,
    bodies: Mapping[str, bytes],
    *,
    said: Sequence[tuple[bytes, bytes]] = (),
) -> CachedDocument:
    """A document of a media type; its tags follow from `digest`, `said` are headers of its own."""
    forms = {}
    for coding, body in bodies.items():
        etag = f'"{digest[:32]}-{coding}"'
        headers = [(b"content-type", kind), (b"etag", etag.encode()), (b"last-modified", http_date(changed).encode())]
        if coding != IDENTITY:
            headers.append((b"content-encoding", coding.encode()))
        forms[coding] = EncodedDocument(etag=etag, body=body, headers=(*headers, *said, *_HEADERS))
    codings = tuple(coding for coding in bodies if coding != IDENTITY)
    return CachedDocument(digest=digest, generation=generation, changed=changed, forms=forms, codings=codings)
