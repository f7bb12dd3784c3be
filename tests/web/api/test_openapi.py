"""The editors' API as its OpenAPI document has it: whole, valid, and with examples that are what they say they are."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from support.small_service import client, served, small_service

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    with (
        small_service(tmp_path_factory.mktemp("openapi")) as made,
        served(made.services) as url,
        client(url, "read") as reader,
    ):
        answered: Mapping[str, Any] = reader.get("/api/openapi.json").json()
        return answered


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def media_of(operation: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Place, media type and description of a request's and each answer's content."""
    for kind, said in operation.get("requestBody", {}).get("content", {}).items():
        yield "request", kind, said
    for status, answer in operation["responses"].items():
        for kind, said in answer.get("content", {}).items():
            yield status, kind, said


def examples(said: Mapping[str, Any]) -> list[Any]:
    return [
        *([said["example"]] if "example" in said else []),
        *(each["value"] for each in said.get("examples", {}).values()),
    ]


def test_the_document_is_openapi_3_1(document: Mapping[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_says_what_it_does_and_shows_it(document: Mapping[str, Any]) -> None:
    found = dict(operations(document))
    assert len(found) >= 25
    for name, operation in found.items():
        assert operation["summary"], name
        assert operation["description"], name
        for where, kind, said in media_of(operation):
            assert examples(said) or kind.startswith("text/") or "xhtml" in kind, (name, where, kind)
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                assert parameter["schema"].get("examples"), (name, parameter["name"])


def test_every_example_is_what_it_says_it_is(document: Mapping[str, Any]) -> None:
    resource = DRAFT202012.create_resource({**document, "$id": "urn:podcaster"})
    registry = Registry().with_resource("urn:podcaster", resource)
    checked = 0
    for name, operation in operations(document):
        for where, kind, said in media_of(operation):
            schema = {"$id": "urn:podcaster", **document, "allOf": [said["schema"]]}
            validator = jsonschema.Draft202012Validator(
                schema, registry=registry, format_checker=jsonschema.FormatChecker()
            )
            for example in examples(said):
                checked += 1
                faults = [fault.message for fault in validator.iter_errors(example)]
                assert not faults, (name, where, kind, faults)
    assert checked > 200


def test_every_refusal_is_a_problem_document(document: Mapping[str, Any]) -> None:
    for name, operation in operations(document):
        refusals = {status for status in operation["responses"] if int(status) >= 400}
        keyed = {"401", "403", "429"} if operation.get("security") else set()
        assert {"400", "422", "503", *keyed} <= refusals, name
        if "requestBody" in operation:
            assert {"413", "408"} <= refusals, name
        for status in refusals:
            assert list(operation["responses"][status]["content"]) == [PROBLEM], (name, status)
        if any(each["name"].lower() == "if-match" for each in operation.get("parameters", ())):
            assert "412" in refusals, name
        if (
            any(each["in"] == "path" for each in operation.get("parameters", ()))
            and "lexicons" not in name
            and "uses" not in name
        ):
            assert "404" in refusals, name


def test_every_operation_but_the_hooks_wants_a_key(document: Mapping[str, Any]) -> None:
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for name, operation in operations(document):
        assert bool(operation.get("security")) is ("/hooks/" not in name), name


def test_what_creates_something_can_be_sent_again(document: Mapping[str, Any]) -> None:
    for path in ("/api/articles", "/api/articles/{article}/renders", "/api/sources", "/api/backfills"):
        names = {each["name"] for each in document["paths"][path]["post"]["parameters"]}
        assert "Idempotency-Key" in names, path


def test_no_parameter_is_null(document: Mapping[str, Any]) -> None:
    for name, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert {"type": "null"} not in parameter["schema"].get("anyOf", ()), (name, parameter["name"])
