"""Accounts of listeners with a personal podcast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import code_digest, code_of
from podcaster.listener.preferences import Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A listener as stored: without a name, and without a secret."""

    id: str
    """For operators; grants no access."""
    digest: str
    """`secret_digest` of the token in their URL."""
    code_digest: str
    """`code_digest` of their speaker code."""
    preferences: Preferences
    created: datetime
    changed: datetime
    """When the preferences or the token last changed."""

    @classmethod
    def new(cls, token: str, preferences: Preferences, *, id: str, now: datetime) -> Self:  # noqa: A002 # the field's name
        """A new listener with this token."""
        return cls(
            id=id,
            digest=secret_digest(token),
            code_digest=code_digest(code_of(token)),
            preferences=preferences,
            created=now,
            changed=now,
        )


def listener_links(token: str, base_url: str) -> Mapping[str, str]:
    """A listener's absolute URLs (`url`, `feed`, `briefing`) and speaker `code`. They cannot be recovered later."""
    url = f"{base_url}/l/{token}"
    return {"url": url, "feed": f"{url}/feed.xml", "briefing": f"{url}/briefing.mp3", "code": code_of(token)}
