"""The time, as a test sets it."""

from dataclasses import dataclass
from datetime import datetime

from support.examples import NOW


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now
