"""Every source in golden/article gives exactly the article beside it. Add a pair for a page that is read wrongly."""

import json
import os
from pathlib import Path

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.parsing import read_article
from podcaster.article.serialisation import reading_record
from podcaster.errors import PodcasterError
from support.paths import GOLDEN

EXPECTED = GOLDEN / "article"
SOURCES = sorted(path for path in EXPECTED.iterdir() if path.suffix in {".html", ".md", ".txt"})


def read(source: Path) -> dict[str, object]:
    try:
        article = read_article(source.read_bytes(), pages=TrafilaturaReader(), name=source.name)
    except PodcasterError as error:
        return {"error": error.code}
    return {**reading_record(article, source.name), "left_aside": list(article.left_aside)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_source_is_read_as_the_record_beside_it_says(source: Path) -> None:
    found = read(source)
    golden = source.with_name(f"{source.name}.json")
    if os.environ.get("PODCASTER_REWRITE_GOLDEN"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def test_there_are_enough_cases_to_mean_something() -> None:
    assert len(SOURCES) >= 12
