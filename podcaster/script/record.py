"""Scripts as plain JSON values, for what stands between two stages."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from podcaster.errors import StorageFailed
from podcaster.model import Script


def to_record(script: Script) -> dict[str, Any]:
    """A script as JSON values."""
    record: dict[str, Any] = _scripts().dump_python(script, mode="json")
    return record


def from_record(record: Mapping[str, object]) -> Script:
    """The script that `to_record` wrote.

    Raises:
        StorageFailed: it is not one.
    """
    try:
        return _scripts().validate_python(record)
    except ValidationError as error:
        raise StorageFailed("A stored script cannot be read.", "Render the report again.") from error


@cache
def _scripts() -> TypeAdapter[Script]:
    return TypeAdapter(Script)
