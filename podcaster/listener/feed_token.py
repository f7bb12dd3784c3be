"""The secret token in a listener's URL. Only its digest is stored: it has too much entropy to be guessed from that."""

import base64
import hashlib
from typing import Final

from podcaster.listener.digests import secret_digest

TOKEN_BYTES: Final = 32
"""256 bits of randomness."""
TOKEN_CHARACTERS: Final = 43
"""Letters, digits, `_` and `-`."""
_CODE_CHARACTERS: Final = 8


def token_of(randomness: bytes) -> str:
    """Encode 32 random bytes as 43 URL-safe characters (RFC 4648 §5, without padding).

    Raises:
        ValueError: `randomness` has another length.
    """
    if len(randomness) != TOKEN_BYTES:
        raise ValueError(f"a token needs {TOKEN_BYTES} bytes")
    return base64.urlsafe_b64encode(randomness).rstrip(b"=").decode()


def code_of(token: str) -> str:
    """The code for a smart speaker: 8 letters and digits derived from the token (RFC 4648 §6)."""
    digest = hashlib.sha256(b"podcaster code\n" + token.encode()).digest()
    return base64.b32encode(digest)[:_CODE_CHARACTERS].decode()


def code_digest(code: str) -> str:
    """Digest by which a listener is found from their code, in any spelling."""
    return secret_digest("".join(filter(str.isalnum, code)).upper())
