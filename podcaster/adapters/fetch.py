"""The one fetcher: httpx over ssrfguard, which connects to the very address that it checked."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import BinaryIO

import httpx
from ssrfguard import Policy
from ssrfguard.errors import SSRFGuardError, TooManyRedirectsError
from ssrfguard.httpx import Client

from podcaster.errors import AddressRefused, SourceTooLarge, SourceUnreachable
from podcaster.ports import Answer, Downloaded, Fetched

_LOOPBACK = ("127.0.0.0/8", "::1/128")
_WEB_PORTS = frozenset({80, 443})
_ANY_PORT = frozenset(range(1, 65_536))
_CONNECT_SECONDS, _READ_SECONDS, _WHOLE_SECONDS = 10.0, 15.0, 60.0
_REDIRECTS = 5
_OK, _PARTIAL = 200, 206
_PAGES = "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1"
_LISTINGS = f"application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,{_PAGES}"
_LONGEST_VALIDATOR = 500
_LONGEST_REFUSAL = 1_000_000
_AGENT = "podcaster (+report reader)"


class GuardedFetcher:
    """Fills `ports.Fetcher`."""

    def __init__(self, *, allow_loopback: bool = False, allowed_networks: Sequence[str] = ()) -> None:
        """`allowed_networks` are private networks, as `10.1.0.0/16`, that may be reached all the same."""
        networks = (*allowed_networks, *(_LOOPBACK if allow_loopback else ()))
        self._policy = Policy(
            allowed_networks=tuple(ip_network(each) for each in networks),
            allowed_ports=_ANY_PORT if networks else _WEB_PORTS,
            max_redirects=_REDIRECTS,
        )

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        """Fetch a URL; every redirect is checked as the first address was."""
        with self._answer(url, {"Accept": _PAGES}) as answer:
            return _taken(answer, url, limit_bytes)

    def ask(self, url: str, *, limit_bytes: int, etag: str = "", last_modified: str = "") -> Answer:
        """Fetch a URL unless it is still what it was."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {"Accept": _LISTINGS, **{name: value for name, value in conditions.items() if value}}
        with self._answer(url, headers, every_status=True) as answer:
            fetched = _taken(answer, url, limit_bytes if answer.status_code == _OK else _LONGEST_REFUSAL)
            return Answer(
                url=fetched.url,
                content_type=fetched.content_type,
                charset=fetched.charset,
                body=fetched.body if answer.status_code == _OK else b"",
                status=answer.status_code,
                etag=answer.headers.get("etag", "")[:_LONGEST_VALIDATOR],
                last_modified=answer.headers.get("last-modified", "")[:_LONGEST_VALIDATOR],
                retry_after=answer.headers.get("retry-after", "")[:_LONGEST_VALIDATOR],
            )

    def download(self, url: str, file: Path, *, limit_bytes: int, progress: Downloaded) -> None:
        """Fetch into a file, from where an earlier try ended if it is still the same thing."""
        part, mark = file.with_name(f"{file.name}.part"), file.with_name(f"{file.name}.mark")
        have = part.stat().st_size if part.is_file() and mark.is_file() else 0
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": mark.read_text(encoding="ascii")}
        with self._answer(url, headers) as answer:
            if answer.status_code != _PARTIAL:
                have = 0
                _remember(mark, answer.headers.get("etag", ""))
            length = answer.headers.get("content-length", "")
            total = have + int(length) if length.isdecimal() else None
            with part.open("ab" if have else "wb") as out:
                _poured(answer, out, url, limit_bytes, lambda done: progress(done, total))
            if total is not None and part.stat().st_size != total:
                raise SourceUnreachable(f"{url} was cut off.", "Try again: it goes on from there.")
        part.replace(file)
        mark.unlink(missing_ok=True)

    @contextmanager
    def _answer(self, url: str, headers: Mapping[str, str], *, every_status: bool = False) -> Iterator[httpx.Response]:
        """The open answer to a GET, 200 or the rest of one that was begun; or any."""
        timeout = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
        try:
            with (
                Client(
                    policy=self._policy, timeout=timeout, follow_redirects=True, trust_env=False, verify=_certificates()
                ) as client,
                client.stream("GET", url, headers={"User-Agent": _AGENT, **headers}) as answer,
            ):
                if not every_status and answer.status_code not in {_OK, _PARTIAL if "Range" in headers else _OK}:
                    raise SourceUnreachable(
                        f"{url} answers with {answer.status_code}.", "Check the address, or hand it in as a file."
                    )
                yield answer
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
            raise AddressRefused(f"{url} is not a web address: {error}.", "Give an http or https URL.") from error
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise SourceUnreachable(f"{url} cannot be fetched: {reason}.", "Try again, or hand in a file.") from error


@cache
def _certificates() -> ssl.SSLContext:
    """Certificates of the authorities that are trusted: reading them takes longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)


def _remember(mark: Path, etag: str) -> None:
    """A strong ETag identifies the file (RFC 9110 §8.8.1); without one an interrupted download starts from the beginning."""
    if etag.isascii() and etag.startswith('"'):
        mark.write_text(etag, encoding="ascii")
    else:
        mark.unlink(missing_ok=True)


def _poured(answer: httpx.Response, out: BinaryIO, url: str, limit_bytes: int, progress: Callable[[int], None]) -> None:
    for piece in answer.iter_raw():
        out.write(piece)
        if out.tell() > limit_bytes:
            raise SourceTooLarge(f"{url} has more than {limit_bytes:,} bytes.", "Give another address.")
        progress(out.tell())


def _taken(answer: httpx.Response, url: str, limit_bytes: int) -> Fetched:
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
