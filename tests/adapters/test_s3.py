"""A service on a bucket: what is published is served from it, backed up into it, and what is wrong with it is said in a line."""

from pathlib import Path

import httpx
import pytest

from podcaster.adapters.blobs import check_bucket, open_blobs
from podcaster.backup.transfer import unwatched
from podcaster.errors import StorageFailed
from podcaster.wiring import Container
from support.command_line import podcaster
from support.loopback import NO_TLS
from support.quick_container import quick_container
from support.s3_server import BUCKET, s3_server
from support.small_service import served
from support.tiny_backups import everything_served, fill

URL = f"s3://{BUCKET}/service"


def test_a_service_on_a_bucket_serves_ranges_and_is_restored_from_one_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server() as bucket:
        for name, value in bucket.environment().items():
            monkeypatch.setenv(name, value)
        with quick_container(tmp_path / "data", "en", storage_url=URL) as container:
            fill(container)
            check_ranges(container)
            backup = open_blobs(f"s3://{BUCKET}/backup")
            assert not container.saver(unwatched).save(backup).missing
            before = everything_served(container)
            other = Container(container.settings.model_copy(update={"data": tmp_path / "restored", "storage_url": ""}))
            other.__dict__.update({name: container.__dict__[name] for name in ("synthesizers", "translators")})
            other.restorer(unwatched).restore(backup, None)
            other.prepare_service()
            assert everything_served(other) == before
            other.close()
    assert not (tmp_path / "data" / "blobs").exists()
    assert (tmp_path / "restored" / "blobs" / "media").is_dir()


def check_ranges(container: Container) -> None:
    episode = container.library.episodes()[0].episode
    name = f"media/{episode.article}/{episode.language}/{episode.revision}.mp3"
    whole = container.blobs.get(name)
    with (
        served(container.web_services()) as url,
        httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=60) as app,
    ):
        part = app.get(f"/{name}", headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, whole[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole)}"


def test_keys_that_are_not_set_are_what_is_wrong_with_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(StorageFailed, match="AWS_ACCESS_KEY_ID is not set, and this machine has no role"):
        check_bucket("s3://a-bucket/service")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": "another"}, "AWS_ACCESS_KEY_ID is not known there"),
        ({"AWS_SECRET_ACCESS_KEY": "another"}, "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID"),
        ({"AWS_ALLOW_HTTP": "false"}, "is no https address, and AWS_ALLOW_HTTP is not true"),
        ({"AWS_ENDPOINT": "http://127.0.0.1:9"}, "nobody answers at http://127.0.0.1:9"),
        ({"PODCASTER_STORAGE_URL": "s3://no-such-bucket/service"}, "there is no such bucket"),
        ({"AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true"}, "there is no such bucket"),
        ({}, ""),
    ],
)
def test_the_doctor_says_in_one_line_what_is_wrong_with_a_bucket(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with s3_server() as bucket:
        settings = {"PODCASTER_DATA": tmp_path, "PODCASTER_STORAGE_URL": URL, **bucket.environment(**wrong), **wrong}
        answer = podcaster(tmp_path, "doctor", PODCASTER_LANGUAGES="en", **settings)
    (line,) = [each for each in answer.stdout.splitlines() if each.startswith("storage ")]
    assert said in line
    assert answer.returncode == (1 if said else 0)
    assert not answer.stderr
