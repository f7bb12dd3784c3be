"""Rate limits: requests by API key or assistant, wrong keys by network."""

import hashlib
import math
from dataclasses import dataclass

from podcaster.errors import AskedTooOften
from podcaster.ports import ApiKey
from podcaster.ports.limits import Allowance, Buckets
from podcaster.web.http.asgi import Headers, Scope
from podcaster.web.http.client_network import client_network

_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCheck:
    """The result of counting a request."""

    headers: Headers = ()
    """Response headers: the limit and the remaining requests."""
    refusal: AskedTooOften | None = None
    """None if the request is within the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """Requests a minute, all of which may come at once; 0: no limit."""

    buckets: Buckets | None = None
    changes: int = 0
    reads: int = 0
    wrong_keys: int = 0

    def count(self, key: ApiKey, method: str) -> LimitCheck:
        """Count a request with a valid key."""
        kind, per_minute = ("reads", self.reads) if method in _READS else ("changes", self.changes)
        if not per_minute or self.buckets is None:
            return LimitCheck()
        allowance = self.buckets.take(f"{kind} {key.digest}", per_minute=per_minute)
        refusal = None if allowance.allowed else _refusal(f"The key {key.name!r} made too many {kind}.", allowance)
        return LimitCheck(headers=_told(kind, per_minute, allowance), refusal=refusal)

    def count_assistant(self, scope: Scope, access: str) -> None:
        """Count a request of an assistant as a read: by its access token, or by its network if that is empty.

        Raises:
            AskedTooOften: it sent too many.
        """
        if not self.reads or self.buckets is None:
            return
        who = hashlib.sha256(access.encode()).hexdigest() if access else client_network(scope)
        allowance = self.buckets.take(f"assistants {who}", per_minute=self.reads)
        if not allowance.allowed:
            raise _refusal("Too many requests came from this assistant.", allowance)

    def count_wrong_key(self, scope: Scope) -> None:
        """Count a request with a wrong key. Valid keys from the same network are not affected.

        Raises:
            AskedTooOften: this network sent too many.
        """
        if not self.wrong_keys or self.buckets is None:
            return
        allowance = self.buckets.take(f"wrong keys {client_network(scope)}", per_minute=self.wrong_keys)
        if not allowance.allowed:
            raise _refusal("Too many wrong keys came from this network.", allowance)


def _refusal(what: str, allowance: Allowance) -> AskedTooOften:
    wait_s = max(1, math.ceil(allowance.wait_s))
    return AskedTooOften(what, f"Wait {wait_s} s, as Retry-After says.", retry_after_s=wait_s)


def _told(kind: str, per_minute: int, allowance: Allowance) -> Headers:
    """draft-ietf-httpapi-ratelimit-headers-08: the policy, and what is left of it; `t` is when there is room for one more."""
    return (
        (b"ratelimit-policy", f'"{kind}";q={per_minute};w=60'.encode()),
        (b"ratelimit", f'"{kind}";r={allowance.left};t={math.ceil(allowance.wait_s)}'.encode()),
    )
