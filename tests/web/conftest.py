"""The running service, for every suite here."""

from running import published, service

__all__ = ["published", "service"]
