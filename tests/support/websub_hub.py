"""A WebSub hub of our own: takes pings, answers them as it is told to."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from support.web_server import Answer, Asked, answering


@dataclass
class HubServer:
    """Its answers, and the notifications that came."""

    url: str = ""
    status: int = 202
    headers: Mapping[str, str] = field(default_factory=dict)
    waits_s: float = 0.0
    told: list[str] = field(default_factory=list)
    """Addresses, in the order of the pings."""
    seen: Callable[[str], None] = lambda _: None
    """Called with each address, before it is answered."""


@contextmanager
def hub_server() -> Iterator[HubServer]:
    state = HubServer()

    def answer(asked: Asked) -> Answer:
        form = parse_qs(asked.body.decode())
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert form["hub.mode"] == ["publish"]
        assert form["hub.url"] == form["hub.topic"]
        state.told += form["hub.url"]
        state.seen(form["hub.url"][0])
        time.sleep(state.waits_s)
        return state.status, state.headers, b""

    with answering(answer) as url:
        state.url = f"{url}/"
        yield state
