"""Downloads from nginx's log: each line once, whatever happens to the file."""

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.errors import SourceNotFound
from podcaster.web.statistics.log_import import ImportSummary, import_log
from support.downloads import MINUTE, OVERCAST, TAG, counted, with_audio
from support.examples import NOW
from support.small_service import SmallService, client, served, small_service


@pytest.fixture
def made(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path / "data") as opened:
        yield opened


def taken(made: SmallService, file: Path) -> ImportSummary:
    return import_log(file, repository=made.library, blobs=made.blobs, clock=lambda: NOW)


def clients(made: SmallService) -> int:
    """Number of clients of whom something is kept."""
    with made.library._reading() as connection:  # type: ignore[attr-defined]
        return int(connection.exec_driver_sql("SELECT count(*) FROM download_clients").scalar())


def combined(
    path: str, host: str = "192.0.2.1", *, length: int = 9 * MINUTE, status: int = 200, method: str = "GET"
) -> str:
    return (
        f'{host} - - [04/May/2026:06:00:00 +0000] "{method} {path} HTTP/1.1" {status} {length} "-" "{OVERCAST}"\n'
    )  # fmt: skip


def test_a_log_counts_by_the_same_rules(made: SmallService, tmp_path: Path) -> None:
    _, path = with_audio(made)
    log = tmp_path / "access.log"
    log.write_text(
        combined(path) * 2
        + combined(path, "192.0.2.2", length=len(TAG) + MINUTE - 1)
        + combined(path, "192.0.2.3", method="HEAD")
        + combined(path, "192.0.2.4", status=304, length=0)
        + combined("/feeds/es.xml", "192.0.2.5")
        + "nonsense\n"
        + combined(path, "192.0.2.6")[:-20]
    )
    assert taken(made, log) == ImportSummary(lines=7, answers=3, unreadable=1, downloads=1)


def test_a_log_may_be_read_again_when_it_has_grown_was_renamed_or_compressed(
    made: SmallService, tmp_path: Path
) -> None:
    _, path = with_audio(made)
    log = tmp_path / "access.log"
    log.write_text(combined("/", "192.0.2.9") + combined(path))
    assert taken(made, log).downloads == 1
    assert taken(made, log).lines == 0
    with log.open("a") as more:
        more.write(combined(path, "192.0.2.2"))
    renamed = shutil.move(log, tmp_path / "access.log.1")
    assert taken(made, renamed) == ImportSummary(lines=1, answers=1, unreadable=0, downloads=1)
    packed = tmp_path / "access.log.2.gz"
    packed.write_bytes(gzip.compress(renamed.read_bytes()))
    assert taken(made, packed).lines == 0
    log.write_text(combined(path, "192.0.2.3").replace("06:00:00", "07:00:00"))
    assert taken(made, log).downloads == 1, "another log by the same name"
    assert counted(made) == 3


def test_ranges_are_put_where_they_belong_where_the_log_says_so(made: SmallService, tmp_path: Path) -> None:
    _, path = with_audio(made)
    half = len(TAG) + MINUTE // 2

    def line(start: int, host: str) -> str:
        return json.dumps({
            "time_iso8601": "2026-05-04T06:00:00+00:00", "remote_addr": host, "request": f"GET {path} HTTP/2.0", "status": "206",
            "body_bytes_sent": str(half), "http_user_agent": OVERCAST,
            "sent_http_content_range": f"bytes {start}-{start + half - 1}/{3 * MINUTE}",
        }) + "\n"  # fmt: skip

    log = tmp_path / "media.json"
    log.write_text(line(0, "a.example") + line(0, "192.0.2.1") * 5 + line(0, "192.0.2.2") + line(half, "192.0.2.2"))
    assert taken(made, log).downloads == 1


def test_what_the_service_saw_and_the_log_has_too_is_one_download(made: SmallService, tmp_path: Path) -> None:
    _, path = with_audio(made)
    with served(made.services) as url, client(url, **{"user-agent": OVERCAST}) as browser:
        assert browser.get(path).status_code == 200
    assert counted(made) == 1
    log = tmp_path / "access.log"
    log.write_text(combined(path, "127.0.0.1"))
    assert taken(made, log) == ImportSummary(lines=1, answers=1, unreadable=0, downloads=0)


def test_an_old_log_is_counted_while_a_service_forgets_what_is_over(made: SmallService, tmp_path: Path) -> None:
    _, path = with_audio(made)
    log = tmp_path / "access.log"
    log.write_text(combined(path).replace("04/May", "01/Apr"))
    assert taken(made, log).downloads == 1
    made.library.forget_days(NOW.date())
    with log.open("a") as more:
        more.write(combined(path).replace("04/May", "01/Apr"))
    assert taken(made, log) == ImportSummary(lines=1, answers=1, unreadable=0, downloads=0)
    assert clients(made) == 1
    made.library.forget_days(NOW.date() + timedelta(days=2))
    assert clients(made) == 0


def test_a_file_that_is_not_there_is_named(made: SmallService, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"access\.log"):
        taken(made, tmp_path / "access.log")
