"""Captions: what a podcast app shows of a transcript while a sentence is heard."""

import io
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from podcaster.article.text import one_line
from podcaster.episode.captions import COLUMNS, LINES, captions, columns
from podcaster.episode.transcript import srt, vtt
from podcaster.model import Cue, TimedWords
from podcaster.units import LanguageTag, Milliseconds

LONG = (
    "The bridge stays closed to lorries until the engineers have looked at every cable, which may take the rest of the year, "
    "and meanwhile the buses go round by the old mill, where the road is too narrow for two of them."
)


def cue(text: str, *, seconds: int = 10, words: TimedWords | None = None) -> Cue:
    return Cue(
        start_ms=Milliseconds(1000), end_ms=Milliseconds(1000 + 1000 * seconds), text=text, words=words or TimedWords()
    )


def test_a_long_sentence_is_broken_at_its_phrases() -> None:
    assert [caption.lines for caption in captions(cue(LONG))] == [
        (
            "The bridge stays closed to lorries until the engineers have",
            "looked at every cable, which may take the rest of the year,",
        ),
        ("and meanwhile the buses go round by the old mill,", "where the road is too narrow for two of them."),
    ]


def test_a_short_sentence_is_one_caption_with_the_sentences_own_times() -> None:
    (caption,) = captions(cue("The banks opened on Monday."))
    assert (caption.start_ms, caption.end_ms, caption.lines) == (1000, 11_000, ("The banks opened on Monday.",))
    assert not caption.estimated


def test_a_caption_begins_when_its_first_word_is_heard_where_words_have_times() -> None:
    parts = LONG.split(", ")
    texts = (*(f"{part}," for part in parts[:-1]), parts[-1])
    times = tuple(Milliseconds(each) for each in (1000, 2000, 7000, 9000, 11_000))
    shown = captions(cue(LONG, words=TimedWords(texts=texts, times_ms=times)))
    assert [caption.start_ms for caption in shown] == [1000, 7000]
    assert not any(caption.estimated for caption in shown)


def test_the_file_says_where_times_are_estimated() -> None:
    exact, estimated = vtt([cue("Short.")], LanguageTag("en")), vtt([cue(LONG)], LanguageTag("en"))
    assert b"NOTE" not in exact
    assert b"NOTE Sentences are timed exactly" in estimated
    assert len(webvtt.from_buffer(io.StringIO(estimated.decode()))) == 2


def test_captions_name_the_speaker_and_the_sentence() -> None:
    made = vtt([cue("Short."), cue(LONG)], LanguageTag("en"), speaker="Money & <More>").decode()
    assert "<v Money &amp; &lt;More&gt;>Short." in made
    assert [caption.identifier for caption in webvtt.from_buffer(io.StringIO(made))] == ["1", "2", "2-2"]
    assert webvtt.from_buffer(io.StringIO(made))[0].voice


@pytest.mark.parametrize(
    "text",
    [
        "橋の修理が終わるまで、大型車は通れない。" * 6,
        "https://reports.example/" + "a-very-long-address/" * 12,
        "ประชาชนในเมืองต้องการสะพานใหม่ที่แข็งแรงกว่าเดิม" * 4,
        "Die Donaudampfschifffahrtsgesellschaftskapitänsversammlungen " * 4,
    ],
)
def test_any_script_keeps_to_two_lines_of_65_columns(text: str) -> None:
    shown = captions(cue(text))
    assert len(shown) > 1
    assert all(len(caption.lines) <= LINES for caption in shown)
    assert all(columns(line) <= COLUMNS for caption in shown for line in caption.lines)
    assert "".join(line for caption in shown for line in caption.lines).replace(" ", "") == text.replace(" ", "")


@given(
    text=st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=80), max_size=40).map(
        " ".join
    ),
    length_ms=st.integers(1, 60_000),
)
def test_nothing_is_lost_between_captions_and_they_follow_one_another(text: str, length_ms: int) -> None:
    spoken = Cue(start_ms=Milliseconds(5), end_ms=Milliseconds(5 + length_ms), text=text)
    shown = captions(spoken)
    assert "".join("".join(caption.lines) for caption in shown).replace(" ", "") == one_line(text).replace(" ", "")
    assert all(len(caption.lines) <= LINES for caption in shown)
    assert all(columns(line) <= COLUMNS for caption in shown for line in caption.lines)
    if shown:
        assert (shown[0].start_ms, shown[-1].end_ms) == (spoken.start_ms, spoken.end_ms)
        assert all(before.end_ms == after.start_ms for before, after in pairwise(shown))
        assert all(caption.start_ms <= caption.end_ms for caption in shown)
    assert srt([spoken]).count(b" --> ") == len(shown)
