"""Generated sentences with numbers of every kind: none is heard or checked otherwise than it is written."""

import pytest
from number_sentences import LANGUAGES, tally

from podcaster.units import LanguageTag

SENTENCES = 70
"""Every kind five times; benchmarks/number_sentences.py asks thousands."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_every_kind_are_said_and_checked_as_they_are_written(language: LanguageTag) -> None:
    found = tally(language, SENTENCES)
    assert found.false_alarms == ()
    assert found.passed_wrong == ()
    assert found.misread == ()
