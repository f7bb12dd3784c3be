"""The desk's page of watched sources."""

from pathlib import Path

from podcaster.source.watched import SourceItem, WatchedSource
from support.examples import NOW
from support.html_outline import Outline
from support.small_service import KEYS, client, served, small_service

FEED = WatchedSource(id="s1", url="https://reports.example/feed", added=NOW, next_poll=NOW)


def test_a_source_shows_what_became_of_its_reports(tmp_path: Path) -> None:
    def item(key: str, **changes: object) -> SourceItem:
        return SourceItem(key=key, url=f"https://reports.example/{key}", fingerprint="f", **changes)  # type: ignore[arg-type]

    with small_service(tmp_path / "sources") as made:
        made.library.add_source(FEED)
        made.library.keep_source_items(
            "s1",
            [item("a", taken="f"), item("b", taken="f"), item("c"), item("d", taken="f", error="404"),
             item("e", taken="f", withdrawn=True), item("g", taken="f", skipped="label: Sport")],
        )  # fmt: skip
        assert made.library.item_counts() == {
            "s1": {"read": 2, "waiting": 1, "failed": 1, "withdrawn": 1, "skipped": 1}
        }
        with served(made.services) as url, client(url) as browser:
            browser.headers["x-podcaster-desk"] = "1"
            assert browser.post("/desk/session", json={"key": KEYS["publish"]}).status_code == 204
            page = browser.get("/desk/sources").text
    assert Outline(page).open == []
    for told in ("2 read", "1 waiting", "1 failed", "1 skipped", "1 withdrawn"):
        assert told in page
