"""Counts downloads by the IAB Tech Lab's Podcast Measurement Technical Guidelines 2.2.

In short: a client is a network address and a user agent. It downloads an episode when it receives a minute of audio
within a day, in however many requests.
"""

import hashlib
import ipaddress
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from podcaster.downloads.fetched_bytes import ByteRange, from_offset, total, union
from podcaster.downloads.user_agents import app_name

BRIEFING: Final = "briefing"
"""Replaces the article id for personal briefings, which are counted together and never by listener."""
MINUTE_BYTES: Final[Mapping[str, int]] = MappingProxyType({".mp3": 480_000, ".m4a": 420_000, ".opus": 240_000})
"""Bytes of a minute of audio by file extension: at 64, 56 and 32 kbit/s."""
_PROBE_BYTES = 2
"""Apps request bytes 0-1 to find out whether a server supports ranges."""
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLayout:
    """The layout of a media file, as far as counting needs it."""

    minute: int
    """Bytes per minute of audio."""
    audio_start: int = 0
    """Length in bytes of the tag in front of the audio."""
    length: int | None = None
    """Length of the file in bytes; None if unknown."""

    @property
    def needed(self) -> int:
        """Bytes of audio that make a download: a minute, or all of a shorter file."""
        if self.length is None:
            return self.minute
        return max(1, min(self.minute, self.length - self.audio_start))


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioResponse:
    """A 200 or 206 response to a GET, as far as it was sent."""

    day: date
    """In UTC."""
    host: str
    """Network address of the client. It is never stored."""
    agent: str
    article: str
    language: str
    file: str
    """Tells the files of an episode apart: revision and extension."""
    layout: FileLayout
    start: int | None
    """Offset of the first byte sent; None if a log does not say."""
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTransfer:
    """The bytes of one file that one client received in one day."""

    client: str
    """Keyed digest of network, user agent and episode, in hexadecimal. It differs from episode to episode."""
    day: date
    article: str
    language: str
    app: str
    file: str
    needed: int
    """Bytes of audio that make a download."""
    audio_start: int
    spans: tuple[ByteRange, ...] = ()
    """Received byte ranges of the audio, without the tag."""
    loose: int = 0
    """Bytes received at an unknown offset. They are added up."""

    def joined(self, spans: Iterable[ByteRange], loose: int) -> "ClientTransfer":
        """Add what the same client received earlier."""
        return replace(self, spans=union([*self.spans, *spans]), loose=self.loose + loose)

    @property
    def is_download(self) -> bool:
        """Whether enough was received for a download."""
        return total(self.spans) + max(0, self.loose - self.audio_start) >= self.needed


def transfers_by_client(answers: Iterable[AudioResponse], key_of: Callable[[date], bytes]) -> Sequence[ClientTransfer]:
    """Group responses by client and file. Robots, and clients without a user agent, are left out.

    `key_of` returns a day's secret key, of about 32 bytes.
    """
    found: dict[tuple[str, str], ClientTransfer] = {}
    for sent in answers:
        app = app_name(sent.agent)
        if app is None or sent.length <= _PROBE_BYTES:
            continue
        client = _client(sent, key_of(sent.day))
        before = found.get((client, sent.file)) or ClientTransfer(
            client=client,
            day=sent.day,
            article=sent.article,
            language=sent.language,
            app=app,
            file=sent.file,
            needed=sent.layout.needed,
            audio_start=sent.layout.audio_start,
        )
        if sent.start is None:
            now = before.joined((), sent.length)
        else:
            now = before.joined(from_offset([(sent.start, sent.start + sent.length)], sent.layout.audio_start), 0)
        found[client, sent.file] = now
    return list(found.values())


def network(host: str) -> str:
    """The client's network: an IPv4 address, or the /64 of an IPv6 address; empty if `host` is no address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network(f"{address}/{_IPV6_NETWORK}", strict=False))


def _client(sent: AudioResponse, key: bytes) -> str:
    parts = (network(sent.host), sent.agent, sent.article, sent.language)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()
