"""The base URL under which this library's shows first appeared; their `podcast:guid` stay made of it after a move."""

import ipaddress
from urllib.parse import urlsplit

from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore

_NAME = "feeds/first-address.txt"


def guid_base_url(base_url: str, blobs: BlobStore) -> str:
    """The first base URL that others could reach, remembered from now on if this is it.

    A show gets its guid once, made of its address then, and takes it along when it moves (podcast namespace, podcast:guid).
    An address of this machine or of a private network is no show's: everybody has the same, and so would be their guids.

    Raises:
        StorageFailed: the store cannot be read.
    """
    try:
        return blobs.get(_NAME).decode()
    except BlobMissing:
        if _is_public(base_url):
            blobs.put(_NAME, base_url.encode())
        return base_url


def _is_public(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".local", ".localhost", ".internal"))
