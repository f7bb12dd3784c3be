"""Purges of a CDN over HTTP: one POST that Fastly, Cloudflare and Varnish's xkey understand."""

from dataclasses import dataclass
from typing import Final

import httpx

from podcaster.ports import HubAnswer

_SECONDS: Final = httpx.Timeout(10.0, connect=5.0)
_AGENT: Final = "podcaster (+purge)"


@dataclass(frozen=True, slots=True)
class CachePurge:
    """Fills `ports.Hub`: the hub is the URL that purges, the address a cache key."""

    header: str = ""
    """Header that authorizes the purge, as `Fastly-Key: …` or `Authorization: Bearer …`; empty: none."""

    def tell(self, hub: str, address: str) -> HubAnswer:
        """Purge what is cached under a key: in `Surrogate-Key` as Fastly reads it, in JSON `tags` as Cloudflare does."""
        name, _, value = self.header.partition(":")
        headers = {"User-Agent": _AGENT, "Surrogate-Key": address, "xkey-purge": address}
        if name.strip():
            headers[name.strip()] = value.strip()
        try:
            with httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client:
                answer = client.post(hub, json={"tags": [address]}, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return HubAnswer(status=0, said=str(error) or type(error).__name__)
        return HubAnswer(
            status=answer.status_code,
            said=answer.reason_phrase,
            retry_after=answer.headers.get("retry-after", "")[:100],
        )
