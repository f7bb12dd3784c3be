"""A worker says at its start what it would do wrong, in one line."""

import json
import re
import threading
from pathlib import Path

import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.cli.base_url import refuse_loopback
from podcaster.errors import SettingsWrong
from podcaster.ports import ScheduledEpisode
from podcaster.render.worker_presence import WorkerPresence, WorkerRecord
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container, now
from support.command_line import podcaster
from support.examples import NOW, article_of
from support.waiting import until

POSTGRES = "postgresql://podcaster@db/podcaster"
PUBLIC = "https://podcasts.example.org"


@pytest.mark.parametrize(
    ("settings", "known", "refused"),
    [
        ({}, "http://127.0.0.1:8000", False),  # one machine, one service
        ({"database_url": POSTGRES}, "http://127.0.0.1:8000", True),
        (
            {"database_url": POSTGRES, "base_url": "http://127.0.0.1:8080"},
            "http://127.0.0.1:8080",
            False,
        ),  # tried at home
        ({"database_url": POSTGRES, "base_url": "http://127.0.0.1:8080"}, PUBLIC, True),
        ({"base_url": "http://[::1]:8000"}, PUBLIC, True),
        ({"database_url": POSTGRES, "base_url": PUBLIC}, PUBLIC, False),
    ],
)
def test_a_worker_does_not_write_its_own_machine_into_others_feeds(
    settings: dict[str, str], known: str, *, refused: bool
) -> None:
    made = Settings.model_validate(settings)
    if not refused:
        refuse_loopback(made, known)
        return
    with pytest.raises(SettingsWrong, match="PODCASTER_BASE_URL"):
        refuse_loopback(made, known)


def test_an_unreachable_bucket_is_said_in_one_line(tmp_path: Path) -> None:
    settings = {
        "PODCASTER_DATA": tmp_path,
        "PODCASTER_STORAGE_URL": "s3://no-such-bucket/podcaster",
        "AWS_ENDPOINT": "http://127.0.0.1:9",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }
    for verb in (["serve", "--port", "0"], ["worker"]):
        answer = podcaster(tmp_path, *verb, **settings)
        assert answer.returncode == 1
        (line,) = [each for each in answer.stderr.splitlines() if each.startswith("podcaster: ")]
        assert "s3://no-such-bucket/podcaster" in line
        assert "Traceback" not in answer.stderr


def test_the_list_of_workers_says_who_is_at_what_and_what_waits(tmp_path: Path) -> None:
    record = WorkerRecord(name="desk", machine="m", started=now(), seen=now(), engines=("espeak",))
    presence = WorkerPresence(blobs=open_blobs(tmp_path / "blobs"), clock=now)
    drain = threading.Event()
    with presence.told(record, lambda: ["r1.es"], drain, every_s=0.05):
        until(presence.workers)
        listed = workers(tmp_path)
        assert listed.startswith("desk ")
        assert "can speak by espeak\n  r1.es\n" in listed
        assert "0 running, 0 waiting" in listed
        assert workers(tmp_path, "drain", "desk").startswith("desk ends")
        until(drain.is_set)
        assert " draining " in workers(tmp_path)


def test_a_pause_is_in_the_list_of_workers_until_they_are_resumed(tmp_path: Path) -> None:
    assert "resume" in workers(tmp_path, "pause")
    assert "Paused for 0 s: nothing new begins" in re.sub(r"for \d+ s", "for 0 s", workers(tmp_path))
    assert workers(tmp_path, "resume") == "Workers go on within seconds.\n"
    assert workers(tmp_path, "resume") == "Workers are not paused.\n"


def test_what_was_due_and_is_not_published_is_in_the_list_of_workers(tmp_path: Path) -> None:
    container = Container(Settings(data=tmp_path, languages=("es",)))
    container.library.put_article(article_of("Late"), NOW)
    late = ScheduledEpisode(article=article_of("Late").id, language=LanguageTag("es"), at=NOW, editor="ann")
    container.library.put_schedule(late)
    assert "was due" not in workers(tmp_path)
    container.library.fail_schedule(late, "The draft is damaged.")
    container.close()
    listed = workers(tmp_path)
    assert f"{late.article} was due in es " in listed
    assert "is not published: The draft is damaged." in listed
    told = [json.loads(line) for line in workers(tmp_path, "--json").splitlines()]
    assert next(each for each in told if "unpublished" in each)["unpublished"][0]["error"] == "The draft is damaged."


def test_a_worker_refuses_to_keep_to_an_engine_that_it_lacks(tmp_path: Path) -> None:
    container = Container(Settings(data=tmp_path, languages=("en",), worker_engines=("cocoro",)))
    with pytest.raises(SettingsWrong, match="no speech engine 'cocoro'"):
        container.check_worker_engines()


def workers(data: Path, *arguments: str) -> str:
    return podcaster(data, "workers", *arguments, check=True, PODCASTER_DATA=data).stdout
