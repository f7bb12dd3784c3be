"""Asking other people's machines as they wish: by robots.txt (RFC 9309), one request at a time, with time in between."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from podcaster.errors import AddressRefused, SourceTooLarge, SourceUnreachable
from podcaster.ports import Answer, Clock, Fetcher

_AGENT = "podcaster"
_OK, _FAILED, _TOO_MANY = 200, 500, 429
_ROBOTS_BYTES = 512_000
"""RFC 9309 §2.5 wants at least 500 KiB read."""
_ROBOTS_LAST = timedelta(hours=1)
_LONGEST_DELAY_S = 30.0
_MOST_HOSTS = 1_000


@dataclass(slots=True)
class _Host:
    """State of one host."""

    rules: Protego
    read: datetime
    asked: datetime | None = None


@dataclass(slots=True, kw_only=True)
class PoliteFetcher:
    """Fetches for those who come again and again, in whichever thread: a host sees one request at a time."""

    fetcher: Fetcher
    clock: Clock
    wait: Callable[[float], object]
    """Lets so many seconds go by."""
    delay_s: float
    """Between two requests to a host; more where its robots.txt wants more, up to 30 seconds."""
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _turns: dict[str, threading.Lock] = field(default_factory=dict)
    """By origin; whoever has it asks there."""

    def ask(self, url: str, *, limit_bytes: int, etag: str = "", last_modified: str = "") -> Answer:
        """As `Fetcher.ask`.

        Raises:
            AddressRefused: robots.txt keeps us from it, too.
            SourceUnreachable: robots.txt cannot be had, too, which forbids everything (RFC 9309 §2.3.1.4).
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._turns.setdefault(origin, threading.Lock()):
            host = self._host(origin)
            if not host.rules.can_fetch(url, _AGENT):
                raise AddressRefused(f"robots.txt keeps podcaster from {url}.", "Ask its publisher to let it in.")
            self._pause(host)
            try:
                return self.fetcher.ask(url, limit_bytes=limit_bytes, etag=etag, last_modified=last_modified)
            finally:
                host.asked = self.clock()

    def _host(self, origin: str) -> _Host:
        known = self._hosts.get(origin)
        if known is None or self.clock() - known.read > _ROBOTS_LAST:
            if len(self._hosts) >= _MOST_HOSTS:
                self._hosts.clear()
            known = _Host(self._rules(origin), self.clock(), self.clock())
            self._hosts[origin] = known
        return known

    def _rules(self, origin: str) -> Protego:
        try:
            answer = self.fetcher.ask(f"{origin}/robots.txt", limit_bytes=_ROBOTS_BYTES)
        except SourceTooLarge as error:
            raise AddressRefused(f"{error.what}", "Ask its publisher for a shorter robots.txt.") from error
        if answer.status >= _FAILED or answer.status == _TOO_MANY:
            raise SourceUnreachable(f"{origin}/robots.txt answers with {answer.status}.", "Try again later.")
        text = answer.body.decode("utf-8", "replace") if answer.status == _OK else ""
        return Protego.parse(text)

    def _pause(self, host: _Host) -> None:
        asked_for = host.rules.crawl_delay(_AGENT) or 0.0
        delay = max(self.delay_s, min(float(asked_for), _LONGEST_DELAY_S))
        since = (self.clock() - host.asked).total_seconds() if host.asked else delay
        if 0 <= since < delay:
            self.wait(delay - since)
