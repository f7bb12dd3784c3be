"""Speakers of listeners in the library. Whatever may be done once is one statement, so that of two at once one succeeds."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, delete, func, select, update

from podcaster.adapters.database.repositories.listening.listeners import listener_of_row, unlink
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import listeners
from podcaster.adapters.database.tables.links import (
    attempts,
    oauth_codes,
    oauth_tokens,
    speaker_codes,
    speaker_links,
    speaker_requests,
    speaker_streams,
)
from podcaster.listener.account import Listener
from podcaster.listener.oauth_tokens import Authorization, Grant, TokenPair
from podcaster.listener.preferences import Preferences, preferences_from_json, preferences_json

_ACCESS, _REFRESH = "access", "refresh"
_CODES_KEPT = timedelta(days=1)
"""Past their end, so that one that comes again is known."""
_REPLACED_KEPT = timedelta(days=7)
"""A copied refresh token is recognised for this long."""
_ATTEMPTS_KEPT = timedelta(days=1)
_FORGETTING = "0"
"""Requests whose digest begins so, one of sixteen, take away what is forgotten."""
_BY_CODE = select(listeners, speaker_links.c.linked.label("since")).join(
    speaker_links, (speaker_links.c.listener == listeners.c.id) & (speaker_links.c.speaker == bindparam("of"))
)
_BY_TOKEN = select(listeners, oauth_tokens.c.granted.label("since")).join(
    oauth_tokens,
    (oauth_tokens.c.listener == listeners.c.id)
    & (oauth_tokens.c.digest == bindparam("of"))
    & (oauth_tokens.c.kind == _ACCESS)
    & (oauth_tokens.c.expires > bindparam("now")),
)
"""Every request of a speaker asks both, so they are made once."""


class SpeakerLinkRepository(Repository):
    """Fills `ports.SpeakerLinks`."""

    def put_spoken_code(self, digest: str, listener: str, *, now: datetime, expires: datetime) -> bool:
        """Keep a listener's code."""
        with self._writing() as connection:
            over = (speaker_codes.c.listener == listener) | (speaker_codes.c.expires <= now)
            connection.execute(delete(speaker_codes).where(over))
            added = self._insert(speaker_codes).values(digest=digest, listener=listener, expires=expires)
            new = added.on_conflict_do_nothing().returning(speaker_codes.c.digest)
            return connection.execute(new).first() is not None

    def take_spoken_code(self, digest: str, speaker: str, now: datetime) -> bool:
        """Tie a speaker's user to a listener."""
        with self._writing() as connection:
            living = (speaker_codes.c.digest == digest) & (speaker_codes.c.expires > now)
            taken = delete(speaker_codes).where(living).returning(speaker_codes.c.listener)
            listener = connection.execute(taken).scalar_one_or_none()
            if listener is None:
                return False
            values = {"listener": listener, "linked": now}
            linked = self._insert(speaker_links).values(speaker=speaker, **values)
            connection.execute(linked.on_conflict_do_update(index_elements=[speaker_links.c.speaker], set_=values))
            return True

    def linked_listener(self, *, speaker: str, access: str, now: datetime) -> Listener | None:
        """To whom a speaker's user belongs."""
        with self._reading() as connection:
            found = [*connection.execute(_BY_CODE, {"of": speaker})]
            if access:
                found += connection.execute(_BY_TOKEN, {"of": access, "now": now})
        latest = max(found, key=lambda row: row.since, default=None)
        return None if latest is None else listener_of_row(latest)

    def unlink_speakers(self, listener: str) -> int:
        """End every link."""
        with self._writing() as connection:
            return unlink(connection, listener)

    def put_authorization(self, authorization: Authorization, now: datetime) -> None:
        """Keep a new authorization code."""
        with self._writing() as connection:
            connection.execute(delete(oauth_codes).where(oauth_codes.c.expires < now - _CODES_KEPT))
            connection.execute(delete(oauth_tokens).where(oauth_tokens.c.expires < now))
            connection.execute(
                self._insert(oauth_codes).values(
                    digest=authorization.code,
                    listener=authorization.listener,
                    redirect_uri=authorization.redirect_uri,
                    challenge=authorization.challenge,
                    expires=authorization.expires,
                )
            )

    def take_authorization(self, code: str, now: datetime) -> Authorization | None:
        """Redeem an authorization code, once."""
        fresh = (oauth_codes.c.digest == code) & oauth_codes.c.taken.is_(None)
        with self._writing() as connection:
            row = connection.execute(update(oauth_codes).where(fresh).values(taken=now).returning(oauth_codes)).first()
            if row is None:
                _end_grant(connection, code)
        if row is None or row.expires <= now:
            return None
        return Authorization(
            code=row.digest,
            listener=row.listener,
            redirect_uri=row.redirect_uri,
            challenge=row.challenge,
            expires=row.expires,
        )

    def put_tokens(self, grant: Grant, tokens: TokenPair, now: datetime) -> None:
        """Keep what was given out."""
        common = {"code": grant.code, "listener": grant.listener, "granted": grant.granted}
        access = {"digest": tokens.access, "kind": _ACCESS, "expires": tokens.access_expires}
        refresh = {"digest": tokens.refresh, "kind": _REFRESH, "expires": tokens.refresh_expires}
        with self._writing() as connection:
            over = (oauth_tokens.c.expires <= now) | (oauth_tokens.c.replaced < now - _REPLACED_KEPT)
            connection.execute(delete(oauth_tokens).where((oauth_tokens.c.code == grant.code) & over))
            connection.execute(self._insert(oauth_tokens), [{**common, **access}, {**common, **refresh}])

    def take_refresh_token(self, digest: str, now: datetime, *, again_within: timedelta) -> Grant | None:
        """Redeem a refresh token."""
        ours = (oauth_tokens.c.digest == digest) & (oauth_tokens.c.kind == _REFRESH) & (oauth_tokens.c.expires > now)
        used = func.coalesce(oauth_tokens.c.replaced, now)
        with self._writing() as connection:
            row = connection.execute(
                update(oauth_tokens).where(ours).values(replaced=used).returning(oauth_tokens)
            ).first()
            if row is not None and row.replaced < now - again_within:
                _end_grant(connection, row.code)
                return None
        return None if row is None else Grant(code=row.code, listener=row.listener, granted=row.granted)

    def revoke_token(self, digest: str) -> bool:
        """End the grant of a token."""
        with self._writing() as connection:
            query = select(oauth_tokens.c.code).where(oauth_tokens.c.digest == digest)
            code = connection.execute(query).scalar_one_or_none()
            return code is not None and _end_grant(connection, code) > 0

    def put_stream(self, digest: str, listener: str, choices: Preferences, *, now: datetime, expires: datetime) -> None:
        """Keep an address that a speaker is given."""
        values = {"listener": listener, "choices": preferences_json(choices), "expires": expires}
        with self._writing() as connection:
            connection.execute(delete(speaker_streams).where(speaker_streams.c.expires <= now))
            added = self._insert(speaker_streams).values(digest=digest, **values)
            connection.execute(added.on_conflict_do_nothing())

    def stream(self, digest: str, now: datetime) -> Preferences | None:
        """The briefing behind a stream URL."""
        living = (speaker_streams.c.digest == digest) & (speaker_streams.c.expires > now)
        with self._reading() as connection:
            choices = connection.execute(select(speaker_streams.c.choices).where(living)).scalar_one_or_none()
        return None if choices is None else preferences_from_json(choices)

    def count_attempt(self, who: str, now: datetime, *, within: timedelta) -> int:
        """Count an attempt."""
        added = self._insert(attempts).values(who=who, count=1, since=now)
        over = attempts.c.since <= now - within
        again = {
            "count": case((over, 1), else_=attempts.c.count + 1),
            "since": case((over, added.excluded.since), else_=attempts.c.since),
        }
        counted = added.on_conflict_do_update(index_elements=[attempts.c.who], set_=again).returning(attempts.c.count)
        with self._writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.since < now - _ATTEMPTS_KEPT))
            return int(connection.execute(counted).scalar_one())

    def first_time(self, digest: str, now: datetime, *, forget_before: datetime) -> bool:
        """Whether a request is new."""
        added = self._insert(speaker_requests).values(digest=digest, seen=now).on_conflict_do_nothing()
        new = added.returning(speaker_requests.c.digest)
        with self._writing() as connection:
            if digest.startswith(_FORGETTING):
                connection.execute(delete(speaker_requests).where(speaker_requests.c.seen < forget_before))
            return connection.execute(new).first() is not None


def _end_grant(connection: Connection, code: str) -> int:
    return connection.execute(delete(oauth_tokens).where(oauth_tokens.c.code == code)).rowcount
