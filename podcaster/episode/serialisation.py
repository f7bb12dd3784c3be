"""Episodes and renditions as JSON values, for the database and for workflow steps."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from podcaster.errors import StorageFailed
from podcaster.model import Episode, Rendition


def to_record(episode: Episode) -> dict[str, Any]:
    """An episode as JSON values; `published` in ISO 8601 with its offset."""
    record: dict[str, Any] = _episodes().dump_python(episode, mode="json")
    return record


def from_record(record: Mapping[str, object]) -> Episode:
    """The episode that `to_record` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: The record is not an episode.
    """
    try:
        return _episodes().validate_python(record)
    except ValidationError as error:
        raise _unreadable("episode", error) from error


def rendition_to_record(rendition: Rendition) -> dict[str, Any]:
    """A rendition, its script included, as JSON values."""
    record: dict[str, Any] = _renditions().dump_python(rendition, mode="json")
    return record


def rendition_from_record(record: Mapping[str, object]) -> Rendition:
    """The rendition that `rendition_to_record` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: The record is not a rendition.
    """
    try:
        return _renditions().validate_python(record)
    except ValidationError as error:
        raise _unreadable("rendition", error) from error


def _unreadable(what: str, error: ValidationError) -> StorageFailed:
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return StorageFailed(f"A stored {what} cannot be read ({place}: {first['msg']}).", "Render the report again.")


@cache
def _episodes() -> TypeAdapter[Episode]:
    return TypeAdapter(Episode)


@cache
def _renditions() -> TypeAdapter[Rendition]:
    return TypeAdapter(Rendition)
