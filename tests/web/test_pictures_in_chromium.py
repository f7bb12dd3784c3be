"""The pictures in the docs: pages of the tutorial's report, as a browser shows them.

`PODCASTER_REWRITE_GOLDEN=1` writes them to docs/images.
"""

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from support.desk_page import entered_desk
from support.paths import REPOSITORY
from support.running_service import running_service

IMAGES = REPOSITORY / "docs/images"
_REWRITE = bool(os.environ.get("PODCASTER_REWRITE_GOLDEN"))
_VOICES = {"PODCASTER_VOICES": str(REPOSITORY / "voices")} if _REWRITE else {}
"""The docs show what the usual engines say; the test looks at the pages alone."""
_COLORS = 96
"""Enough for flat pages; a picture is a third as large as with all of them."""


def tutorial_report() -> bytes:
    [report] = re.findall(
        r"<<'END'\n(.*?)^END$", (REPOSITORY / "docs/tutorial.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return str(report).encode()


def taken(page: Page, name: str) -> None:
    """Keep a picture, if it is to be written; it is never blank, and of the size that the docs have."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > _COLORS
    kept = IMAGES / f"{name}.png"
    if _REWRITE:
        IMAGES.mkdir(exist_ok=True)
        picture.convert("RGB").quantize(_COLORS).save(kept, optimize=True)
    with Image.open(kept) as before:
        assert before.size == picture.size


@pytest.mark.browser
def test_the_docs_show_the_pages_as_they_are(chromium: Browser, tmp_path: Path) -> None:
    with running_service(tmp_path / "data", scope="publish", PODCASTER_SHOW_TITLE="Harbour News", **_VOICES) as service:
        with service.editor() as client:
            answer = client.post(
                "/api/articles", content=tutorial_report(), headers={"content-type": "text/markdown"}
            ).json()
        assert service.finished(answer["render"])["state"] == "done"
        with entered_desk(chromium, service) as page:
            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(f"/episodes/{answer['article']}/en")
            page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")  # it keeps the typefaces
            page.reload()
            page.wait_for_load_state("networkidle")
            taken(page, "episode")
            page.goto(f"/desk/{answer['article']}")
            page.wait_for_load_state("networkidle")
            taken(page, "desk")
