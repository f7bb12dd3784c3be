"""Several processes answer on one port, one that dies is replaced, and none outlives the first."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from support.running_service import Service, running_service
from support.waiting import until
from support.web_workers import answers, helpers


def answers_without_the_first(service: Service) -> bool:
    """It is not held for long: while it starts, it may have the database to itself."""
    os.kill(service.process, signal.SIGSTOP)
    try:
        return answers(service.url)
    finally:
        os.kill(service.process, signal.SIGCONT)


def test_requests_are_answered_by_each_process_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    with running_service(tmp_path / "a folder", PODCASTER_WEB_WORKERS="3") as service:
        until(lambda: len(helpers(service)) == 2)
        until(lambda: answers_without_the_first(service))
        first = helpers(service)
        os.kill(first[0], signal.SIGKILL)
        until(lambda: len(set(helpers(service)) - {first[0]}) == 2)
        with service.editor() as client:
            assert client.get("/api/articles").status_code == 200
    assert not [process for process in first if Path(f"/proc/{process}").exists()]


def test_they_end_with_a_first_process_that_is_killed(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(tmp_path),
        "PODCASTER_LANGUAGES": "en",
        "PODCASTER_WEB_WORKERS": "2",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "podcaster", "serve", "--port", "0"],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        service = Service(process.stdout.readline().split()[-1], "", process.pid)
        until(lambda: len(helpers(service)) == 1 and answers(service.url))
        (helper,) = helpers(service)
        process.kill()
    until(lambda: not Path(f"/proc/{helper}").exists())
    assert not answers(service.url)
