"""Rate limits of keys: more is 429 with the time to wait, for changes sooner than for reads, and never at the desk's pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from podcaster.adapters.token_buckets import TokenBuckets
from podcaster.errors import AskedTooOften
from podcaster.web.server.limits import RateLimits
from support.small_service import SmallService, client, served, small_service


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    buckets = TokenBuckets(tmp_path / "limits", lambda: 1_000.0)
    limits = RateLimits(buckets=buckets, changes=3, reads=8, wrong_keys=4)
    with small_service(tmp_path / "data") as made, served(made.services, limits) as url:
        yield made, url
    buckets.close()


def test_a_key_that_changes_too_much_is_told_when_to_come_again(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], "edit") as editor:
        answers = [editor.post("/api/articles", json={"text": "A report\n\nIt rained."}) for _ in range(4)]
        assert [each.status_code for each in answers] == [202, 202, 202, 429]
        assert [each.headers["ratelimit"] for each in answers] == [
            '"changes";r=2;t=0', '"changes";r=1;t=0', '"changes";r=0;t=20', '"changes";r=0;t=20',
        ]  # fmt: skip
        assert {each.headers["ratelimit-policy"] for each in answers} == {'"changes";q=3;w=60'}
        assert (answers[-1].headers["retry-after"], answers[-1].json()["code"]) == ("20", "asked-too-often")
        assert editor.get("/api/articles").status_code == 200
    with client(serving[1], "publish") as other:
        assert other.post("/api/articles", json={"text": "A report\n\nIt rained."}).status_code == 202


def test_reads_have_a_wider_limit_of_their_own(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], "read") as reader:
        assert [reader.get("/api/sources").status_code for _ in range(9)] == [200] * 8 + [429]


def test_an_assistant_is_counted_by_its_token_or_its_network(tmp_path: Path) -> None:
    limits = RateLimits(buckets=TokenBuckets(tmp_path / "limits", lambda: 1_000.0), reads=2)
    somewhere: dict[str, Any] = {"client": ("203.0.113.5", 1)}
    elsewhere: dict[str, Any] = {"client": ("198.51.100.5", 1)}
    for _ in range(2):
        limits.count_assistant(somewhere, "")
    with pytest.raises(AskedTooOften):
        limits.count_assistant(somewhere, "")
    limits.count_assistant(elsewhere, "")
    limits.count_assistant(somewhere, "a token")


def test_wrong_keys_are_counted_by_network_and_good_ones_go_on(serving: tuple[SmallService, str]) -> None:
    url = serving[1]
    with client(url, authorization="Bearer not-a-key-0123456789") as stranger:
        answers = [stranger.get("/api/articles") for _ in range(5)]
    assert [each.status_code for each in answers] == [401] * 4 + [429]
    assert answers[-1].headers["retry-after"] == "15"
    with client(url, **{"x-podcaster-desk": "1"}) as browser:
        assert browser.post("/desk/session", json={"key": "another-wrong-key-012345"}).status_code == 429
        assert browser.post("/desk/session", json={"key": "edit-key-0123456789"}).status_code == 204
    with client(url, "read") as reader:
        assert reader.get("/api/articles").status_code == 200


def test_no_client_escapes_the_limit_by_naming_another_address(serving: tuple[SmallService, str]) -> None:
    """Nobody is a trusted proxy unless the settings name one."""
    with client(serving[1], authorization="Bearer not-a-key-0123456789") as stranger:
        answers = [stranger.get("/api/articles", headers={"x-forwarded-for": f"192.0.2.{place}"}) for place in range(5)]
    assert [each.status_code for each in answers] == [401] * 4 + [429]


def test_the_desks_pages_and_the_publics_are_not_counted(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], **{"x-podcaster-desk": "1"}) as browser:
        browser.post("/desk/session", json={"key": "edit-key-0123456789"})
        assert {browser.get(path).status_code for path in ("/desk", "/", "/feeds.opml") * 10} == {200}


def test_without_a_limit_nothing_is_counted(tmp_path: Path) -> None:
    with (
        small_service(tmp_path / "data") as made,
        served(made.services, RateLimits()) as url,
        client(url, "read") as reader,
    ):
        answer = reader.get("/api/articles")
    assert (answer.status_code, "ratelimit" in answer.headers) == (200, False)
