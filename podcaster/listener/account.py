"""Who has a podcast of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from podcaster.listener.preferences import Preferences
from podcaster.listener.token import code_digest, code_of, token_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A listener as they are kept: nothing that says who they are, and no secret."""

    id: str
    """For operators; opens nothing."""
    digest: str
    """`token_digest` of the token in their address."""
    code_digest: str
    """`code_digest` of their code."""
    preferences: Preferences
    created: datetime
    changed: datetime
    """When the choices or the token last changed."""

    @classmethod
    def new(cls, token: str, preferences: Preferences, *, id: str, now: datetime) -> Self:  # noqa: A002 # the field's name
        """A listener who was just given this token."""
        return cls(
            id=id,
            digest=token_digest(token),
            code_digest=code_digest(code_of(token)),
            preferences=preferences,
            created=now,
            changed=now,
        )


def handed_out(token: str, base_url: str) -> Mapping[str, str]:
    """What a listener is given, this once: `url`, `feed` and `briefing` as absolute addresses, and the speaker's `code`."""
    url = f"{base_url}/l/{token}"
    return {"url": url, "feed": f"{url}/feed.xml", "briefing": f"{url}/briefing.mp3", "code": code_of(token)}
