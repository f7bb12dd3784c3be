"""A restored library serves the same feeds, byte for byte, whatever was killed meanwhile."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.backup.chunks import chunks, rows_of
from podcaster.backup.saving import Saver, forget, last_backup
from podcaster.backup.snapshot import (
    SavedBlob,
    digest_of,
    object_name,
    read_snapshot,
    snapshot_ids,
    write_snapshot,
)
from podcaster.backup.transfer import unwatched
from podcaster.errors import Conflict, NotThere, SettingsWrong, StorageFailed
from podcaster.ports import BlobStore, Submission
from podcaster.settings import Settings
from podcaster.wiring import Container
from support import command_line
from support.examples import NOW
from support.own_postgres import OwnPostgres
from support.paths import SUPPORT
from support.quick_container import quick_container
from support.tiny_backups import everything_served, fill, listening, stored
from support.waiting import until

LANGUAGES = ("en", "es")
LINE = "The levy starts in July, and it falls on the operator."


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Container, list[str]]]:
    """A library with episodes, one of them held back, and a listener's paths. No test changes what it serves."""
    with quick_container(tmp_path_factory.mktemp("filled"), *LANGUAGES) as container:
        fill(container)
        yield container, listening(container)


def restored(folder: Path, backup: BlobStore, snapshot: str | None = None, **settings: object) -> Container:
    """The library of a backup in an empty folder."""
    with quick_container(folder / "voices only", *LANGUAGES) as other:
        made = Container(other.settings.model_copy(update={"data": folder / "data", **settings}))
    made.__dict__.update({name: other.__dict__[name] for name in ("synthesizers", "translators")})
    made.restorer(unwatched).restore(backup, snapshot)
    made.prepare_service()
    return made


def test_a_restored_library_serves_the_same_bytes(filled: tuple[Container, list[str]], tmp_path: Path) -> None:
    container, private = filled
    backup = open_blobs(tmp_path / "backup")
    saved = container.saver(unwatched).save(backup)
    assert not saved.missing
    again = restored(tmp_path, backup)
    before, after = everything_served(container, *private), everything_served(again, *private)
    assert len(before) > 20
    assert {body.partition(b" ")[0] for name, body in before.items() if name.endswith(".mp3")} == {b"200", b"410"}
    assert after == before
    held = next(each.article.id for each in container.library.articles() if "Held" in each.article.title)
    assert again.publication.release(held, container.languages[0]).title == "Held back"
    again.close()


def test_a_backup_is_taken_while_reports_come_in(tmp_path: Path) -> None:
    """Its feeds name nothing that it lacks, and renders that were under way are made again."""
    backup = open_blobs(tmp_path / "backup")
    with quick_container(tmp_path / "busy", *LANGUAGES) as container, container.queue.working():
        made = []
        for place in range(3):
            made.append(container.newsroom.submit(Submission(body=f"# Report {place}\n\n{LINE}".encode(), name="a.md")))
            assert not container.saver(unwatched).save(backup).missing
        until(lambda: all(container.library.render(each.id).state.final for each in made))
    for place, snapshot in enumerate(snapshot_ids(backup)):
        again = restored(tmp_path / str(place), backup, snapshot)
        assert all(everything_served(again).values())
        if place == len(made) - 1:
            with again.queue.working():
                until(lambda again=again: not again.library.unfinished_renders())
            assert len(again.library.articles()) == len(made)
        again.close()


def test_only_what_is_new_is_copied(filled: tuple[Container, list[str]], tmp_path: Path) -> None:
    """In a bucket as in a folder."""
    container, private = filled
    backup = open_blobs("memory:///")
    first = container.saver(unwatched).save(backup)
    assert first.new_bytes == first.bytes
    second = container.saver(unwatched).save(backup)
    assert (second.new_objects, second.new_bytes, second.bytes) == (0, 0, first.bytes)
    assert second.snapshot > first.snapshot
    at = last_backup(container.blobs)
    assert at is not None
    assert (datetime.now(UTC) - at).total_seconds() < 60
    again = restored(tmp_path, backup)
    assert everything_served(again, *private) == everything_served(container, *private)
    again.close()


def test_rows_that_did_not_change_stay_in_their_chunks() -> None:
    rows = [{"id": number, "text": f"row {number}"} for number in range(5_000)]
    before, after = list(chunks(rows)), list(chunks([{"id": -1, "text": "new"}, *rows, {"id": 9_999, "text": "new"}]))
    assert len(before) > 5
    assert len(set(after) - set(before)) <= 2
    assert [row for chunk in before for row in rows_of(chunk)] == rows


def test_older_snapshots_are_dropped_with_what_they_alone_need(
    filled: tuple[Container, list[str]], tmp_path: Path
) -> None:
    container, _ = filled
    backup = open_blobs(tmp_path / "backup")
    container.blobs.put("translations/ab/gone-later", b"only in the first snapshot")
    container.saver(unwatched).save(backup)
    container.blobs.delete("translations/ab/gone-later")
    newest = container.saver(unwatched).save(backup).snapshot
    dropped, freed = forget(backup, 1, datetime.now(UTC) + timedelta(days=2))
    assert (dropped, snapshot_ids(backup)) == (1, [newest])
    assert freed == len(b"only in the first snapshot")
    restored(tmp_path, backup).close()


def test_what_another_machine_is_writing_is_spared(filled: tuple[Container, list[str]]) -> None:
    """Its snapshot names the objects only when it is whole."""
    container, _ = filled
    backup = open_blobs("memory:///")
    for _ in range(2):
        container.saver(unwatched).save(backup)
    written = object_name("ab" * 32)
    backup.put(written, b"of a backup that is under way")
    assert forget(backup, 1, datetime.now(UTC)) == (1, 0)
    assert backup.size(written) is not None


def test_an_object_that_is_gone_from_the_backup_is_told_with_what_helps(
    filled: tuple[Container, list[str]], tmp_path: Path
) -> None:
    container, _ = filled
    backup = open_blobs(tmp_path / "backup")
    saved = container.saver(unwatched).save(backup)
    backup.delete(next(name for name in backup.names("objects/")))
    with pytest.raises(StorageFailed, match="missing") as refused:
        restored(tmp_path, backup, saved.snapshot)
    assert "--snapshot" in refused.value.remedy


@pytest.mark.parametrize(
    ("storage", "where"),
    [
        ("", "data/blobs"),
        ("", "data/blobs/backup"),
        ("", "data"),
        ("", "."),
        ("", "link"),
        ("s3://bucket/podcaster", "s3://bucket/podcaster/backup"),
        ("s3://bucket/podcaster", "s3://bucket"),
        ("s3://bucket/podcaster/", "s3://bucket/podcaster"),
    ],
)
def test_a_backup_and_the_store_do_not_lie_in_one_another(tmp_path: Path, storage: str, where: str) -> None:
    """A restore deletes what the snapshot does not hold: it would delete the backup."""
    (tmp_path / "data" / "blobs" / "media").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "data" / "blobs" / "media")
    container = Container(Settings(data=tmp_path / "data", storage_url=storage))
    with pytest.raises(SettingsWrong, match="own store"):
        container.backup_store(where if "://" in where else str(tmp_path / where), made=False)


@pytest.mark.parametrize("where", ["data/backup", "data/blobs-of-monday"])
def test_a_backup_beside_the_store_is_taken(tmp_path: Path, where: str) -> None:
    container = Container(Settings(data=tmp_path / "data"))
    assert list(container.backup_store(str(tmp_path / where)).names("")) == []


def test_a_library_that_is_there_is_not_overwritten_unless_told(
    filled: tuple[Container, list[str]], tmp_path: Path
) -> None:
    container, private = filled
    backup = open_blobs(tmp_path / "backup")
    container.saver(unwatched).save(backup)
    with quick_container(tmp_path / "other", *LANGUAGES) as other:
        fill(other)
        before = everything_served(other)
        with pytest.raises(Conflict, match="--replace"):
            other.restorer(unwatched).restore(backup)
        assert everything_served(other) == before
        other.close()
        other.restorer(unwatched).restore(backup, replace=True)
        now = Container(other.settings)
        now.__dict__.update({name: other.__dict__[name] for name in ("synthesizers", "translators")})
        now.prepare_service()
        assert everything_served(now, *private) == everything_served(container, *private)
        assert {name for name in now.blobs.names("") if not name.startswith("maintenance/")} == set(
            read_snapshot(backup, snapshot_ids(backup)[-1]).blobs
        )
        now.close()


def test_a_library_that_a_service_has_open_is_left_alone(filled: tuple[Container, list[str]], tmp_path: Path) -> None:
    container, _ = filled
    backup = open_blobs(tmp_path / "backup")
    container.saver(unwatched).save(backup)
    with quick_container(tmp_path / "other", *LANGUAGES) as other:
        other.close()
        program = (
            "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
        )
        command = [sys.executable, "-c", program, other.settings.data / "podcaster.sqlite"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
            assert service.stdout is not None
            assert service.stdout.readline() == b"open\n"
            with pytest.raises(Conflict, match=f"in use: process {service.pid}"):
                other.restorer(unwatched).restore(backup, replace=True)
            service.communicate()


def test_a_file_without_a_library_is_in_the_way_too(filled: tuple[Container, list[str]], tmp_path: Path) -> None:
    container, _ = filled
    backup = open_blobs(tmp_path / "backup")
    container.saver(unwatched).save(backup)
    (tmp_path / "data" / "blobs" / "media").mkdir(parents=True)
    (tmp_path / "data" / "blobs" / "media" / "a.mp3").write_bytes(b"somebody's")
    with pytest.raises(Conflict, match=r"media/a\.mp3"):
        restored(tmp_path, backup)


def test_a_damaged_object_is_found_before_anything_is_served(
    filled: tuple[Container, list[str]], tmp_path: Path
) -> None:
    container, _ = filled
    backup = open_blobs(tmp_path / "backup")
    saved = container.saver(unwatched).save(backup)
    blobs = read_snapshot(backup, saved.snapshot).blobs
    digest = next(blob.digest for name, blob in blobs.items() if name.endswith(".mp3"))
    file = tmp_path / "backup" / "objects" / digest[:2] / digest
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with pytest.raises(StorageFailed, match=digest):
        restored(tmp_path, backup)
    half = Container(container.settings.model_copy(update={"data": tmp_path / "data"}))
    with pytest.raises(Conflict, match="interrupted"):
        half.prepare_service()
    half.close()
    done = command_line.podcaster(tmp_path, "backup", tmp_path / "backup", PODCASTER_DATA=tmp_path / "data")
    assert done.returncode == 1
    assert "interrupted" in done.stderr
    assert snapshot_ids(backup) == [saved.snapshot]


def test_nothing_is_restored_from_where_nothing_was_backed_up(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="no snapshot"):
        restored(tmp_path, open_blobs(tmp_path / "empty"))


class Deleting:
    """A store in which a named file is deleted between the reading of the rows and that of the files, once."""

    def __init__(self, store: BlobStore, act: object) -> None:
        self._store = store
        self._act = act

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def listed(self, prefix: str) -> object:
        act, self._act = (self._act, None) if prefix == "" else (None, self._act)
        if act is not None:
            act()  # type: ignore[operator]
        return self._store.listed(prefix)


def test_rows_are_read_again_where_a_file_that_they_name_was_deleted_meanwhile(tmp_path: Path) -> None:
    """An editor withdraws and publishes while the backup runs: the snapshot is of one moment."""
    with quick_container(tmp_path / "data", *LANGUAGES) as container:
        fill(container)
        backup = open_blobs(tmp_path / "backup")
        article = container.library.articles()[0].article.id
        held = next(each.article.id for each in container.library.articles() if "Held" in each.article.title)

        def edit() -> None:
            container.publication.release(held, container.languages[1])
            container.publication.withdraw(article, container.languages[1])

        store = Deleting(container.blobs, edit)
        saver = Saver(
            library=container.library_copies,
            blobs=store,
            clock=lambda: datetime.now(UTC),
            version="1",
            base_url="http://a",  # type: ignore[arg-type]
        )
        saved = saver.save(backup)
        assert not saved.missing
        again = restored(tmp_path, backup)
        assert everything_served(again) == everything_served(container)
        again.publication.release(article, container.languages[1])
        again.close()


def run(data: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """The deadly program, in a container's data folder."""
    environment = {**os.environ, "PODCASTER_DATA": str(data), "PODCASTER_LANGUAGES": ",".join(LANGUAGES)}
    command = [sys.executable, SUPPORT / "deadly_backup.py", *map(str, arguments)]
    return subprocess.run(command, env=environment, cwd=data.parent, capture_output=True, text=True, check=False)


@pytest.mark.faults
@pytest.mark.parametrize(
    ("part", "method", "call"), [("backup", "put", 3), ("backup", "put", 30), ("blobs", "get", 20)]
)
def test_a_backup_that_was_killed_goes_on_with_what_it_has_copied(
    filled: tuple[Container, list[str]], tmp_path: Path, part: str, method: str, call: int
) -> None:
    container, private = filled
    folder = tmp_path / "backup"
    died = run(container.settings.data, "backup", folder, part, method, call)
    assert died.returncode == -signal.SIGKILL, died.stderr
    backup = open_blobs(folder)
    assert not snapshot_ids(backup)
    copied = len(stored(folder))
    saved = container.saver(unwatched).save(backup)
    assert saved.new_objects <= len(stored(folder)) - copied
    again = restored(tmp_path, backup)
    assert everything_served(again, *private) == everything_served(container, *private)
    again.close()


@pytest.mark.faults
@pytest.mark.parametrize(
    ("part", "method", "call"), [("blobs", "put", 4), ("library", "replace", 1), ("blobs", "delete", 1)]
)
def test_a_restore_that_was_killed_is_finished_by_the_next(
    filled: tuple[Container, list[str]], tmp_path: Path, part: str, method: str, call: int
) -> None:
    container, private = filled
    folder = tmp_path / "backup"
    container.saver(unwatched).save(open_blobs(folder))
    data = tmp_path / "data"
    data.mkdir()
    died = run(data, "restore", folder, part, method, call)
    assert died.returncode == -signal.SIGKILL, died.stderr
    again = restored(tmp_path, open_blobs(folder))
    assert everything_served(again, *private) == everything_served(container, *private)
    again.close()


def test_sqlite_and_postgresql_restore_one_another(
    filled: tuple[Container, list[str]], tmp_path: Path, postgres: OwnPostgres
) -> None:
    """A laptop becomes a fleet, and back."""
    container, private = filled
    first, second = open_blobs(tmp_path / "first"), open_blobs(tmp_path / "second")
    container.saver(unwatched).save(first)
    on_postgres = restored(tmp_path / "fleet", first, database_url=postgres.new_database())
    assert everything_served(on_postgres, *private) == everything_served(container, *private)
    new = on_postgres.newsroom.submit(Submission(body=f"# After the move\n\n{LINE}".encode(), name="new.md"))
    with on_postgres.queue.working():
        until(lambda: on_postgres.library.render(new.id).state.final)
    on_postgres.saver(unwatched).save(second)
    served = everything_served(on_postgres, *private)
    laptop = restored(tmp_path / "laptop", second)
    assert everything_served(laptop, *private) == served
    laptop.close()
    on_postgres.close()
    with (
        on_postgres.library_copies.reading(),
        pytest.raises(Conflict, match=r"in use: 1 other connections to the database by \w+ \(podcaster\)"),
    ):
        on_postgres.restorer(unwatched).restore(first, replace=True)
    on_postgres.restorer(unwatched).restore(first, replace=True)
    before = Container(on_postgres.settings)
    assert everything_served(before, *private) == everything_served(container, *private)
    before.close()


def test_a_backup_of_an_earlier_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    """Rows are loaded into the schema that they come from, and migrated there."""
    with quick_container(tmp_path / "data", *LANGUAGES) as container:
        copies = container.library_copies
        article = {
            "id": "a-report-12345678",
            "record": json.dumps({"id": "a-report-12345678", "title": "A levy", "language": "en", "body": []}),
            "added": "2026-05-04T06:30:00",
            "changed": "2026-05-04T06:30:00",
        }
        container.close()
        copies.replace("0005", [("articles", [article])])
        assert not copies.is_empty()
        now = Container(container.settings)
        assert now.library.article(article["id"]).article.title == "A levy"  # type: ignore[arg-type]
        now.close()
        with pytest.raises(StorageFailed, match="9999"):
            copies.replace("9999", [])


def test_there_is_one_backup_at_a_time(filled: tuple[Container, list[str]]) -> None:
    container, _ = filled
    with container.one_backup(), pytest.raises(Conflict, match="running"), Container(container.settings).one_backup():
        raise AssertionError("two at once")


def test_commands_back_up_and_restore(filled: tuple[Container, list[str]], tmp_path: Path) -> None:
    container, _ = filled

    def podcaster(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return command_line.podcaster(
            tmp_path, *arguments, PODCASTER_DATA=data, PODCASTER_BASE_URL=container.settings.base_url
        )

    made = podcaster(container.settings.data, "backup", "to a folder", "--keep", "3", "--json")
    assert made.returncode == 0, made.stderr
    snapshot = json.loads(made.stdout)["snapshot"]
    done = podcaster(tmp_path / "data", "restore", "to a folder")
    assert done.returncode == 0, done.stderr
    assert f"Snapshot {snapshot} is restored" in done.stdout
    refused = podcaster(tmp_path / "data", "restore", "to a folder")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "--replace" in refused.stderr


def test_what_is_not_there_is_not_backed_up_and_not_restored(tmp_path: Path) -> None:
    nothing = Container(Settings(data=tmp_path / "nothing"))
    with pytest.raises(StorageFailed, match="no library"):
        nothing.saver(unwatched).save(open_blobs(tmp_path / "backup"))
    with pytest.raises(NotThere, match="no folder"):
        nothing.backup_store(str(tmp_path / "elsewhere"), made=False)
    with pytest.raises(SettingsWrong, match="own store"):
        nothing.backup_store(str(tmp_path / "nothing" / "blobs"))


def test_a_backup_that_was_taken_during_a_pause_is_not_paused_when_it_is_restored(tmp_path: Path) -> None:
    """Also one of an earlier podcaster, whose snapshot holds the mark."""
    with quick_container(tmp_path / "paused", "en") as container:
        container.library.generation()
        container.presence.pause()
        backup = open_blobs(tmp_path / "backup")
        container.saver(unwatched).save(backup)
        (id_,) = snapshot_ids(backup)
        snapshot = read_snapshot(backup, id_)
        assert "paused_workers" not in snapshot.blobs
        mark = container.blobs.get("paused_workers")
        backup.put(object_name(digest_of(mark)), mark)
        kept = {**snapshot.blobs, "paused_workers": SavedBlob(digest_of(mark), len(mark), NOW.isoformat())}
        write_snapshot(backup, replace(snapshot, blobs=kept))
        assert container.presence.paused()
    again = Container(Settings(data=tmp_path / "again", languages=("en",)))
    again.restorer(unwatched).restore(backup, None)
    assert again.presence.paused() is None
    again.close()
