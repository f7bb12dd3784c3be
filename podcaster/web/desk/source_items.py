"""Reports that a source lists, counted by what became of them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from podcaster.source.watched import SourceItem

_STATES = ("read", "waiting", "failed", "skipped", "withdrawn")
"""In the order in which the page shows them."""


def counted(items: Iterable[SourceItem]) -> Mapping[str, int]:
    """How many reports are in each state; states without one are left out."""
    found = Counter(_state(each) for each in items)
    return {state: found[state] for state in _STATES if found[state]}


def _state(item: SourceItem) -> str:
    if item.withdrawn:
        return "withdrawn"
    if getattr(item, "skipped", ""):
        return "skipped"
    if item.error:
        return "failed"
    return "read" if item.taken == item.fingerprint else "waiting"
