"""Snapshots of feeds in the blob store: the bytes and their compressed forms, under a name that nothing else has."""

from podcaster.feed.codings import CODINGS
from podcaster.ports import BlobStore

_SUFFIXES = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}


def put_snapshot(blobs: BlobStore, name: str, xml: bytes) -> None:
    """Store a snapshot; the plain form, which a reader asks for last, comes last."""
    for coding, suffix in _SUFFIXES.items():
        blobs.put(name + suffix, CODINGS[coding](xml))
    blobs.put(name, xml)
