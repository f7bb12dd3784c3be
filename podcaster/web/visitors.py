"""Where requests come from, as far as it is counted."""

from starlette.requests import Request

from podcaster.audience.answers import network


def network_of(request: Request) -> str:
    """The network of whoever asks; `nowhere` where there is none to see."""
    return network(request.client.host if request.client else "") or "nowhere"
