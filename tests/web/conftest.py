"""The running service, for every suite here; services within the tests log as `podcaster serve` does."""

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from podcaster.cli.terminal.logs import write_logs
from support.microphone import write_microphone
from support.requirements import missing
from support.running_service import published, service

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_EXPECTED_WITHIN_MS = 60_000
"""A machine that does other things too takes its time, and who expects something waits for it no longer than it takes."""
__all__ = ["published", "service"]


@pytest.fixture(autouse=True, scope="session")
def _logs() -> None:
    assert sys.__stderr__ is not None
    write_logs(sys.__stderr__)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """A browser with a microphone that hears a voice-like tone; tests that ask for it have the mark `browser`.

    It ends with its suite: while it runs, its thread has an event loop, and no other suite there could start one.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        missing("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=_EXPECTED_WITHIN_MS)
    with sync_playwright() as play:
        microphone = write_microphone(tmp_path_factory.mktemp("microphone") / "tone.wav")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", *microphone])
        yield browser
        browser.close()
