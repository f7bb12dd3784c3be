"""Rate limits."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The remaining allowance after a request."""

    allowed: bool
    """False: the request was one too many, and is not counted."""
    left: int
    """Requests that may follow at once."""
    wait_s: float
    """Seconds until the next request is allowed; 0 if one is."""


class Buckets(Protocol):
    """A bucket of tokens for everybody: a request takes one, and they come back evenly."""

    def take(self, who: str, *, per_minute: int) -> Allowance:
        """Take a token from a bucket that holds a minute's; every process of this machine takes from the same one."""
