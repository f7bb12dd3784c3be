"""Assistants search, read and play reports, and hear a listener's own briefing: the SDK's own client over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from mcp.types import CallToolResult

from podcaster.listener.account import Listener
from podcaster.listener.feed_token import token_of
from podcaster.listener.preferences import Preferences
from podcaster.model.reviews import Review
from podcaster.units import LanguageTag
from support import spoken_reports
from support.account_linking import CHALLENGE, CLIENT, HERE
from support.examples import NOW
from support.small_service import SmallService, client, served, small_service

BASE = "https://podcasts.example"
TOKEN = token_of(b"0" * 32)


class Rerouted(httpx2.AsyncBaseTransport):
    """Requests of the public address go to the service on this machine."""

    def __init__(self, url: str) -> None:
        self._there = urlsplit(url)
        self._inner = httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        assert str(request.url).startswith(BASE)
        here = request.url.copy_with(scheme="http", host=self._there.hostname, port=self._there.port)
        sent = httpx2.Request(
            request.method, here, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return await self._inner.handle_async_request(sent)

    async def aclose(self) -> None:
        await self._inner.aclose()


CONFIGURED = OAuthClientInformationFull(
    client_id=CLIENT.id,
    client_secret=CLIENT.secret,
    redirect_uris=[HERE],  # type: ignore[list-item]
    token_endpoint_auth_method="client_secret_post",
    issuer=BASE,
)
LOOPBACK = "http://127.0.0.1:33418/callback"


@dataclass
class Kept:
    """An assistant's state: its registration, and tokens."""

    client: OAuthClientInformationFull | None = field(default_factory=lambda: CONFIGURED)
    tokens: OAuthToken | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@dataclass
class Browser:
    """A listener who is asked, and allows it."""

    url: str
    page: str = ""
    came_back: dict[str, str] = field(default_factory=dict)

    async def ask(self, address: str) -> None:
        fields = {**dict(parse_qsl(urlsplit(address).query)), "pasted": TOKEN, "decision": "allow"}
        async with httpx.AsyncClient(base_url=self.url) as web:
            page = await web.get(address.removeprefix(BASE))
            assert page.status_code == 200, page.text
            self.page = page.text
            answer = await web.post("/oauth/authorize", data=fields)
        self.came_back = {name: said[0] for name, said in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    async def answered(self) -> AuthorizationCodeResult:
        return AuthorizationCodeResult(code=self.came_back["code"], state=self.came_back["state"])


@dataclass
class Service:
    """A service, and how an assistant talks with it."""

    made: SmallService
    url: str

    def conversation(self, say: Callable[[Client], Awaitable[None]], auth: httpx2.Auth | None = None) -> None:
        async def held() -> None:
            async with (
                httpx2.AsyncClient(transport=Rerouted(self.url), auth=auth) as web,
                Client(streamable_http_client(f"{BASE}/mcp", http_client=web)) as assistant,
            ):
                await say(assistant)

        asyncio.run(held())

    @property
    def sign_in(self) -> OAuthClientProvider:
        browser = Browser(self.url)
        metadata = OAuthClientMetadata(client_name="An assistant", redirect_uris=[HERE], scope="listen")  # type: ignore[list-item]
        return OAuthClientProvider(f"{BASE}/mcp", metadata, Kept(), browser.ask, browser.answered)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("assistants")
    with small_service(folder, linking=CLIENT, base_url=BASE, assistants=True) as made:
        made.library.add_listener(Listener.new(TOKEN, Preferences(languages=(LanguageTag("es"),)), id="ann", now=NOW))
        made.publish(title="A cable to Norway", topics=("Norway",), language="en", guid="urn:cable", translator="")
        made.publish(
            title="Un cable a Noruega", topics=("Noruega",), language="es", guid="urn:cable-es", translator="argos",
            review=Review(editor="ana", at=NOW),
        )  # fmt: skip
        spoken_reports.publish(made, 1)
        with served(made.services) as url:
            yield Service(made, url)


@pytest.fixture(scope="module")
def plain_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Assistants, and nothing said of Alexa."""
    with small_service(tmp_path_factory.mktemp("plain"), base_url=BASE, assistants=True) as made:
        made.library.add_listener(Listener.new(TOKEN, Preferences(languages=(LanguageTag("es"),)), id="ann", now=NOW))
        spoken_reports.publish(made, 1)
        with served(made.services) as url:
            yield Service(made, url)


def said(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    content: dict[str, Any] = result.structured_content or {}
    return content


def test_a_whole_conversation(service: Service) -> None:
    async def talk(assistant: Client) -> None:
        tools = {tool.name: tool for tool in (await assistant.list_tools()).tools}
        assert set(tools) == {"search_reports", "latest_reports", "read_report", "my_briefing"}
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

        found = said(await assistant.call_tool("search_reports", {"query": "cable norw"}))
        (report,) = found["reports"]
        assert (report["title"], report["language"], report["synthetic_voice"]) == ("A cable to Norway", "en", True)

        read = said(
            await assistant.call_tool("read_report", {"report": report["report"], "language": "es", "limit": 1})
        )
        assert read["summary"]["title"] == "Un cable a Noruega"
        assert read["summary"]["translation"] == "reviewed"
        assert set(read["languages"]) == {"en", "es"}
        assert read["lines"][0]["play"] == f"{read['summary']['page']}#t={read['lines'][0]['start']}"
        assert read["next_line"] == 1
        rest = said(
            await assistant.call_tool("read_report", {"report": report["report"], "language": "es", "from_line": 1})
        )
        assert rest["next_line"] is None

        newest = said(await assistant.call_tool("latest_reports", {"topic": "Noruega", "language": "es"}))
        assert [each["title"] for each in newest["reports"]] == ["Un cable a Noruega"]
        assert said(await assistant.call_tool("latest_reports", {}))["found"] >= 2

    service.conversation(talk)
    with client(service.url) as web:
        page = service.made.library.episodes(language=LanguageTag("en"))[0].episode
        assert web.get(f"/episodes/{page.article}/en").status_code == 200


def test_a_listener_who_signs_in_hears_their_own_briefing(service: Service) -> None:
    async def talk(assistant: Client) -> None:
        briefing = said(await assistant.call_tool("my_briefing", {}))
        assert briefing["language"] == "es"
        assert briefing["chapters"][0]["start"] == 0
        async with httpx.AsyncClient() as player:
            audio = await player.get(briefing["audio"].replace(BASE, service.url))
        assert (audio.status_code, audio.headers["content-type"]) == (200, "audio/mpeg")
        assert audio.content[:3] == b"ID3"
        assert TOKEN not in briefing["audio"]
        assert said(await assistant.call_tool("my_briefing", {}))["audio"] == briefing["audio"]

    service.conversation(talk, auth=service.sign_in)


def test_an_assistant_registers_itself_and_its_listener_hears_their_briefing(plain_service: Service) -> None:
    """Without a word of it in the settings: registration, consent with the assistant's name and host, PKCE, refresh, revocation."""
    kept, browser = Kept(client=None), Browser(plain_service.url)
    metadata = OAuthClientMetadata(
        client_name="Desk <b>helper</b>", redirect_uris=[LOOPBACK], token_endpoint_auth_method="none", scope="listen"  # type: ignore[list-item]
    )  # fmt: skip
    auth = OAuthClientProvider(f"{BASE}/mcp", metadata, kept, browser.ask, browser.answered)

    async def talk(assistant: Client) -> None:
        assert said(await assistant.call_tool("latest_reports", {}))["found"] == 1
        briefing = said(await assistant.call_tool("my_briefing", {}))
        async with httpx.AsyncClient() as player:
            audio = await player.get(briefing["audio"].replace(BASE, plain_service.url))
        assert audio.headers["content-type"] == "audio/mpeg"

    plain_service.conversation(talk, auth=auth)
    assert kept.client is not None
    assert kept.client.client_secret is None
    assert "“Desk &lt;b&gt;helper&lt;/b&gt;”" in browser.page
    assert "127.0.0.1:33418" in browser.page
    assert kept.tokens is not None
    with client(plain_service.url) as web:
        asked = {"grant_type": "refresh_token", "refresh_token": kept.tokens.refresh_token}
        for stranger in (CLIENT.id, registered(web, "Another")["client_id"]):
            assert web.post("/oauth/token", data={**asked, "client_id": stranger}).json()["error"] in {
                "invalid_client",
                "invalid_grant",
            }
        again = web.post("/oauth/token", data={**asked, "client_id": kept.client.client_id}).json()
        ended = web.post("/oauth/revoke", data={"token": again["refresh_token"], "client_id": kept.client.client_id})
        assert ended.status_code == 200
        assert (
            web.post(
                "/oauth/token",
                data={**asked, "refresh_token": again["refresh_token"], "client_id": kept.client.client_id},
            ).json()["error"]
            == "invalid_grant"
        )


def registered(web: httpx.Client, name: str, *uris: str) -> dict[str, Any]:
    answer = web.post("/oauth/register", json={"client_name": name, "redirect_uris": [*uris] or [LOOPBACK]})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_listener_is_sent_nowhere_but_to_a_registered_address(plain_service: Service) -> None:
    with client(plain_service.url) as web:
        mine = registered(web, "Helper", "https://helper.example/back", LOOPBACK)
        query = {
            "response_type": "code", "client_id": mine["client_id"], "state": "s", "scope": "listen",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256",
        }  # fmt: skip
        for uri, status in (
            ("https://helper.example/back", 200),
            ("http://127.0.0.1:9/callback", 200),
            ("http://127.0.0.1:9/other", 400),
            ("https://helper.example/back/", 400),
            ("https://evil.example/back", 400),
        ):
            assert web.get("/oauth/authorize", params={**query, "redirect_uri": uri}).status_code == status, uri
        elsewhere = web.get(
            "/oauth/authorize",
            params={**query, "redirect_uri": "https://helper.example/back", "resource": "https://other.example/mcp"},
        )
        assert "error=invalid_target" in elsewhere.headers["location"]


@pytest.mark.parametrize(
    "uri",
    [
        "http://helper.example/back", "javascript:alert(1)", "https://a@evil.example/", "https://x/#f", "", 7,
        "https://a.example/;form-action *", "https://a.example:x/", "data:text/html,x",
    ],
)  # fmt: skip
def test_an_address_that_is_neither_https_nor_on_this_device_is_not_registered(
    plain_service: Service, uri: object
) -> None:
    with client(plain_service.url) as web:
        answer = web.post("/oauth/register", json={"client_name": "x", "redirect_uris": [uri]})
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")
        assert web.post("/oauth/register", content=b"[").json()["error"] == "invalid_client_metadata"


def test_nobody_elses_briefing_is_given_out(service: Service) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "my_briefing", "arguments": {}}}
    headers = {"accept": "application/json, text/event-stream"}
    with client(service.url) as web:
        answer = web.post("/mcp", json=call, headers=headers)
        assert answer.status_code == 401
        assert (
            f'resource_metadata="{BASE}/.well-known/oauth-protected-resource/mcp"' in answer.headers["www-authenticate"]
        )
        wrong = web.post("/mcp", json=call, headers={**headers, "authorization": "Bearer " + "A" * 43})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "key-wrong")
        elsewhere = web.post("/mcp", json=call, headers={**headers, "origin": "https://evil.example"})
        assert elsewhere.status_code == 403


def test_errors_are_said_in_words_an_assistant_can_pass_on(service: Service) -> None:
    async def talk(assistant: Client) -> None:
        for tool, asked in (("read_report", {"report": "none"}), ("search_reports", {"query": "x", "language": "ja"})):
            result = await assistant.call_tool(tool, asked)
            assert result.is_error
            assert "There are no reports in ja." in str(result.content) or "is not published" in str(result.content)

    service.conversation(talk)


def test_a_body_that_is_too_long_or_no_message_is_refused(service: Service) -> None:
    with client(service.url) as web:
        assert web.post("/mcp", content=b"x" * 300_000).status_code == 413
        assert web.post("/mcp", content=b"[", headers={"content-type": "application/json"}).status_code in {400, 406}
        assert web.get("/mcp").status_code == 405


def test_a_service_without_assistants_has_nothing_at_their_address(tmp_path: Path) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        assert web.post("/mcp", json={}).status_code == 404
        assert web.get("/.well-known/oauth-protected-resource/mcp").status_code == 404


def test_assistants_are_answered_after_a_start_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, failures = StreamableHTTPSessionManager.run, [OSError("no more files")]

    def failing(manager: StreamableHTTPSessionManager) -> object:
        if failures:
            raise failures.pop()
        return run(manager)

    monkeypatch.setattr(StreamableHTTPSessionManager, "run", failing)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"accept": "application/json, text/event-stream"}
    with small_service(tmp_path, assistants=True) as made, served(made.services) as url:
        with (
            suppress(httpx.ReadError),
            client(url) as web,
        ):  # the server may close the connection before the client reads the 500
            web.post("/mcp", json=call, headers=headers)
        with client(url) as web:
            assert web.post("/mcp", json=call, headers=headers).status_code == 200
    assert not failures
