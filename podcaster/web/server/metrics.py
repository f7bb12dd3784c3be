"""Counters for /metrics."""

from functools import lru_cache

from prometheus_client import Counter

from podcaster.web.http.asgi import Message, Send

_REQUESTS = Counter("podcaster_http_requests", "Answers, by what was asked for and by status.", ["kind", "status"])


def count_responses(send: Send, kind: str) -> Send:
    """Wrap `send` to count the response; `kind` is `personal`, `speaker`, `api` or `page`."""

    async def counting(message: Message) -> None:
        if message["type"] == "http.response.start":
            response_counter(kind, int(message["status"])).inc()
        await send(message)

    return counting


@lru_cache(maxsize=512)
def response_counter(kind: str, status: int) -> Counter:
    """The counter of responses of a kind and a status; `kind` is also `feed` or `media`."""
    return _REQUESTS.labels(kind, str(status))
