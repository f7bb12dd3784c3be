"""Answers Prometheus: the figures of this process, or of all web processes together, and of the library."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from podcaster.errors import SettingsWrong
from podcaster.observability.metrics_folder import TOGETHER


class Exposition:
    """Everything that is told to Prometheus."""

    def __init__(self, *collectors: Collector) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_ProcessFigures())
        for collector in collectors:
            self._registry.register(collector)

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)

    @contextmanager
    def served(self, host: str, port: int) -> Iterator[None]:
        """Answer `/metrics` on a port of its own while the block runs; 0: nowhere.

        Raises:
            SettingsWrong: the port is taken.
        """
        if not port:
            yield
            return
        try:
            server, thread = start_http_server(port, host, self._registry)
        except OSError as error:
            raise SettingsWrong(
                f"{host}:{port} cannot be listened on: {error.strerror}.", "Choose another PODCASTER_METRICS_PORT."
            ) from error
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _ProcessFigures(Collector):
    """Figures that processes count themselves: the sum of all that share the folder."""

    def collect(self) -> Iterator[Metric]:
        if TOGETHER in os.environ:
            together = MultiProcessCollector(CollectorRegistry())  # type: ignore[no-untyped-call] # no annotations
            yield from together.collect()  # type: ignore[no-untyped-call]
        else:
            yield from REGISTRY.collect()
