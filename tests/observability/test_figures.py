"""Figures answer an operator's questions: how long, how much, what fails, what waits."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from podcaster.errors import EngineFailed, StorageFailed
from podcaster.model import Render, RenderState
from podcaster.observability.library_collector import LibraryCollector
from podcaster.observability.metrics_endpoint import Exposition
from podcaster.ports import Submission
from podcaster.units import LanguageTag, RenderId
from podcaster.wiring import Container
from support.examples import NOW, article_of, render_of
from support.loopback import NO_TLS
from support.nginx import free_port
from support.quick_container import Made, quick_container
from support.running_service import service_of_a_new_python
from support.waiting import until
from support.web_workers import answers, helpers

REPORT = "# A levy on cables\n\nThe levy starts in July, and it falls on the operator. Nobody was asked in {place}.\n"


def value(name: str, **labels: str) -> float:
    """A sample of this process, which all its tests add to."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def observed(tmp_path: Path) -> Iterator[tuple[Container, Made]]:
    """A container that is measured from its first part on."""
    made = Made()
    with quick_container(tmp_path, "en", "es", made=made) as container:
        again = Container(container.settings)
        again.__dict__.update({name: container.__dict__[name] for name in ("synthesizers", "translators")})
        again.observe()
        yield again, made
        again.close()


def render(container: Container, text: str, name: str = "report.md") -> Render:
    made = container.newsroom.submit(Submission(body=text.encode(), name=name))
    with container.queue.working():
        until(lambda: container.library.render(made.id).state.final)
    return container.library.render(made.id)


def test_a_render_is_measured_from_handing_in_to_publication(observed: tuple[Container, Made]) -> None:
    container, _ = observed
    before = {
        stage: value("podcaster_stage_seconds_count", stage=stage, language="es", queue="urgent")
        for stage in ("wait", "translate", "speak", "assemble", "publish")
    }
    published = value("podcaster_publication_seconds_count", language="es", queue="urgent")
    spoken = value("podcaster_lines_total", work="speech", language="es", engine="tone")
    reused = value("podcaster_lines_reused_total", work="speech", language="es")
    first = render(container, REPORT.format(place="Oslo"))
    assert first.state is RenderState.DONE
    for stage, count in before.items():
        assert value("podcaster_stage_seconds_count", stage=stage, language="es", queue="urgent") == count + 1, stage
    assert value("podcaster_publication_seconds_count", language="es", queue="urgent") == published + 1
    report = first.languages[LanguageTag("es")]
    assert value("podcaster_lines_total", work="speech", language="es", engine="tone") == spoken + report.spoken
    second = container.newsroom.rerender(first.article)
    with container.queue.working():
        until(lambda: container.library.render(second.id).state.final)
    assert value("podcaster_lines_total", work="speech", language="es", engine="tone") == spoken + report.spoken
    assert value("podcaster_lines_reused_total", work="speech", language="es") == reused + report.lines + report.reused


def test_errors_are_counted_by_stage_and_code(observed: tuple[Container, Made]) -> None:
    container, made = observed
    before = value("podcaster_stage_errors_total", stage="translate", code=EngineFailed.code)

    def fails(line: str) -> None:
        if "translated" in line:
            raise EngineFailed("The engine is gone.", "Start it.")

    made.act = fails
    assert render(container, REPORT.format(place="Bergen")).state is RenderState.PARTIAL
    assert value("podcaster_stage_errors_total", stage="translate", code=EngineFailed.code) > before


def families(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def told(collector: LibraryCollector, name: str, **labels: str) -> float:
    return families(Exposition(collector).text().decode())[name, frozenset(labels.items())]


def test_what_waits_and_what_is_kept_is_told_from_the_library(tmp_path: Path) -> None:
    with quick_container(tmp_path, "en", "es") as container:
        article = article_of()
        container.library.put_article(article, NOW)
        container.library.open_render(render_of(article, "r1", NOW - timedelta(minutes=5)))
        container.library.open_render(render_of(article, "r2", NOW))
        container.library.set_render_state(RenderId("r2"), RenderState.RUNNING)
        container.blobs.put("media/a/es/1.mp3", b"12345")
        container.blobs.put("media/a/es/2.mp3", b"12345")
        collector = LibraryCollector(
            figures=container.library,
            blobs=container.blobs,
            data=container.settings.data,
            clock=lambda: NOW,
            last_backup=lambda: NOW,
            workers=lambda: {"working": 2, "gone": 1},
        )
        assert told(collector, "podcaster_renders", queue="urgent", state="waiting") == 1
        assert told(collector, "podcaster_renders", queue="urgent", state="running") == 1
        assert told(collector, "podcaster_renders", queue="background", state="waiting") == 0
        assert told(collector, "podcaster_oldest_waiting_seconds", queue="urgent") == 300
        assert told(collector, "podcaster_oldest_waiting_seconds", queue="background") == 0
        assert told(collector, "podcaster_reports") == 1
        assert told(collector, "podcaster_library_up") == 1
        assert told(collector, "podcaster_last_backup_timestamp_seconds") == NOW.timestamp()
        assert told(collector, "podcaster_disk_free_bytes") > 0
        assert told(collector, "podcaster_workers", state="working") == 2
        media = ("podcaster_stored_bytes", frozenset({("kind", "media")}))
        until(lambda: media in families(Exposition(collector).text().decode()))  # counted in a thread
        assert told(collector, "podcaster_stored_bytes", kind="media") == 10
        assert told(collector, "podcaster_stored_files", kind="media") == 2


class Gone:
    """A library whose database does not answer."""

    def figures(self) -> None:
        raise StorageFailed("The database is gone.", "Start it.")


def test_figures_are_told_while_the_database_is_away(tmp_path: Path) -> None:
    with quick_container(tmp_path, "en") as container:
        collector = LibraryCollector(
            figures=Gone(),  # type: ignore[arg-type]
            blobs=container.blobs,
            data=container.settings.data,
            clock=lambda: datetime.now(UTC),
            last_backup=lambda: None,
            workers=dict,
        )
        assert told(collector, "podcaster_library_up") == 0
        assert told(collector, "podcaster_disk_bytes") > 0


class Hanging:
    """A library whose database takes connections and says nothing."""

    def __init__(self) -> None:
        self.asked = 0
        self.free = threading.Event()

    def figures(self) -> None:
        self.asked += 1
        self.free.wait(60)


def test_a_database_that_hangs_holds_no_request_up_and_is_asked_once(tmp_path: Path) -> None:
    hanging = Hanging()
    with quick_container(tmp_path, "en") as container:
        collector = LibraryCollector(
            figures=hanging,  # type: ignore[arg-type]
            blobs=container.blobs,
            data=container.settings.data,
            clock=lambda: NOW,
            last_backup=lambda: None,
            workers=dict,
            wait_s=0.05,
        )
        exposition = Exposition(collector)
        for _ in range(5):
            assert families(exposition.text().decode())["podcaster_library_up", frozenset()] == 0
        assert hanging.asked == 1
        hanging.free.set()


def scraped(url: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return families(httpx.get(f"{url}/metrics", trust_env=False, verify=NO_TLS, timeout=60).text)


def test_several_web_processes_count_together(tmp_path: Path) -> None:
    """Whichever answers, it tells of all; so does the port that only Prometheus knows."""
    port = free_port()
    apart = f"http://127.0.0.1:{port}"
    requests = ("podcaster_http_requests_total", frozenset({("kind", "feed"), ("status", "200")}))
    settings = {"PODCASTER_WEB_WORKERS": "2", "PODCASTER_METRICS_PORT": str(port)}
    with service_of_a_new_python(tmp_path / "a folder", **settings) as service:
        until(lambda: len(helpers(service)) == 1 and answers(service.url))
        for _ in range(30):
            httpx.get(f"{service.url}/feeds/es.xml", trust_env=False, verify=NO_TLS, timeout=60).raise_for_status()
        assert {scraped(service.url)[requests] for _ in range(6)} == {30.0}
        assert scraped(apart)[requests] == 30
        with service.client(authorization="Bearer guessed") as client:
            assert [client.get("/api/articles").status_code for _ in range(4)] == [401] * 4
        assert scraped(apart)["podcaster_http_errors_total", frozenset({("code", "key-wrong")})] == 4
        assert scraped(apart)["podcaster_library_up", frozenset()] == 1


def test_a_worker_answers_prometheus_on_its_own_port(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PODCASTER_DATA": str(tmp_path), "PODCASTER_METRICS_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-m", "podcaster", "worker"], env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            assert "Working." in process.stderr.readline()
            text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, verify=NO_TLS, timeout=60).text
            assert re.search(r"^# TYPE podcaster_stage_seconds histogram$", text, re.MULTILINE)
            process.terminate()
            assert process.wait(60) == 0
        finally:
            process.kill()
