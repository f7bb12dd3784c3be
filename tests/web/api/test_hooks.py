"""Hooks, over a real service: signed calls publish, update and withdraw; all others are refused."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping

import httpx
import pytest

from support.running_service import Service, running_service

SECRET = "a secret that nobody guesses"
WORDS = "The harbour board has voted for a second quay. The ferries are full in the morning, and the town wants more. "


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hooks") / "a folder"
    with running_service(folder, PODCASTER_HOOK_SECRET=SECRET, PODCASTER_LANGUAGES="en") as made:
        yield made


def signed(body: bytes, *, ago: int = 0, secret: str = SECRET) -> dict[str, str]:
    moment = int(time.time()) - ago
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-podcaster-signature": f"t={moment},v1={made}", "content-type": "application/json"}


def pushed(service: Service, said: Mapping[str, object], hook: str = "article") -> httpx.Response:
    body = json.dumps(said).encode()
    with service.client() as client:
        return client.post(f"/api/hooks/{hook}", content=body, headers=signed(body))


def post(
    title: str, status: str = "publish", text: str = WORDS * 4, link: str = "https://wp.example/quay/"
) -> dict[str, object]:
    return {
        "id": 7, "link": link, "status": status, "title": {"rendered": title}, "content": {"rendered": f"<p>{text}</p>"},
        "date_gmt": "2026-05-04T06:00:00",
    }  # fmt: skip


def live(service: Service, article: str) -> int:
    with service.editor() as client:
        return len(client.get(f"/api/articles/{article}").json()["episodes"])


def test_a_post_is_published_updated_under_its_id_withdrawn_and_published_again(service: Service) -> None:
    first = pushed(service, post("A second quay &amp; more"), "wordpress")
    assert first.status_code == 202, first.text
    article = first.json()["article"]
    assert service.finished(first.json()["render"])["state"] == "done"
    assert live(service, article) == 1
    same = pushed(service, post("A second quay &amp; more") | {"modified": "later"}, "wordpress").json()
    assert same == {"article": article, "render": None}
    changed = pushed(service, post("A third quay", text=WORDS * 4 + "The vote is on Friday."), "wordpress").json()
    assert changed["article"] == article
    done = service.finished(changed["render"])
    assert done["languages"]["en"]["reused"] > 0  # type: ignore[index]
    trashed = post("A third quay", "trash", link="https://wp.example/quay__trashed/")
    assert pushed(service, trashed, "wordpress").json() == {"article": None, "render": None}
    assert live(service, article) == 0
    back = post("A third quay", text=WORDS * 4 + "The vote is on Friday.") | {"modified": "later still"}
    again = pushed(service, back, "wordpress").json()  # the same bytes in the same second would be taken for a replay
    assert again["article"] == article
    service.finished(again["render"])
    assert live(service, article) == 1


def test_a_post_brings_its_authors_and_tags_from_the_plug_in_or_the_rest_api(service: Service) -> None:
    own = post("A tide mill turns again", link="https://wp.example/mill/") | {
        "authors": ["Ana Ruiz"],
        "tags": ["Sea"],
        "language": "en-GB",
    }
    embedded = {"author": [{"name": "Teo Vidal"}], "wp:term": [[{"name": "Rivers"}], [{"name": "Trade"}]]}
    rest = post("A lock is dug", text="The lock opens. " + WORDS * 4, link="https://wp.example/lock/") | {
        "tags": [3, 4],
        "_embedded": embedded,
    }
    for said, authors, topics in ((own, ["Ana Ruiz"], ["Sea"]), (rest, ["Teo Vidal"], ["Rivers", "Trade"])):
        taken = pushed(service, said, "wordpress").json()
        service.finished(taken["render"])
        with service.editor() as client:
            report = client.get(f"/api/articles/{taken['article']}").json()["report"]
        assert (report["authors"], report["topics"]) == (authors, topics)


def test_a_report_in_our_own_form_is_taken_and_withdrawn(service: Service) -> None:
    url = "https://example.com/ferries"
    taken = pushed(service, {"url": url, "markdown": f"# Fuller ferries\n\n{WORDS}", "languages": ["en"]})
    assert taken.status_code == 202, taken.text
    service.finished(taken.json()["render"])
    assert live(service, taken.json()["article"]) == 1
    assert pushed(service, {"action": "withdraw", "url": url}).status_code == 202
    assert live(service, taken.json()["article"]) == 0


def test_a_call_that_was_heard_is_not_heard_again(service: Service) -> None:
    body = json.dumps(post("Once", link="https://wp.example/once/")).encode()
    headers = signed(body)
    with service.client() as client:
        answers = [client.post("/api/hooks/wordpress", content=body, headers=headers).status_code for _ in range(2)]
    assert answers == [202, 400]


@pytest.mark.parametrize(
    ("ago", "secret", "changed"), [(330, SECRET, b""), (-330, SECRET, b""), (0, "another", b""), (0, SECRET, b" ")]
)
def test_what_is_old_foreign_or_changed_is_refused(service: Service, ago: int, secret: str, changed: bytes) -> None:
    body = json.dumps(post("Refused")).encode()
    headers = signed(body, ago=ago, secret=secret)
    with service.client() as client:
        answer = client.post("/api/hooks/wordpress", content=body + changed, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "signature-wrong")


@pytest.mark.parametrize("said", [{}, {"action": "explode", "url": "https://a.example"}, {"html": "<p>", "text": "x"}])
def test_a_signed_call_that_says_nothing_is_refused(service: Service, said: dict[str, object]) -> None:
    assert pushed(service, said | {"nonce": str(time.time())}).status_code == 400


def test_without_a_signature_nothing_is_said_but_that(service: Service) -> None:
    with service.client() as client:
        assert client.post("/api/hooks/article", content=b"{}").json()["code"] == "signature-wrong"
