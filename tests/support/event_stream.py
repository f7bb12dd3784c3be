"""Server-sent events as a browser reads them."""

import json
from collections.abc import Iterator
from typing import Any

import httpx


def events(answer: httpx.Response) -> Iterator[dict[str, str]]:
    """The events of a stream, as a browser's EventSource reads them; comments by the name `comment`."""
    event: dict[str, str] = {}
    for line in answer.iter_lines():
        if line:
            name, _, value = line.partition(": ")
            event[name or "comment"] = value
        elif event:
            yield event
            event = {}


def told(stream: Iterator[dict[str, str]]) -> dict[str, Any]:
    """The next event that tells of progress, with its id."""
    event = next(each for each in stream if each.get("event") == "progress")
    return {**json.loads(event["data"]), "id": event["id"]}
