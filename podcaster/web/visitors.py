"""Where requests come from, as far as it is counted."""

import ipaddress

from starlette.requests import Request

_IPV6_NETWORK = 64


def network_of(request: Request) -> str:
    """Whoever has an IPv6 address has 2⁶⁴ of them."""
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return "nowhere"
    prefix = _IPV6_NETWORK if address.version == 6 else address.max_prefixlen  # noqa: PLR2004 # its version
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))
