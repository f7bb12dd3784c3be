"""Back-fills over the API and from the command line: added, looked at, paused, ended."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from podcaster.cli import app
from support.event_stream import events, told
from support.small_service import SmallService, client, served, small_service


@pytest.fixture
def made(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path / "data") as made:
        yield made


@pytest.fixture
def url(made: SmallService) -> Iterator[str]:
    with served(made.services) as url:
        yield url


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service without back-fills, for tests that add none."""
    with small_service(tmp_path_factory.mktemp("unchanged")) as made, served(made.services) as url:
        yield url


def test_an_archive_is_handed_in_paused_resumed_and_ended(url: str) -> None:
    with client(url, "publish") as editor:
        new = {"urls": [f"https://example.com/{number}" for number in (1, 2, 3, 2)], "name": "The nineties"}
        answer = editor.post("/api/backfills", json=new)
        assert answer.status_code == 202, answer.text
        added = answer.json()
        where = answer.headers["location"]
        assert (added["state"], added["total"], added["waiting"], added["name"]) == ("running", 3, 3, "The nineties")
        assert editor.post(f"{where}/pause").json()["state"] == "paused"
        assert editor.post(f"{where}/resume").json()["state"] == "running"
        assert editor.post(f"{where}/cancel").json()["state"] == "cancelled"
        assert editor.post(f"{where}/resume").status_code == 409
        whole = editor.get(where).json()
        assert (whole["cancelled"], whole["waiting"], whole["failures"]) == (3, 0, [])
        items = editor.get(f"{where}/items", params={"state": "cancelled", "limit": 2, "after": 0}).json()["items"]
        assert [each["name"] for each in items] == ["https://example.com/2", "https://example.com/3"]
        assert [each["backfill"] for each in editor.get("/api/backfills").json()["backfills"]] == [added["backfill"]]


def test_one_that_is_added_twice_with_one_key_is_one(url: str) -> None:
    """Also when the second is sent while the first is under way, as by a program that does not hear an answer in time."""
    new = {"urls": ["https://example.com/1"], "name": "The nineties"}
    with client(url, "publish", **{"idempotency-key": "k1"}) as editor, ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(lambda _: editor.post("/api/backfills", json=new), range(4)))
        assert {each.status_code for each in answers} == {202}
        assert len({each.headers["location"] for each in answers}) == 1
        for other in ({"name": "The eighties"}, {"only": "https://example.com/"}, {"languages": ["es"]}):
            answer = editor.post("/api/backfills", json=new | other)
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert len(editor.get("/api/backfills").json()["backfills"]) == 1


def test_whoever_watches_one_is_told_each_state_until_it_has_ended(url: str) -> None:
    with client(url, "publish") as editor:
        where = editor.post("/api/backfills", json={"urls": ["https://example.com/1"]}).headers["location"]
        with editor.stream("GET", f"{where}/events") as answer:
            stream = events(answer)
            first = told(stream)
            assert (first["state"], first["total"], first["failures"]) == ("running", 1, [])
            editor.post(f"{where}/pause")
            assert told(stream)["state"] == "paused"
        with editor.stream("GET", f"{where}/events", headers={"last-event-id": first["id"]}) as answer:
            stream = events(answer)
            assert told(stream)["state"] == "paused"
            editor.post(f"{where}/cancel")
            last = told(stream)
            assert (last["state"], last["cancelled"]) == ("cancelled", 1)
            assert list(stream) == []
        assert editor.get(f"{where}/events", headers={"last-event-id": last["id"]}).status_code == 204
        assert editor.get("/api/backfills/none/events").json()["code"] == "backfill-unknown"


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ({}, 400),
        ({"url": "https://example.com/a", "urls": ["https://example.com/b"]}, 400),
        ({"url": "ftp://example.com/a"}, 422),
        ({"urls": []}, 422),
        ({"url": "https://example.com/a", "languages": ["not a language"]}, 400),
    ],
)
def test_what_is_no_archive_is_refused(unchanged: str, new: dict[str, object], status: int) -> None:
    with client(unchanged, "publish") as editor:
        assert editor.post("/api/backfills", json=new).status_code in {status, 400, 422}
        assert editor.get("/api/backfills").json() == {"backfills": []}


def test_whoever_may_only_read_may_only_look(unchanged: str) -> None:
    with client(unchanged, "read") as reader:
        assert reader.post("/api/backfills", json={"url": "https://example.com/a"}).status_code == 403
        assert reader.get("/api/backfills/none").json()["code"] == "backfill-unknown"


def test_a_folder_is_handed_in_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODCASTER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old" / "1997").mkdir(parents=True)
    for name in ("1997/a.md", "b.html", "c.zip"):
        (tmp_path / "old" / name).write_text(f"# {name}\n")
    added = CliRunner().invoke(app, ["backfill", "add", "old", "--json"])
    assert added.exit_code == 0, added.output
    key = json.loads(added.stdout)["backfill"]
    shown = json.loads(CliRunner().invoke(app, ["backfill", "show", key, "--json"]).stdout)
    assert (shown["name"], shown["state"], shown["total"], shown["waiting"]) == ("old", "running", 2, 2)
    assert re.search("paused: 0 of 2 done, 2 waiting", CliRunner().invoke(app, ["backfill", "pause", key]).stdout)
    assert "running" in CliRunner().invoke(app, ["backfill", "resume", key]).stdout
    assert "cancelled" in CliRunner().invoke(app, ["backfill", "cancel", key]).stdout
    assert key in CliRunner().invoke(app, ["backfill", "list"]).stdout
