"""Digests in place of secrets: what is stored, and found again by the secret."""

import hashlib


def secret_digest(secret: str) -> str:
    """The stored form of a code or token: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def playback_position_key(listener: str) -> str:
    """Key of a linked listener's playback position, shared by all their speakers."""
    return secret_digest(f"podcaster listener\n{listener}")
