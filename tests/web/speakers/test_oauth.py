"""Linking an account as Alexa's app does it: OAuth 2.0 over real HTTP, and everything that is refused."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

from podcaster.errors import SettingsWrong
from podcaster.listener.account import Listener, listener_links
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import token_of
from podcaster.listener.preferences import Preferences
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.web.listeners.linking_words import linking_words
from podcaster.wiring.linking import speaker_client
from support.account_linking import ASKED, CHALLENGE, CLIENT, HERE, SECRETS, VERIFIER, returned
from support.clock import Clock
from support.examples import NOW
from support.html_outline import Outline
from support.small_service import SmallService, client, served, small_service

BASE = "https://podcasts.example"


@dataclass
class Amazon:
    """A browser and Alexa's servers, in front of a service."""

    web: httpx.Client
    made: SmallService
    clock: Clock
    own: dict[str, str]

    def asked(self, **changes: str) -> httpx.Response:
        return self.web.get("/oauth/authorize", params={**ASKED, **changes})

    def decided(self, pasted: str, **changes: str) -> httpx.Response:
        fields = {**ASKED, "pasted": pasted, "decision": "allow", **changes}
        return self.web.post("/oauth/authorize", data={name: value for name, value in fields.items() if value})

    def code(self) -> str:
        return returned(self.decided(self.own["url"]))["code"]

    def token(self, **fields: str) -> httpx.Response:
        given = {"grant_type": "authorization_code", "redirect_uri": HERE, "code_verifier": VERIFIER, **fields}
        return self.web.post("/oauth/token", data=given, auth=SECRETS)

    def refreshed(self, token: str) -> httpx.Response:
        return self.web.post("/oauth/token", data={"grant_type": "refresh_token", "refresh_token": token}, auth=SECRETS)

    def linked(self, access: str) -> str | None:
        """To whom a request of the skill belongs."""
        digest = secret_digest(access)
        found = self.made.services.library.linked_listener(speaker="", access=digest, now=self.clock())
        return found.id if found else None


@pytest.fixture
def amazon(tmp_path: Path) -> Iterator[Amazon]:
    with linking_service(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def shared_amazon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Amazon]:
    """For tests that leave the service as it was."""
    with linking_service(tmp_path_factory.mktemp("shared")) as made:
        yield made


@contextmanager
def linking_service(folder: Path) -> Iterator[Amazon]:
    clock = Clock()
    token = token_of(b"0" * 32)
    with small_service(folder, linking=CLIENT, base_url=BASE, clock=clock) as made:
        made.library.add_listener(Listener.new(token, Preferences(languages=(LanguageTag("es"),)), id="ann", now=NOW))
        with served(made.services) as url, client(url) as web:
            yield Amazon(web, made, clock, dict(listener_links(token, BASE)))


def test_an_account_is_linked_refreshed_and_ended(amazon: Amazon) -> None:
    page = amazon.asked()
    assert page.status_code == 200
    told = returned(amazon.decided(amazon.own["url"]))
    assert told["state"] == ASKED["state"]
    answer = amazon.token(code=told["code"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    given = answer.json()
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert amazon.linked(given["access_token"]) == "ann"
    amazon.clock.now += timedelta(hours=1)
    assert amazon.linked(given["access_token"]) is None
    again = amazon.refreshed(given["refresh_token"]).json()
    assert again["refresh_token"] != given["refresh_token"]
    assert amazon.linked(again["access_token"]) == "ann"
    for _ in range(2):
        ended = amazon.web.post("/oauth/revoke", data={"token": again["refresh_token"]}, auth=SECRETS)
        assert ended.status_code == 200
    assert amazon.linked(again["access_token"]) is None
    assert amazon.refreshed(again["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("pasted", ["{url}", " {url}/feed.xml\n", "{token}", "{code}", "{spelled}"])
def test_whatever_a_listener_copies_from_their_page_says_who_they_are(amazon: Amazon, pasted: str) -> None:
    token, code = amazon.own["url"].rpartition("/")[2], amazon.own["code"]
    spelled = f"{code[:4].lower()} - {code[4:]}"
    assert returned(amazon.decided(pasted.format(url=amazon.own["url"], token=token, code=code, spelled=spelled)))[
        "code"
    ]


@pytest.mark.parametrize("language", ["en", "es", "ca", "gl", "pt"])
def test_the_page_says_what_it_is_for_and_keeps_what_was_asked(shared_amazon: Amazon, language: str) -> None:
    shared_amazon.made.publish(language=language, guid=f"urn:{language}", title="One")
    page = shared_amazon.web.get("/oauth/authorize", params=ASKED, headers={"accept-language": language})
    outline = Outline(page.text)
    assert outline.open == []
    assert linking_words(LanguageTag(language))["what_happens"] in page.text
    (form,) = outline.all("form")
    assert (form["method"], form["action"]) == ("post", "/oauth/authorize")
    hidden = {each["name"]: each["value"] for each in outline.all("input") if each.get("type") == "hidden"}
    assert hidden == ASKED
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert policy.endswith("form-action 'self' https://pitangui.amazon.com")
    assert "script" not in [tag for tag, found in outline.elements if tag == "script" and "src" not in found]


def test_whoever_is_unknown_gets_the_page_again_and_what_they_pasted_is_not_on_it(amazon: Amazon) -> None:
    for pasted in ("", "somebody", "ABCD2345", "123456", "https://podcasts.example/l/" + "A" * 43, "<script>"):
        page = amazon.decided(pasted)
        assert page.status_code == 403
        assert linking_words(LanguageTag("en"))["unknown"] in page.text
        assert pasted == "" or pasted not in page.text
        assert Outline(page.text).all("form"), "to try again"


def test_guessing_is_stopped(amazon: Amazon) -> None:
    for _ in range(10):
        assert amazon.decided("ABCD2345").status_code == 403
    blocked = amazon.decided(amazon.own["code"])
    assert blocked.status_code == 429
    assert int(blocked.headers["retry-after"]) == 600
    amazon.clock.now += timedelta(minutes=10)
    assert returned(amazon.decided(amazon.own["code"]))["code"]


def test_whoever_declines_is_sent_back_without_a_code(amazon: Amazon) -> None:
    told = returned(amazon.decided(amazon.own["url"], decision="deny"))
    assert told == {"error": "access_denied", "state": ASKED["state"]} | {
        key: value for key, value in told.items() if key == "error_description"
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "somebody"},
        {"client_id": ""},
        {"redirect_uri": ""},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": HERE + "/"},
        {"redirect_uri": HERE.replace("https", "http")},
        {"redirect_uri": HERE + "?next=https://evil.example"},
        {"redirect_uri": HERE.upper()},
        {"redirect_uri": "https://pitangui.amazon.com@evil.example/api/skill/link/M1VENDOR"},
        {"redirect_uri": "javascript:alert(1)"},
        {"response_type": "token", "redirect_uri": "https://evil.example/"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_amazons(shared_amazon: Amazon, changes: dict[str, str]) -> None:
    for answer in (shared_amazon.asked(**changes), shared_amazon.decided(shared_amazon.own["url"], **changes)):
        assert answer.status_code == 400
        assert "location" not in answer.headers
        assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": "", "code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_a_faulty_request_of_amazons_is_told_to_amazon(
    shared_amazon: Amazon, changes: dict[str, str], error: str
) -> None:
    for answer in (shared_amazon.asked(**changes), shared_amazon.decided(shared_amazon.own["url"], **changes)):
        told = returned(answer)
        assert (told["error"], told["state"]) == (error, ASKED["state"])
        assert "code" not in told


def test_a_code_is_good_once_and_coming_again_it_ends_what_it_gave(amazon: Amazon) -> None:
    code = amazon.code()
    given = amazon.token(code=code).json()
    assert amazon.linked(given["access_token"]) == "ann"
    assert amazon.token(code=code).json()["error"] == "invalid_grant"
    assert amazon.linked(given["access_token"]) is None
    assert amazon.refreshed(given["refresh_token"]).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"code_verifier": CHALLENGE},
        {"redirect_uri": "https://layla.amazon.com/api/skill/link/M1VENDOR"},
        {"redirect_uri": ""},
    ],
)
def test_a_stolen_code_is_worth_nothing_and_does_not_get_a_second_try(amazon: Amazon, changes: dict[str, str]) -> None:
    code = amazon.code()
    assert amazon.token(**{"code": code, **changes}).status_code == 400
    assert amazon.token(code=code).json()["error"] == "invalid_grant"


def test_a_code_ends_after_five_minutes(amazon: Amazon) -> None:
    code = amazon.code()
    amazon.clock.now += timedelta(minutes=5)
    assert amazon.token(code=code).json()["error"] == "invalid_grant"


def test_a_refresh_token_that_comes_again_later_ends_the_grant(amazon: Amazon) -> None:
    first = amazon.token(code=amazon.code()).json()
    second = amazon.refreshed(first["refresh_token"]).json()
    lost = amazon.refreshed(first["refresh_token"])
    assert lost.status_code == 200, "its answer may have been lost"
    amazon.clock.now += timedelta(minutes=3)
    assert amazon.refreshed(first["refresh_token"]).json()["error"] == "invalid_grant"
    for dead in (second, lost.json()):
        assert amazon.linked(dead["access_token"]) is None
        assert amazon.refreshed(dead["refresh_token"]).status_code == 400


def test_only_who_knows_the_secret_gets_tokens_or_ends_them(amazon: Amazon) -> None:
    given = amazon.token(code=amazon.code()).json()
    code = amazon.code()
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": HERE, "code_verifier": VERIFIER}
    for auth in (None, ("alexa", "x" * 40), ("somebody", "s" * 40), ("alexa", "")):
        with client(str(amazon.web.base_url)) as web:
            web.auth = auth
            refused = [
                web.post("/oauth/token", data=body),
                web.post("/oauth/token", data={"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}),
                web.post("/oauth/revoke", data={"token": given["refresh_token"]}),
            ]
        assert {each.status_code for each in refused} <= {400, 401}
        assert {each.json()["error"] for each in refused} == {"invalid_client"}
    assert amazon.linked(given["access_token"]) == "ann"
    posted = {**body, "client_id": "alexa", "client_secret": "s" * 40}
    assert amazon.web.post("/oauth/token", data=posted).status_code == 200, "in the body it is as good"


@pytest.mark.parametrize(
    "authorization",
    [
        "Basic",
        "Basic !!!",
        "Basic /////w==",
        "Basic YWxleGE=",
        "Basic " + "A" * 5_000,
        "Bearer x",
        "basic\u00e9 \u00ff",
        "Basic gICA",
    ],
)
def test_whatever_stands_in_authorization_is_answered(shared_amazon: Amazon, authorization: str) -> None:
    headers = {"authorization": authorization.encode("latin-1")}
    for path in ("/oauth/token", "/oauth/revoke"):
        answer = shared_amazon.web.post(
            path, data={"grant_type": "refresh_token", "refresh_token": "x", "token": "x"}, headers=headers
        )
        assert answer.status_code in {400, 401}, answer.text
        assert answer.json()["error"] == "invalid_client"


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke", "/oauth/authorize"])
def test_what_is_no_small_form_is_refused(shared_amazon: Amazon, path: str) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    bodies: list[tuple[bytes, dict[str, str]]] = [
        (b"{}", {"content-type": "application/json"}),
        (
            b'--a\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--a--',
            {"content-type": "multipart/form-data; boundary=a"},
        ),
        (b"", form),
        (b"code=1&code=2", form),
        (b"a=%FF%FE", form),
        (b"nothing", form),
        (b"a=" + b"x" * 9_000, form),
        (b"&".join(f"a{each}=1".encode() for each in range(30)), form),
    ]
    for body, headers in bodies:
        answer = shared_amazon.web.post(path, content=body, headers=headers)
        assert answer.status_code in {400, 401}, body[:40]
    for twice in ("state", "code_challenge", "redirect_uri"):
        query = str(httpx.QueryParams([*ASKED.items(), (twice, "x")]))
        assert shared_amazon.web.get(f"/oauth/authorize?{query}").status_code == 400


def test_another_site_cannot_send_the_form(amazon: Amazon) -> None:
    for site in ("cross-site", "same-site"):
        fields = {**ASKED, "pasted": amazon.own["url"]}
        assert amazon.web.post("/oauth/authorize", data=fields, headers={"sec-fetch-site": site}).status_code == 403


def test_nothing_that_opens_something_is_kept(amazon: Amazon, tmp_path: Path) -> None:
    code = amazon.code()
    given = amazon.token(code=code).json()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.sqlite*"))
    assert secret_digest(given["access_token"]).encode() in kept
    for secret in (code, given["access_token"], given["refresh_token"]):
        assert secret.encode() not in kept


def test_nothing_that_opens_something_is_logged(amazon: Amazon, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logged:
        code = amazon.code()
        given = amazon.token(code=code).json()
        amazon.refreshed(given["refresh_token"])
        amazon.asked(redirect_uri="https://evil.example/")
        amazon.decided("ABCD2345")
    others = [each.getMessage() for each in caplog.records if not each.name.startswith(("http", "asyncio"))]
    said = f"{logged} {others}"
    assert "authorization request refused" in said
    secrets = (code, given["access_token"], given["refresh_token"], "s" * 40, amazon.own["code"], "ABCD2345")
    assert not [each for each in secrets if each in said]


def test_a_grant_that_is_refreshed_for_a_year_stays_small(amazon: Amazon, tmp_path: Path) -> None:
    given = amazon.token(code=amazon.code()).json()
    for _ in range(100):
        amazon.clock.now += timedelta(hours=12)
        given = amazon.refreshed(given["refresh_token"]).json()
    with sqlite3.connect(tmp_path / "library.sqlite") as database:
        assert database.execute("SELECT count(*) FROM oauth_tokens").fetchone()[0] < 20
    database.close()


def test_a_listener_who_moves_or_leaves_is_linked_no_more(amazon: Amazon) -> None:
    given = amazon.token(code=amazon.code()).json()
    pending = amazon.code()
    path = urlsplit(amazon.own["url"]).path
    assert amazon.web.post(f"{path}/rotate").status_code == 200
    assert amazon.linked(given["access_token"]) is None
    assert amazon.token(code=pending).status_code == 400
    assert amazon.refreshed(given["refresh_token"]).status_code == 400


def test_a_listener_unlinks_their_speakers_on_their_page(amazon: Amazon) -> None:
    given = amazon.token(code=amazon.code()).json()
    path = urlsplit(amazon.own["url"]).path
    assert amazon.web.delete(f"{path}/speakers").json() == {"unlinked": 1, "url": amazon.own["url"]}
    assert amazon.linked(given["access_token"]) is None
    assert amazon.web.delete(f"/l/{'A' * 43}/speakers").status_code == 404


def test_a_code_to_read_out_is_six_digits_that_nobody_keeps(amazon: Amazon) -> None:
    path = urlsplit(amazon.own["url"]).path
    first, second = (amazon.web.post(f"{path}/link-code") for _ in range(2))
    assert first.status_code == 201
    assert first.headers["cache-control"] == "no-store"
    assert re.fullmatch("[1-9][0-9]{5}", first.json()["code"])
    assert first.json()["minutes"] == 10
    assert first.json()["code"] != second.json()["code"]
    assert amazon.web.get(f"{path}/link-code").status_code == 405
    assert amazon.web.post(f"/l/{'A' * 43}/link-code").status_code == 404


def test_where_accounts_are_not_linked_there_is_nothing_at_these_addresses(tmp_path: Path) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        assert web.get("/oauth/authorize", params=ASKED).status_code == 404
        assert web.post("/oauth/token").status_code == 404


def test_settings_name_amazons_addresses_and_half_of_them_is_refused() -> None:
    whole = Settings(alexa_client_id="alexa", alexa_client_secret="s" * 32, alexa_vendor_id="M1")
    found = speaker_client(whole)
    assert found is not None
    assert found.redirect_uris == {
        f"https://{host}/api/skill/link/M1"
        for host in ("pitangui.amazon.com", "layla.amazon.com", "alexa.amazon.co.jp")
    }
    assert speaker_client(Settings()) is None
    for wrong in (
        Settings(alexa_client_id="alexa"),
        Settings(alexa_client_id="alexa", alexa_client_secret="s" * 32),
        Settings(alexa_vendor_id="M1"),
        whole.model_copy(update={"alexa_client_secret": "short"}),
        whole.model_copy(update={"alexa_redirect_uris": ("http://a.example/",)}),
        whole.model_copy(update={"alexa_redirect_uris": ("https://a.example/#b",)}),
    ):
        with pytest.raises(SettingsWrong):
            speaker_client(wrong)
