"""The benchmark of an hour's report, held here on a minute of it: its results, not its time."""

from pathlib import Path

import pytest
from long_report import changed
from long_text import MOST_MINUTES, markdown, sentences
from loudness import loudness


@pytest.mark.faults
def test_a_changed_sentence_is_made_again_and_nothing_else(tmp_path: Path) -> None:
    found = changed(sentences(2), tmp_path)

    assert found.spoken == 1
    assert found.untouched
    assert found.identical


@pytest.mark.faults
def test_voices_and_languages_of_the_demo_are_equally_loud(tmp_path: Path) -> None:
    found = loudness(tmp_path)

    assert len(found) >= 10
    assert max(found.values()) - min(found.values()) < 1.5
    assert all(abs(lufs + 16) < 0.5 for lufs in found.values())


def test_no_sentence_of_the_long_report_is_said_twice() -> None:
    told = sentences(MOST_MINUTES)

    assert len(set(told)) == len(told)
    assert all(sentence in markdown(told) for sentence in told)


def test_the_long_report_is_as_long_as_it_says() -> None:
    assert len(sentences(60)) == pytest.approx(60 * len(sentences(10)) / 10, abs=6)
