"""The listener's page in a real browser: what is chosen is kept, and what needs no script works without one."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.chromium import until_page
from support.running_service import Service

pytestmark = pytest.mark.browser
ACCEPT = {"accept": "application/json"}


def test_voice_pace_and_morning_are_chosen_on_the_page(chromium: Browser, service: Service, published: str) -> None:
    context = chromium.new_context(base_url=service.url, locale="en", timezone_id="Europe/Madrid")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/listeners")
    expect(page.locator("main").get_by_label("Time zone")).to_have_value("Europe/Madrid")
    expect(page.get_by_text("1 report,")).to_be_visible()
    page.get_by_role("button", name="Hear the briefing").click()
    until_page(page, "!document.querySelector('audio').paused && document.querySelector('audio').currentTime > 0")
    page.locator("main").get_by_label("Preferred language").select_option("es")
    expect(page.get_by_text("1 informe,")).to_be_visible()
    page.locator("main").get_by_label("Preferred language").select_option("en")
    page.locator("main").get_by_label("Voice").select_option("female")
    page.locator("main").get_by_label("Speed").select_option("1.25")
    page.locator("main").get_by_label("Morning briefing at").fill("07:15")
    page.get_by_role("button", name="Get my podcast").click()
    page.wait_for_url("**/l/*")
    with service.client(**ACCEPT) as web:
        chosen = web.get(page.url).json()
        assert (chosen["voice"], chosen["rate"], chosen["morning"]) == (["female"], 1.25, "07:15")
        expect(page.locator("main").get_by_label("Voice")).to_have_value("female")
        page.locator("main").get_by_label("Voice").select_option(label="en-GB-espeak")
        page.locator("main").get_by_label("Morning briefing at").fill("")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        expect(page.locator("main").get_by_label("Morning briefing at")).to_have_value("")
        expect(page.locator("main").get_by_label("Voice")).to_have_value("en-GB-espeak")
        chosen = web.get(page.url).json()
        assert (chosen["voice"], chosen["morning"]) == (["en-GB-espeak"], None)
    assert errors == []
    context.close()


def test_the_page_says_what_there_is_without_a_script_and_fits_a_phone(
    chromium: Browser, service: Service, published: str
) -> None:
    with service.client() as web:
        own = web.post("/listeners", json={"languages": ["es"], "voice": "female"}).json()
    phone = {"width": 390, "height": 844}
    context = chromium.new_context(base_url=service.url, java_script_enabled=False, viewport=phone)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(own["url"])
    expect(page.locator("input[readonly]")).to_have_value(own["feed"])
    expect(page.get_by_text(own["code"])).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    for app, scheme in {"Apple Podcasts": "podcast://", "Pocket Casts": "pktc://subscribe/"}.items():
        link = page.get_by_role("link", name=app).get_attribute("href")
        assert link == scheme + own["feed"].partition("://")[2]
    expect(page.locator("audio")).to_have_attribute("src", "/l/" + own["briefing"].partition("/l/")[2])
    expect(page.locator("main").get_by_label("Voz")).to_have_value("female")
    context.close()
    context = chromium.new_context(base_url=service.url, viewport=phone)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(own["url"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_podcast_is_made_changed_moved_and_deleted_without_a_script(
    chromium: Browser, service: Service, published: str, width: int, tmp_path: Path
) -> None:
    size = {"width": width, "height": 900}
    context = chromium.new_context(base_url=service.url, java_script_enabled=False, viewport=size, locale="es")  # type: ignore[arg-type]
    page = context.new_page()
    shots = Path(os.environ.get("SCREENSHOTS", str(tmp_path)))
    page.goto("/listeners")
    page.locator("main").get_by_label("Zona horaria").fill("Mars/Phobos")
    page.locator("main").get_by_label("Velocidad").select_option("1.25")
    page.get_by_role("button", name="Crear mi pódcast").click()
    expect(page.get_by_role("alert")).to_contain_text("No se han podido guardar tus preferencias.")
    expect(page.locator("main").get_by_label("Zona horaria")).to_have_value("Mars/Phobos")
    expect(page.locator("main").get_by_label("Velocidad")).to_have_value("1.25")
    page.screenshot(path=shots / f"refused-{width}.png", full_page=True)
    page.locator("main").get_by_label("Zona horaria").fill("Europe/Madrid")
    page.get_by_role("button", name="Crear mi pódcast").click()
    old = page.url
    expect(page.locator("input[readonly]")).to_have_value(old + "/feed.xml")
    page.locator("main").get_by_label("Minutos").fill("20")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    expect(page.locator("main").get_by_label("Minutos")).to_have_value("20")
    page.screenshot(path=shots / f"own-{width}.png", full_page=True)
    page.get_by_role("button", name="Crear otra dirección").click()
    new = page.url
    assert new != old
    with service.client(**ACCEPT) as web:
        assert (web.get(old.partition("?")[0]).status_code, web.get(new).json()["max_minutes"]) == (404, 20)
        page.get_by_role("button", name="Eliminar mi pódcast").click()
        assert page.url == service.url + "/"
        assert web.get(new).status_code == 404
    context.close()
