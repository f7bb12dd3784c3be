"""Where requests come from, as far as it is counted."""

import ipaddress
from collections.abc import Mapping
from typing import Any

_IPV6_NETWORK = 64


def network_of(request: Mapping[str, Any]) -> str:
    """Of a request, or of its scope: an IPv4 address, or a network of IPv6, since whoever has an address there has 2⁶⁴ of them."""
    try:
        address = ipaddress.ip_address((request.get("client") or ("", 0))[0])
    except ValueError:
        return "nowhere"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address.packed, _IPV6_NETWORK), strict=False))
