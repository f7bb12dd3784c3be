"""A house on a bucket: what is published is served from it, backed up into it, and what is wrong with it is said in a line."""

from pathlib import Path

import httpx
import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.backup.transfer import unwatched
from podcaster.wiring import Container
from support.command_line import podcaster
from support.loopback import NO_TLS
from support.s3_server import BUCKET, s3_server
from support.small_service import served
from support.tiny_backups import everything_served, fill
from support.tiny_house import tiny_house

URL = f"s3://{BUCKET}/house"


def test_a_house_on_a_bucket_serves_ranges_and_is_restored_from_one_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server() as bucket:
        for name, value in bucket.environment().items():
            monkeypatch.setenv(name, value)
        with tiny_house(tmp_path / "house", "en", storage_url=URL) as house:
            fill(house)
            check_ranges(house)
            backup = open_blobs(f"s3://{BUCKET}/backup")
            assert not house.saver(unwatched).save(backup).missing
            before = everything_served(house)
            other = Container(house.settings.model_copy(update={"data": tmp_path / "restored", "storage_url": ""}))
            other.__dict__.update({name: house.__dict__[name] for name in ("synthesizers", "translators")})
            other.restorer(unwatched).restore(backup, None)
            other.prepare_service()
            assert everything_served(other) == before
            other.close()
    assert not (tmp_path / "house" / "blobs").exists()
    assert (tmp_path / "restored" / "blobs" / "media").is_dir()


def check_ranges(house: Container) -> None:
    episode = house.library.episodes()[0].episode
    name = f"media/{episode.article}/{episode.language}/{episode.revision}.mp3"
    whole = house.blobs.get(name)
    with (
        served(house.web_services()) as url,
        httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=60) as app,
    ):
        part = app.get(f"/{name}", headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, whole[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole)}"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": "another"}, "AWS_ACCESS_KEY_ID is not known there"),
        ({"AWS_SECRET_ACCESS_KEY": "another"}, "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID"),
        ({"AWS_ALLOW_HTTP": "false"}, "is no https address, and AWS_ALLOW_HTTP is not true"),
        ({"AWS_ENDPOINT": "http://127.0.0.1:9"}, "nobody answers at http://127.0.0.1:9"),
        ({"PODCASTER_STORAGE_URL": "s3://no-such-bucket/house"}, "there is no such bucket"),
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
