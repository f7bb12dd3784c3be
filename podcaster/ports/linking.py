"""Links between smart speakers and listeners. Secrets arrive as digests only."""

from datetime import datetime, timedelta
from typing import Protocol

from podcaster.listener.account import Listener
from podcaster.listener.oauth_tokens import Authorization, Grant, TokenPair
from podcaster.listener.preferences import Preferences


class SpeakerLinks(Protocol):
    """Codes, tokens and links. All of a listener's end when their address is rotated, or they are forgotten."""

    def put_spoken_code(self, digest: str, listener: str, *, now: datetime, expires: datetime) -> bool:
        """Replace a listener's code; False, with nothing done, if another listener has the new one."""

    def take_spoken_code(self, digest: str, speaker: str, now: datetime) -> bool:
        """Tie a speaker's user to the listener whose living code this is, and end the code; whether it was one."""

    def linked_listener(self, *, speaker: str, access: str, now: datetime) -> Listener | None:
        """To whom a speaker's user belongs: by code or by access token (empty without one), whichever was given later."""

    def unlink_speakers(self, listener: str) -> int:
        """End every link, code and token of a listener; how many links and grants there were."""

    def put_authorization(self, authorization: Authorization, now: datetime) -> None:
        """Keep a new authorization code; what has expired long since is forgotten."""

    def take_authorization(self, code: str, now: datetime) -> Authorization | None:
        """Redeem an authorization code, once. A second attempt revokes everything granted for it (RFC 6749 §4.1.2)."""

    def put_tokens(self, grant: Grant, tokens: TokenPair, now: datetime) -> None:
        """Keep what was given out for a grant.

        Of what was given out before, access that has ended is forgotten, and refresh tokens that were replaced a week ago.
        """

    def take_refresh_token(self, digest: str, now: datetime, *, again_within: timedelta) -> Grant | None:
        """Redeem a refresh token and mark it as replaced.

        One that was replaced longer ago than `again_within` is somebody else's copy, or its owner's: nobody knows, and
        the grant ends (RFC 9700 §4.14.2).
        """

    def revoke_token(self, digest: str) -> bool:
        """End the grant that a token belongs to (RFC 7009 §2.1); whether there was one."""

    def put_stream(self, digest: str, listener: str, choices: Preferences, *, now: datetime, expires: datetime) -> None:
        """Keep an address at which a listener's speaker finds the briefing of these choices, for a while."""

    def stream(self, digest: str, now: datetime) -> Preferences | None:
        """The briefing behind a stream URL; None if the URL is unknown or expired."""

    def count_attempt(self, who: str, now: datetime, *, within: timedelta) -> int:
        """Count an attempt of `who` (a digest); the attempts since the window began, this one included."""

    def first_time(self, digest: str, now: datetime, *, forget_before: datetime) -> bool:
        """Whether a request with this digest has not come before; older ones than `forget_before` are forgotten."""


class ReplayGuard(Protocol):
    """Recognises replayed requests, across all workers."""

    def __call__(self, digest: str, now: datetime, *, forget_before: datetime) -> bool:
        """Whether nothing with this digest has come before; what is older than `forget_before` is forgotten."""
