"""The network that a request comes from, by which clients are counted."""

from collections.abc import Mapping
from typing import Any

from podcaster.downloads.transfers import network


def client_network(request: Mapping[str, Any]) -> str:
    """The network of the client of a request or an ASGI scope; `nowhere` if it is unknown."""
    return network((request.get("client") or ("", 0))[0]) or "nowhere"
