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
