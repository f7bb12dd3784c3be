"""The log of what was changed, and by whom. Whoever opens a door says who came in; the library writes it down with each change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from podcaster.model.changes import Action, Actor, Change, Door
from podcaster.units import ArticleId

_AT_WORK = Actor(name="podcaster", door=Door.WORKER)
_actor: ContextVar[Actor] = ContextVar("actor", default=_AT_WORK)


def actor() -> Actor:
    """Who is at work here: podcaster itself, unless somebody said otherwise."""
    return _actor.get()


def enter(who: Actor) -> None:
    """Say who is at work from now on, in this thread or task and in what it waits for."""
    _actor.set(who)


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Say who is at work within the block."""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)


class ChangeLog(Protocol):
    """Rows are added by the library, in the transaction of the change that they are about; none is ever changed or removed."""

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
        """The newest first: of a report, by the actor's name, of a kind, from a time on; those with numbers below `before`."""
