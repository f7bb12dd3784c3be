"""The secret in a listener's address. It is shown to them alone; what is kept is its digest."""

import base64
import hashlib
from typing import Final

TOKEN_BYTES: Final = 32
"""256 bits of randomness."""
TOKEN_CHARACTERS: Final = 43
"""Letters, digits, `_` and `-`."""
_CODE_CHARACTERS: Final = 8


def token_of(randomness: bytes) -> str:
    """32 random bytes as 43 characters of an address (RFC 4648 §5, without padding).

    Raises:
        ValueError: there are more, or fewer.
    """
    if len(randomness) != TOKEN_BYTES:
        raise ValueError(f"a token is made of {TOKEN_BYTES} bytes")
    return base64.urlsafe_b64encode(randomness).rstrip(b"=").decode()


def token_digest(token: str) -> str:
    """What a listener is found by: SHA-256 in hexadecimal. The token has too much chance in it to be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(token: str) -> str:
    """What a listener reads out to a smart speaker: 8 letters and digits that follow from the token (RFC 4648 §6)."""
    digest = hashlib.sha256(b"podcaster code\n" + token.encode()).digest()
    return base64.b32encode(digest)[:_CODE_CHARACTERS].decode()


def code_digest(code: str) -> str:
    """What a listener is found by who gives their code, however it is written."""
    return hashlib.sha256("".join(filter(str.isalnum, code)).upper().encode()).hexdigest()
