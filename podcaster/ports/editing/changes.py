"""The change log and its current author, whom each entry point sets; the library logs every change with that author."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from podcaster.model.changes import Action, Actor, Change, Channel
from podcaster.units import ArticleId

_AT_WORK = Actor(name="podcaster", channel=Channel.WORKER)
_actor: ContextVar[Actor] = ContextVar("actor", default=_AT_WORK)


def actor() -> Actor:
    """The current author of changes; podcaster itself unless one is set."""
    return _actor.get()


def enter(who: Actor) -> None:
    """Set the author of changes in this thread or task and those it starts."""
    _actor.set(who)


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Set the author of changes within the block."""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)


class ChangeLog(Protocol):
    """The log of changes. The library adds each row in the transaction of its change; no row is ever changed or removed."""

    def changes(
        self,
        *,
        article: ArticleId | None = None,
        editor: str | None = None,
        action: Action | None = None,
        since: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[Change]:
        """Rows, newest first: of a report, by an author's name, of a kind, since a time, with numbers below `before`."""
