"""Editors and sources at once, for some seconds: what `./run load` does for a minute."""

import pytest
from newsroom import load

from support.quick_voices import quick_voices

pytestmark = pytest.mark.faults


def test_editors_at_once_lose_no_update_and_see_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODCASTER_VOICES", str(quick_voices()))
    figures = load(4, 8, 2)
    assert not any(status >= 500 for status in figures.statuses)
    assert figures.statuses[200] > 20
    assert figures.worded
