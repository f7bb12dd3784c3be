"""Pings to WebSub hubs over HTTP."""

from typing import Final

import httpx

from podcaster.ports import HubAnswer

_SECONDS: Final = httpx.Timeout(10.0, connect=5.0)
_AGENT: Final = "podcaster (+publisher)"


class WebSubHub:
    """Fills `ports.Hub`. Hubs are the operator's own choice: they may be on a private network."""

    def __init__(self, *, seconds: httpx.Timeout = _SECONDS) -> None:
        """`seconds` is how long a hub may take."""
        self._seconds = seconds

    def tell(self, hub: str, address: str) -> HubAnswer:
        """`hub.url` is what most hubs read, `hub.topic` what the others do; the standard leaves it to them (W3C WebSub §6)."""
        form = {"hub.mode": "publish", "hub.url": address, "hub.topic": address}
        try:
            with (
                httpx.Client(timeout=self._seconds, trust_env=False, follow_redirects=False) as client,
                client.stream("POST", hub, data=form, headers={"User-Agent": _AGENT}) as answer,
            ):
                return HubAnswer(
                    status=answer.status_code,
                    said=answer.reason_phrase,
                    retry_after=answer.headers.get("retry-after", "")[:100],
                )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return HubAnswer(status=0, said=str(error) or type(error).__name__)
