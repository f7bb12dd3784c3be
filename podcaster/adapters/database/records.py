"""Rows as the nouns that they keep."""

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Row

from podcaster.episode.serialisation import from_record
from podcaster.ports import PublishedEpisode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Record = TypeVar("_Record", bound="DataclassInstance")


def record_of(kind: type[_Record], row: Row[Any], /, **others: object) -> _Record:
    """A dataclass of a row's columns of its fields' names; `others` are kept in another form, or not in the row."""
    names = (each.name for each in fields(kind) if each.name not in others)
    return kind(**{name: getattr(row, name) for name in names}, **others)


def columns_of(record: "DataclassInstance", /, **others: object) -> dict[str, Any]:
    """A dataclass as a row; `others` are kept in another form, or are no fields of it."""
    return {each.name: getattr(record, each.name) for each in fields(record)} | others


def published_episode(row: Row[Any]) -> PublishedEpisode:
    """An episode of the table `episodes`."""
    return PublishedEpisode(
        episode=from_record(json.loads(row.record)), first_published=row.first_published, changed=row.changed
    )
