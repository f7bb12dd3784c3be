"""Listeners who join a running service."""

import httpx

from support.small_service import BASE


def joined(web: httpx.Client, **choices: object) -> dict[str, str]:
    """A new listener's addresses, as paths."""
    answer = web.post("/listeners", json={"languages": ["es", "en"], **choices})
    assert answer.status_code == 201, answer.text
    return {name: value.removeprefix(BASE) for name, value in answer.json().items()}
