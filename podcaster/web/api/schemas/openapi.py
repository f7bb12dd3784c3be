"""The OpenAPI 3.1 document of the editors' API, completed with problems by name and with examples."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from fastapi import FastAPI

from podcaster import errors
from podcaster.web.api.schemas import Problem, problems
from podcaster.web.http.asgi import PROBLEM

_JSON: Final = "application/json"
_DESCRIPTION: Final = """\
The editors' API. Every error is a problem document (RFC 9457): its `code` is for programs, its `remedy` for people.

Changes may carry `If-Match` with the ETag they are based on (RFC 9110 §13.1.1); the answer is 412 if somebody else changed it first.
Requests that create something take an `Idempotency-Key`. Responses to a key carry `RateLimit` and `RateLimit-Policy`; above the limit the
answer is 429 with `Retry-After`.
"""


def complete(app: FastAPI, add_routes: Callable[[], None]) -> None:
    """Make the application serve the completed document, with the routes that `add_routes` adds."""
    made = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            add_routes()
            app.openapi_schema = completed(made())
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign] # FastAPI's own way


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """Complete a document of FastAPI in place, and return it."""
    document["info"]["description"] = _DESCRIPTION
    schemas = document["components"]["schemas"]
    for schema in ("HTTPValidationError", "ValidationError"):
        schemas.pop(schema, None)
    schemas["Problem"] = Problem.model_json_schema()
    for operation in operations(document):
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _as_sent(parameter["schema"])
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for media_type, media in (pair for body in bodies for pair in body.get("content", {}).items()):
            if media_type == _JSON and "example" not in media and "examples" not in media:
                _give_example(media, document)
        if _JSON in operation["responses"].get("422", {}).get("content", {}):
            del operation["responses"]["422"]
        _add_problems(operation, errors.RequestMalformed, errors.StorageFailed)
        if operation.get("security"):
            _add_problems(operation, errors.KeyWrong, errors.ScopeMissing, errors.AskedTooOften)
        if "requestBody" in operation:
            _add_problems(operation, errors.SourceTooLarge, errors.RequestTooSlow)
    return document


def operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All operations of a document."""
    for path in document["paths"].values():
        yield from (each for name, each in path.items() if name in {"get", "put", "post", "delete", "patch"})


def _add_problems(operation: dict[str, Any], *kinds: type[errors.PodcasterError]) -> None:
    """Add possible problems to those that the route declares."""
    for status, answer in problems(*kinds).items():
        there = operation["responses"].setdefault(str(status), answer)
        said = there["content"][PROBLEM.decode()]["examples"]
        for code, example in answer["content"][PROBLEM.decode()]["examples"].items():
            said.setdefault(code, example)


def _as_sent(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter's schema as clients send it: without the null or empty default that stands for leaving it out."""
    some = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    said = {name: value for name, value in schema.items() if (name, value) != ("default", "")}
    return {**said, **some[0]} if some else said


def _give_example(media: dict[str, Any], document: Mapping[str, Any]) -> None:
    """Use a model's first example for a body of that model."""
    schema = media.get("schema", {})
    for each in (schema, *schema.get("anyOf", ())):
        model = document["components"]["schemas"].get(each.get("$ref", "").rpartition("/")[2], each)
        if model.get("examples"):
            media["example"] = model["examples"][0]
            return
