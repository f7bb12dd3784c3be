"""A reading: a report spoken in another voice or pace than the show's."""

import hashlib
import json
from dataclasses import dataclass

from podcaster.units import ContentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """By whom, and how fast."""

    voices: tuple[str, ...] = ()
    """Genders (`female`, `male`) and names of voices, the dearest first. In each language the first that one of its voices
    fits counts; where none does, the show's own voice reads."""
    rate: float = 1.0
    """Times the show's pace."""

    @property
    def usual(self) -> bool:
        """Whether it is the show's own."""
        return self == Reading()

    @property
    def key(self) -> ContentKey:
        """Names it: equal wishes have equal keys."""
        return ContentKey(hashlib.sha256(json.dumps([self.voices, self.rate]).encode()).hexdigest())
