"""Linking a speaker as a person does it, in a real browser: the page of the Alexa app, and the code on one's own page."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from podcaster.listener.digests import secret_digest
from podcaster.ports import Library
from support.account_linking import ASKED, CLIENT, HERE, SECRETS, VERIFIER
from support.examples import NOW
from support.small_service import client, served, small_service

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BASE = "https://podcasts.example"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[str, dict[str, str], Library]]:
    """Its URL, a listener's own addresses, and its library."""
    with small_service(tmp_path, linking=CLIENT, base_url=BASE, speaker=lambda headers, body: b"{}") as made:
        made.publish(language="en", guid="urn:en", title="One")
        with served(made.services) as url, client(url) as web:
            yield url, web.post("/listeners", json={"languages": ["en"]}).json(), made.library


def visiting(context: BrowserContext, faults: list[str]) -> Page:
    """A page that may be sent to Amazon, who answers from here; what it complains of is noted."""
    context.set_default_timeout(60_000)
    context.route("https://*.amazon.com/**", lambda route: route.fulfill(body="linked", content_type="text/plain"))
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    return page


@pytest.mark.parametrize("script", [True, False])
def test_a_listener_links_their_account_with_a_script_and_without(
    chromium: Browser,
    service: tuple[str, dict[str, str], Library],
    script: bool,  # noqa: FBT001 # a parameter of the test
) -> None:
    url, own, library = service
    faults: list[str] = []
    context = chromium.new_context(base_url=url, locale="en", java_script_enabled=script)
    page = visiting(context, faults)
    page.goto(f"/oauth/authorize?{urlencode(ASKED)}")
    page.get_by_label("Your private link, or your speaker code").fill("not mine")
    page.get_by_role("button", name="Link").click()
    expect(page.get_by_role("alert")).to_contain_text("link or code is not valid")
    page.get_by_label("Your private link, or your speaker code").fill(own["code"])
    page.get_by_role("button", name="Link").click()
    page.wait_for_url(f"{HERE}?**")
    told = dict(parse_qsl(urlsplit(page.url).query))
    assert told["state"] == ASKED["state"]
    form = {"grant_type": "authorization_code", "code": told["code"], "redirect_uri": HERE, "code_verifier": VERIFIER}
    with client(url) as web:
        access = web.post("/oauth/token", data=form, auth=SECRETS).json()["access_token"]
    assert library.linked_listener(speaker="", access=secret_digest(access), now=NOW)
    context.close()
    assert faults == []


def test_a_listener_sees_a_code_to_read_out_and_unlinks(
    chromium: Browser, service: tuple[str, dict[str, str], Library]
) -> None:
    url, own, _ = service
    faults: list[str] = []
    context = chromium.new_context(base_url=url, locale="en")
    page = visiting(context, faults)
    page.goto(urlsplit(own["url"]).path)
    page.get_by_role("button", name="Get a code").click()
    said = page.get_by_text(re.compile("link code( [0-9]){6}[.] It works once, for 10 minutes"))
    expect(said).to_be_visible()
    page.get_by_role("button", name="Unlink all speakers").click()
    expect(said).to_be_hidden()
    expect(page.get_by_role("button", name="Get a code")).to_be_visible()
    context.close()
    assert faults == []
