"""Length and age of the queues of renders."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric

from podcaster.ports.library_counts import QueueFigures


def queue_metrics(queues: Mapping[str, QueueFigures], now: datetime) -> Iterator[Metric]:
    """Numbers of renders that wait and run in each queue, and the age in seconds of the one that waits longest."""
    renders = GaugeMetricFamily(
        "podcaster_renders", "Renders that have not ended, by state.", labels=["queue", "state"]
    )
    oldest = GaugeMetricFamily(
        "podcaster_oldest_waiting_seconds", "Age of the render that waits longest; 0: none.", labels=["queue"]
    )
    for name, queue in queues.items():
        renders.add_metric([name, "waiting"], queue.waiting)
        renders.add_metric([name, "running"], queue.running)
        since = queue.oldest_waiting
        oldest.add_metric([name], max(0.0, (now - since).total_seconds()) if since else 0.0)
    yield renders
    yield oldest
