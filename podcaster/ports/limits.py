"""How often somebody may do something."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left to somebody behind one request."""

    allowed: bool
    """False: the request was one too many, and is not counted."""
    left: int
    """Requests that may follow at once."""
    wait_s: float
    """Until there is room for one more; 0 where there is."""


class Buckets(Protocol):
    """A bucket of tokens for everybody: a request takes one, and they come back evenly."""

    def take(self, who: str, *, per_minute: int) -> Allowance:
        """Take a token from a bucket that holds a minute's; every process of this machine takes from the same one."""
