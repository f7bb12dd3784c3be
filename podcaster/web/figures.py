"""What the service counts of itself, for /metrics."""

from functools import lru_cache

from prometheus_client import Counter

from podcaster.web.asgi import Message, Send

_REQUESTS = Counter("podcaster_http_requests", "Answers, by what was asked for and by status.", ["kind", "status"])


def counted(send: Send, kind: str) -> Send:
    """Count the answer that is sent; `kind` is `feed`, `personal`, `media`, `api` or `page`."""

    async def counting(message: Message) -> None:
        if message["type"] == "http.response.start":
            _count(kind, message["status"]).inc()
        await send(message)

    return counting


def count(kind: str, status: int) -> None:
    """One answer more."""
    _count(kind, status).inc()


@lru_cache(maxsize=512)
def _count(kind: str, status: int) -> Counter:
    return _REQUESTS.labels(kind, str(status))
