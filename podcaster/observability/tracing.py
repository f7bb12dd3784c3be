"""Traces from request to clip, by OpenTelemetry, sent where OTEL_EXPORTER_OTLP_ENDPOINT says."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog

from podcaster.release import to_install

if TYPE_CHECKING:
    from fastapi import FastAPI

_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_PRIVATE: Final = "/l/.*,/s/.*,/oauth/.*,/healthz,/readyz,/metrics"
"""A listener's address is a secret: no span holds it. Probes are no requests of anybody."""
log = structlog.get_logger()


class Tracing:
    """Fills `ports.telemetry.Tracer`."""

    def __init__(self) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 # an extra
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

        named = Resource({SERVICE_NAME: "podcaster"}).merge(Resource.create())
        self._provider = TracerProvider(resource=named)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("podcaster")

    @contextmanager
    def span(self, name: str, *, trace: str = "", **attributes: str | int) -> Iterator[None]:
        """A span, below `trace` or below the current one."""
        from opentelemetry.propagate import extract  # noqa: PLC0415

        context = extract({"traceparent": trace}) if trace else None
        with self._tracer.start_as_current_span(name, context=context, attributes=attributes):
            yield

    def trace(self) -> str:
        """The current span."""
        from opentelemetry.propagate import inject  # noqa: PLC0415

        carrier: dict[str, str] = {}
        inject(carrier)
        return carrier.get("traceparent", "")

    def instrument(self, app: "FastAPI") -> None:
        """A span for each request of the site, the desk and the API; feeds and media are too many and too short."""
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor  # noqa: PLC0415

        FastAPIInstrumentor.instrument_app(
            app, tracer_provider=self._provider, excluded_urls=_PRIVATE, exclude_spans=["receive", "send"]
        )

    def close(self) -> None:
        """Send what has not been sent."""
        self._provider.shutdown()


def open_tracing(environment: Mapping[str, str]) -> Tracing | None:
    """Tracing if an endpoint is set; None and a line in the log if its packages are not installed."""
    if not any(environment.get(name) for name in _ENDPOINTS):
        return None
    try:
        return Tracing()
    except ImportError:
        log.warning("nothing is traced: install the extra", install=to_install("tracing"))
        return None
