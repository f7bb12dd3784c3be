"""Where requests come from, as far as it is counted."""

from collections.abc import Mapping
from typing import Any

from podcaster.audience.transfers import network


def client_network(request: Mapping[str, Any]) -> str:
    """The network of whoever sends a request, or its scope; `nowhere` where there is none to see."""
    return network((request.get("client") or ("", 0))[0]) or "nowhere"
