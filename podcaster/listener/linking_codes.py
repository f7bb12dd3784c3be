"""Codes that link a smart speaker: spoken to it or pasted into a page, and how often they may be tried."""

import unicodedata
from datetime import timedelta
from typing import Final

SPOKEN_DIGITS: Final = 6
SPOKEN_BYTES: Final = 8
"""Random bytes for a spoken code."""
SPOKEN_CODE_LIVES: Final = timedelta(minutes=10)
ATTEMPTS_COUNTED_WITHIN: Final = timedelta(minutes=10)
MOST_SPOKEN_ATTEMPTS: Final = 5
"""Limit for a user, and for a device: guessing one of 900,000 codes then takes years."""
MOST_PASTED_ATTEMPTS: Final = 10
"""Limit for one network address."""
MOST_CODES_PASTED: Final = 200
"""Limit over all addresses: a speaker code has 40 bits, too few against guesses from many addresses."""


def spoken_code(randomness: bytes) -> str:
    """Six digits from eight random bytes; the first is never 0, because speech recognition drops leading zeros."""
    least = 10 ** (SPOKEN_DIGITS - 1)
    return str(least + int.from_bytes(randomness) % (9 * least))


def spoken_digits(said: str) -> str:
    """The digits in recognised speech, in any script."""
    return "".join(str(unicodedata.digit(sign)) for sign in said if unicodedata.digit(sign, None) is not None)
