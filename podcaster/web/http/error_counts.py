"""Counts the errors that clients are told, for /metrics."""

from prometheus_client import Counter

_ERRORS = Counter("podcaster_http_errors", "Problem documents and error pages, by their code.", ["code"])


def count_error(code: str) -> None:
    """Count an error; `code` is that of its class."""
    _ERRORS.labels(code).inc()
