"""The one fetcher: httpx over ssrfguard, which connects to the very address that it checked."""

import time
from collections.abc import Sequence
from ipaddress import ip_network

import httpx
from ssrfguard import Policy
from ssrfguard.errors import SSRFGuardError, TooManyRedirectsError
from ssrfguard.httpx import Client

from podcaster.errors import AddressRefused, SettingsWrong, SourceTooLarge, SourceUnreachable
from podcaster.ports import Fetched

_LOOPBACK = ("127.0.0.0/8", "::1/128")
_WEB_PORTS = frozenset({80, 443})
_ANY_PORT = frozenset(range(1, 65_536))
_CONNECT_SECONDS, _READ_SECONDS, _WHOLE_SECONDS = 10.0, 15.0, 60.0
_REDIRECTS = 5
_OK = 200
_AGENT = "podcaster (+report reader)"


class GuardedFetcher:
    """Fills `ports.Fetcher`."""

    def __init__(self, *, allow_loopback: bool = False, allowed_networks: Sequence[str] = ()) -> None:
        """`allowed_networks` are private networks, as `10.1.0.0/16`, that may be reached all the same.

        Raises:
            SettingsWrong: one of them is no network.
        """
        try:
            networks = [ip_network(each) for each in (*allowed_networks, *(_LOOPBACK if allow_loopback else ()))]
        except ValueError as error:
            raise SettingsWrong(
                f"PODCASTER_ALLOWED_NETWORKS: {error}.", "Write networks such as 10.1.0.0/16."
            ) from error
        self._policy = Policy(
            allowed_networks=tuple(networks),
            allowed_ports=_ANY_PORT if networks else _WEB_PORTS,
            max_redirects=_REDIRECTS,
        )

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        """Fetch a URL; every redirect is checked as the first address was."""
        timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
        headers = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9"}
        try:
            with (
                Client(policy=self._policy, timeout=timeout, follow_redirects=True, trust_env=False) as client,
                client.stream("GET", url, headers=headers) as answer,
            ):
                return _taken(answer, url, limit_bytes)
        except TooManyRedirectsError as error:
            raise SourceUnreachable(
                f"{url} redirects more than {_REDIRECTS} times.", "Give the final address."
            ) from error
        except SSRFGuardError as error:
            raise AddressRefused(
                f"{url} is not fetched: {' '.join(str(error).split())}.",
                "Only public http and https addresses are; PODCASTER_ALLOW_LOOPBACK and PODCASTER_ALLOWED_NETWORKS widen that.",
            ) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise AddressRefused(f"{url} is no web address: {error}.", "Give an http or https URL.") from error
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise SourceUnreachable(f"{url} cannot be fetched: {reason}.", "Try again, or hand in the text.") from error


def _taken(answer: httpx.Response, url: str, limit_bytes: int) -> Fetched:
    if answer.status_code != _OK:
        raise SourceUnreachable(f"{url} answers with {answer.status_code}.", "Check the address, or hand in the text.")
    deadline = time.monotonic() + _WHOLE_SECONDS
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > limit_bytes:
            raise SourceTooLarge(f"{url} has more than {limit_bytes:,} bytes.", "Hand in the text alone.")
        if time.monotonic() > deadline:
            raise SourceUnreachable(
                f"{url} takes longer than {_WHOLE_SECONDS:.0f} s.", "Try again, or hand in the text."
            )
    kind, _, _ = answer.headers.get("content-type", "").partition(";")
    return Fetched(
        url=str(answer.url),
        content_type=kind.strip().lower(),
        charset=answer.charset_encoding or "",
        body=bytes(body),
    )
