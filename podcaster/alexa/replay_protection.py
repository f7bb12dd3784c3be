"""Replay protection: rejects a signed, recent request that was captured and sent again."""

from datetime import timedelta
from hashlib import sha256
from typing import Final

import structlog

from podcaster.alexa.certificate_chains import REMEDY
from podcaster.alexa.verification import TOLERANCE
from podcaster.errors import SignatureWrong, StorageFailed
from podcaster.ports import Clock, ReplayGuard

_REMEMBERED: Final[timedelta] = 2 * TOLERANCE
"""A body may be dated up to one tolerance ahead, and is then valid until one tolerance after that."""
log = structlog.get_logger()


class ReplayProtection:
    """Accepts each request body once, across all workers.

    Bodies are compared by digest. A retry by Alexa has a new timestamp and so another body. Digests are kept for five
    minutes, twice the timestamp tolerance.
    """

    def __init__(self, first_time: ReplayGuard, clock: Clock) -> None:
        self._first_time = first_time
        self._clock = clock

    def reject_replay(self, body: bytes) -> None:
        """Accept a verified body, once.

        Raises:
            SignatureWrong: The body came before.
        """
        now = self._clock()
        try:
            new = self._first_time(sha256(body).hexdigest(), now, forget_before=now - _REMEMBERED)
        except StorageFailed as error:
            # Accepting is safe: while the database takes no writes, a replayed request changes nothing either.
            log.warning("replay protection is off: the database takes no writes", why=error.what)
            return
        if not new:
            raise SignatureWrong("The same request came before.", REMEDY)
