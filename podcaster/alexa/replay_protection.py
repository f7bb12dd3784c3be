"""Requests that have come before: signed, of this moment, and sent again by somebody who listened in."""

from datetime import timedelta
from hashlib import sha256
from typing import Final

import structlog

from podcaster.alexa.chains import REMEDY
from podcaster.alexa.verification import TOLERANCE
from podcaster.errors import SignatureWrong, StorageFailed
from podcaster.ports import Clock, FirstTime

_REMEMBERED: Final[timedelta] = 2 * TOLERANCE
"""A body may say that it is of two and a half minutes from now; it passes until two and a half minutes after that."""
log = structlog.get_logger()


class Repetition:
    """Lets each body through once.

    By its bytes, wherever all workers see it. A request that Alexa sends anew has a timestamp of its own, so it is another
    body. What is kept is what came within five minutes.
    """

    def __init__(self, first_time: FirstTime, clock: Clock) -> None:
        self._first_time = first_time
        self._clock = clock

    def refuse(self, body: bytes) -> None:
        """Pass a body that was verified.

        Raises:
            SignatureWrong: it came before.
        """
        now = self._clock()
        try:
            new = self._first_time(sha256(body).hexdigest(), now, forget_before=now - _REMEMBERED)
        except StorageFailed as error:
            # While nothing can be kept, a request that comes again changes nothing either.
            log.warning("whether a request came before is not known", why=error.what)
            return
        if not new:
            raise SignatureWrong("The request came before.", REMEDY)
