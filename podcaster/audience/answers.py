"""From answers with audio in them to what each client has of an episode in a day.

The rules are those of the IAB Tech Lab's Podcast Measurement Technical Guidelines 2.2, in short: a download is a client,
by its network address and user agent, that has a minute of an episode within a day, however many requests it took.
"""

import hashlib
import ipaddress
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from podcaster.audience.apps import app_of
from podcaster.audience.spans import Span, behind, total, union

BRIEFING: Final = "briefing"
"""Stands in place of a report's id for the briefings of all listeners, whose listeners nobody counts one by one."""
MINUTE_BYTES: Final[Mapping[str, int]] = MappingProxyType({".mp3": 480_000, ".m4a": 420_000, ".opus": 240_000})
"""A minute of audio by a file's ending: at 64, 56 and 32 kbit/s."""
_PROBE_BYTES = 2
"""Apps ask for bytes 0-1 to learn whether a server knows ranges."""
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What has to be known of a file."""

    minute: int
    """Bytes of a minute of its audio."""
    audio_start: int = 0
    """Bytes of the tag in front of the audio."""
    length: int | None = None
    """Bytes in all; None where nobody knows."""

    @property
    def needed(self) -> int:
        """Bytes of audio that make a download: a minute, or all of a shorter file."""
        if self.length is None:
            return self.minute
        return max(1, min(self.minute, self.length - self.audio_start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One answer to a GET, 200 or 206, as far as it was sent."""

    day: date
    """In UTC."""
    host: str
    """Network address of the client; forgotten when this is."""
    agent: str
    article: str
    language: str
    file: str
    """Tells the files of an episode apart: revision and ending."""
    shape: Shape
    start: int | None
    """First byte; None where a log does not say."""
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one client was sent of one file on one day."""

    client: str
    """Keyed digest of network, user agent and episode, in hexadecimal: the same client has another one for each episode."""
    day: date
    article: str
    language: str
    app: str
    file: str
    needed: int
    """Bytes that make it a download."""
    audio_start: int
    spans: tuple[Span, ...] = ()
    """Of the audio, without the tag."""
    loose: int = 0
    """Bytes of which nobody knows where they belong; they are added up."""

    def joined(self, spans: Iterable[Span], loose: int) -> "Heard":
        """With what was sent before."""
        return replace(self, spans=union([*self.spans, *spans]), loose=self.loose + loose)

    @property
    def downloaded(self) -> bool:
        """Whether it is enough to count."""
        return total(self.spans) + max(0, self.loose - self.audio_start) >= self.needed


def gathered(answers: Iterable[Sent], key_of: Callable[[date], bytes]) -> Sequence[Heard]:
    """What clients were sent; without robots, and without those who do not say what they are.

    `key_of` gives a day's secret, 32 bytes or so.
    """
    found: dict[tuple[str, str], Heard] = {}
    for sent in answers:
        app = app_of(sent.agent)
        if app is None or sent.length <= _PROBE_BYTES:
            continue
        client = _client(sent, key_of(sent.day))
        before = found.get((client, sent.file)) or Heard(
            client=client,
            day=sent.day,
            article=sent.article,
            language=sent.language,
            app=app,
            file=sent.file,
            needed=sent.shape.needed,
            audio_start=sent.shape.audio_start,
        )
        if sent.start is None:
            now = before.joined((), sent.length)
        else:
            now = before.joined(behind([(sent.start, sent.start + sent.length)], sent.shape.audio_start), 0)
        found[client, sent.file] = now
    return list(found.values())


def network(host: str) -> str:
    """Whose address this is: an IPv4 address, or the 2⁶⁴ addresses of an IPv6 network; empty for what is no address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network(f"{address}/{_IPV6_NETWORK}", strict=False))


def _client(sent: Sent, key: bytes) -> str:
    parts = (network(sent.host), sent.agent, sent.article, sent.language)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()
