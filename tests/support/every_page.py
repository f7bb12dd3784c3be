"""Every kind of page that the service shows, for the suites that look at all of them."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page

from podcaster.model import LanguageReport, Render, RenderState
from podcaster.ports import BackfillManager, Library
from podcaster.source.archive import ItemState
from podcaster.units import LanguageTag, RenderId
from support.account_linking import ASKED, CLIENT
from support.examples import article_of
from support.small_service import KEYS, SmallService, chapters, client, served, small_service

REPORT = "a-report-12345678"
LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung"


@dataclass(frozen=True)
class Walk:
    """The service's URL, and the paths of its pages."""

    url: str
    ways: Mapping[str, Callable[[Page], object]]


@contextmanager
def every_page(folder: Path) -> Iterator[Walk]:
    """A service with everything in it that a page can show."""
    with small_service(folder, linking=CLIENT, base_url="https://podcasts.example", speaker=lambda *_: b"{}") as made:
        _fill(made)
        with served(made.services) as url, client(url) as web:
            own = urlsplit(web.post("/listeners", json={"languages": ["en"], "max_minutes": 20}).json()["url"]).path
            paths = {
                "home": "/",
                "show": "/shows/es",
                "second page": "/shows/es?page=2",
                "topic": "/shows/es?topic=eu",
                "search": "/shows/es?q=informe",
                "search without a result": "/shows/es?q=nothing",
                "episode": f"/episodes/{REPORT}/es",
                "episode, right to left": f"/episodes/{REPORT}/ar",
                "episode, a long word": f"/episodes/{REPORT}/de",
                "embed": f"/embed/{REPORT}?lang=es",
                "listeners": "/listeners",
                "a listener": own,
                "authorize": f"/oauth/authorize?{urlencode(ASKED)}",
                "privacy": "/privacy",
                "offline": "/offline",
                "not found": "/nothing",
                "desk, key": "/desk",
            }
            ways: dict[str, Callable[[Page], object]] = {name: _straight(path) for name, path in paths.items()}
            ways |= {
                "listeners, refused": _refused("/listeners", "Get my podcast"),
                "a listener, refused": _refused(own, "Save"),
                "a listener, saved": _pressed(own, "Save"),
                "a listener with a code": _pressed(own, "Get a code"),
            }
            desk = {
                "desk": "/desk",
                "desk, filtered": "/desk?state=look&q=report",
                "desk, adding": "/desk/new",
                "desk, glossary": "/desk/glossary",
                "desk, lexicon": "/desk/lexicon?language=es",
                "desk, voices": "/desk/voices",
                "desk, sources": "/desk/sources",
                "desk, listeners": "/desk/numbers",
                "desk, archives": "/desk/backfills",
                "desk, report": f"/desk/{article_of().id}?language=en",
            }
            ways |= {name: _with_key(path) for name, path in desk.items()}
            yield Walk(url, ways)


def _straight(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def _pressed(path: str, button: str) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        page.goto(path)
        page.get_by_role("button", name=button).click()
        page.locator("main").get_by_role("status").first.wait_for()

    return go


def _refused(path: str, button: str) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        page.goto(path)
        page.locator("main").get_by_label("Time zone").fill("Mars/Phobos")
        page.get_by_role("button", name=button).click()
        page.locator("main").get_by_role("alert").wait_for()

    return go


def _with_key(path: str) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        page.goto("/desk")
        if page.get_by_label("Access key").count():
            page.get_by_label("Access key").fill(KEYS["publish"])
            page.get_by_role("button", name="Sign in").click()
            page.get_by_text("(publish)").wait_for()
        page.goto(path)

    return go


def _fill(made: SmallService) -> None:
    _begin_archives(made.services.backfills, made.library)
    made.publish(title="Un informe", link="https://desk.example/a", chapters=chapters("Uno", "Dos"), draft=True)
    made.publish(language="ar", guid="urn:ar", title="تقرير", chapters=chapters("واحد", "اثنان"), draft=True)
    made.publish(language="en", guid="urn:en", title="A report", draft=True)
    made.publish(language="de", guid="urn:de", title=LONG, chapters=chapters(LONG, "Zwei"), authors=(LONG,))
    for place in range(25):
        made.publish(article=f"informe-{place}", guid=f"urn:{place}", title=f"Informe {place}", topics=("EU", "Chile"))
    report = article_of()
    made.library.put_article(report, made.services.clock())
    shown = made.publish(article=report.id, language="en", guid="urn:report", title=report.title)
    check = {"name": "numbers", "passed": False, "detail": "2028 is missing."}
    lines = [
        {"index": place, "kind": kind, "source": said, "text": said, "spoken": said.lower(), "start": place, "end": place + 1,
         "clip": "c" * 64, "checks": [check] * (place == 2)}
        for place, (kind, said) in enumerate(
            [("title", report.title), ("heading", "What could go wrong"), ("paragraph", "A dry autumn.")]
        )
    ]  # fmt: skip
    made.blobs.put(f"media/{report.id}/en/{shown.revision}.script.json", json.dumps({"lines": lines}).encode())
    done = LanguageReport(state=RenderState.DONE, lines=3, warnings=("A name was changed.",))
    failed = LanguageReport(state=RenderState.FAILED, error="The engine is not there.")
    made.library.open_render(
        Render(
            id=RenderId("r9"),
            article=report.id,
            state=RenderState.PARTIAL,
            requested=made.services.clock(),
            languages={LanguageTag("en"): done, LanguageTag("es"): failed},
        )
    )


def _begin_archives(desk: BackfillManager, library: Library) -> None:
    """One that runs and of which something failed, one that stands still, one that has ended."""
    names = [
        "The nineties",
        "https://reports.example/with-a-name-that-is-longer-than-any-line-of-a-phone/sitemap.xml",
        "2001",
    ]
    added = [desk.add(urls=["https://reports.example/1", "https://reports.example/2"], name=name) for name in names]
    item = desk.items(added[0].id, ItemState.WAITING)[0]
    library.keep_item(added[0].id, replace(item, state=ItemState.FAILED, error="It answers with 404."))
    desk.pause(added[1].id)
    desk.cancel(added[2].id)
