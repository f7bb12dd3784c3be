"""Base models of the editors' API. Their examples for the OpenAPI document are in examples.yaml, by name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict


@cache
def examples() -> Mapping[str, Any]:
    """An example of each model that has one, by the model's name."""
    import yaml  # noqa: PLC0415 # for the OpenAPI document alone

    return yaml.safe_load(files(__package__).joinpath("examples.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _with_example(schema: dict[str, Any], model: type[BaseModel]) -> None:
    if model.__name__ in examples():
        schema["examples"] = [examples()[model.__name__]]


class ApiModel(BaseModel):
    """A part of an answer; made of an object with attributes of its names by `model_validate`."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=_with_example)


class RequestModel(ApiModel):
    """A request, which may hold nothing else."""

    model_config = ConfigDict(extra="forbid")
