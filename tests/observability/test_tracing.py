"""One trace leads from an editor's request to the clips that it made, whichever process made them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
import structlog
from structlog.testing import capture_logs

from podcaster.observability import tracing
from podcaster.observability.tracing import open_tracing
from podcaster.ports import ApiKey, RenderJob, Submission
from podcaster.wiring import Container
from support.examples import NOW
from support.loopback import NO_TLS
from support.otlp_collector import Collector, otlp_collector
from support.quick_container import quick_container
from support.small_service import served
from support.waiting import until

REPORT = "# A levy on cables\n\nThe levy starts in July, and it falls on the operator. Nobody was asked before.\n"


@contextmanager
def traced_container(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Container, Collector]]:
    """A container that sends its traces to a collector."""
    with otlp_collector() as collector, quick_container(folder, "en") as container:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        again = Container(container.settings)
        again.__dict__.update({name: container.__dict__[name] for name in ("synthesizers", "translators")})
        again.observe()
        yield again, collector


def test_a_request_its_stages_and_its_clips_are_one_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with traced_container(tmp_path, monkeypatch) as (container, collector):
        key = ApiKey(name="desk", digest=sha256(b"a-key-0123456789").hexdigest(), scope="edit", created=NOW)
        container.library.add_key(key)
        with (
            served(container.web_services()) as url,
            httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=60) as client,
            container.queue.working(),
        ):
            headers = {"content-type": "text/markdown", "authorization": "Bearer a-key-0123456789"}
            made = client.post("/api/articles", content=REPORT, headers=headers)
            assert made.status_code == 202, made.text
            listener = client.post("/listeners", json={"languages": ["en"]}).json()["url"]
            token = listener.rpartition("/")[2]
            assert client.get(f"/l/{token}", headers={"accept": "application/json"}).status_code == 200
            until(lambda: container.library.render(made.json()["render"]).state.final)
        container.close()  # sends the rest
        (request,) = collector.named("POST /api/articles")
        for stage in ("translate", "speak", "assemble", "publish"):
            (span,) = collector.named(f"stage {stage}")
            assert (span.trace_id, span.parent_span_id) == (request.trace_id, request.span_id)
        speak = collector.named("stage speak")[0]
        clips = collector.named("clip")
        assert len(clips) > 3
        assert {(clip.trace_id, clip.parent_span_id) for clip in clips} == {(request.trace_id, speak.span_id)}
        assert {attribute.key for attribute in clips[0].attributes} >= {"engine", "voice", "line"}
        assert token.encode() not in collector.raw
        assert b"levy" not in collector.raw.replace(b"a-levy-on-cables", b"")


def test_without_an_endpoint_nothing_is_traced() -> None:
    assert open_tracing({}) is None


def test_an_endpoint_without_the_extra_is_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.setattr(tracing, "log", structlog.get_logger())  # another test's may be bound to its own output
    with capture_logs() as logged:
        assert open_tracing({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}) is None
    assert any("--with tracing" in str(line) for line in logged)


def test_a_job_from_before_traces_is_carried_out() -> None:
    from podcaster.adapters.dbos.jobs import from_plain, to_plain

    job = RenderJob(render="r1", article="a1", languages=("es",), trace="00-1-2-01")  # type: ignore[arg-type]
    plain = to_plain(job)
    assert from_plain(plain) == job
    del plain["trace"]
    assert from_plain(plain).trace == ""


def test_stages_that_no_request_asked_for_share_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a watched source, a render that is handed in again after a crash."""
    with traced_container(tmp_path, monkeypatch) as (container, collector):
        made = container.newsroom.submit(Submission(body=REPORT.encode(), name="report.md"))
        with container.queue.working():
            until(lambda: container.library.render(made.id).state.final)
        container.close()
        stages = collector.named("stage ")
        assert len(stages) == 4
        assert {span.trace_id.hex() for span in stages} == {made.id}
