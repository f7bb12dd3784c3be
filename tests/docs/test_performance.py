"""docs/performance.md has a row for each thing that is measured."""

import pytest

from support.paths import REPOSITORY

MEASURED = (REPOSITORY / "docs" / "performance.md").read_text(encoding="utf-8").split("<!-- measured: ")[1]


@pytest.mark.parametrize(
    "row",
    [
        "podcaster --help", "until it is ready", "hibari: first render", "Kokoro: first render", "one word changed", "glossary entry",
        "Translation,", "listening check", "A PDF of", "Publishing a report", "archive of 10,000", "behind nginx", "A briefing of",
    ],
)  # fmt: skip
def test_the_page_has_a_figure_for_it(row: str) -> None:
    assert any(row in line and line.count("|") == 5 for line in MEASURED.splitlines())
