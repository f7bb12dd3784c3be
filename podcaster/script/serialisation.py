"""A script as plain JSON values, and back."""

from collections.abc import Mapping
from functools import cache

from pydantic import TypeAdapter, ValidationError

from podcaster.errors import StorageFailed
from podcaster.model import Script


def to_record(script: Script) -> dict[str, object]:
    """A script as JSON values."""
    record: dict[str, object] = _scripts().dump_python(script, mode="json")
    return record


def from_record(record: Mapping[str, object]) -> Script:
    """The script that `to_record` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: it is not one.
    """
    try:
        return _scripts().validate_python(record)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise StorageFailed(
            f"A stored script cannot be read ({place}: {first['msg']}).", "Render the report again."
        ) from error


@cache
def _scripts() -> TypeAdapter[Script]:
    return TypeAdapter(Script)
