"""Who has a podcast of their own."""

from dataclasses import dataclass
from datetime import datetime

from podcaster.listener.preferences import Preferences


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
