"""Whoever balances load learns at once that a store does not answer, and which one."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

from podcaster.ports import BlobStore
from support.small_service import client, served, small_service
from support.waiting import until


def test_a_frozen_database_is_named_and_holds_up_no_probe(tmp_path: Path) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as probe:
        assert probe.get("/readyz").json()["status"] == "ready"
        other = sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            answers = [probe.get("/readyz", timeout=5) for _ in range(3)]
            assert probe.get("/healthz").status_code == 200
        finally:
            other.rollback()
            other.close()
        assert {(each.status_code, each.json()["code"]) for each in answers} == {(503, "storage-failed")}
        assert all("database" in each.json()["detail"] and "storage" not in each.json()["detail"] for each in answers)
        assert answers[0].headers["retry-after"]
        until(lambda: probe.get("/readyz").status_code == 200)


def test_hanging_storage_is_asked_once_and_holds_up_no_page(tmp_path: Path) -> None:
    """The probes of an hour do not use up the threads that requests are answered by."""
    asked, released = [], threading.Event()

    class Hanging:
        def __init__(self, blobs: BlobStore) -> None:
            self._blobs = blobs

        def __getattr__(self, name: str) -> object:
            return getattr(self._blobs, name)

        def size(self, name: str) -> int | None:
            asked.append(name)
            released.wait(60)
            return None

    with small_service(tmp_path) as made:
        services = replace(made.services, blobs=Hanging(made.blobs))  # type: ignore[arg-type]
        with served(services) as url, client(url) as probe:
            try:
                answers = [probe.get("/readyz", timeout=5) for _ in range(3)]
                assert all("storage" in each.json()["detail"] for each in answers)
                assert asked == ["ready"]
                assert probe.get("/").status_code == 200
            finally:
                released.set()
