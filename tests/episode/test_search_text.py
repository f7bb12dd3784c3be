"""Search as people write: without accents, in capitals, the beginning of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.episode.search_text import highlight, phrases, search_text
from support.examples import episode_of


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Cable LEVY", (("cable",), ("levy",))),
        ("UE/Noruega", (("ue", "noruega"),)),
        ("  São   são ", (("sao",),)),
        ("Łódź STRASSE Straße", (("lodz",), ("strasse",))),
        ("今天", (("今", "天"),)),
        ("हिन्दी", (("हिनदी",),)),
        ("% _ -- ' \"", ()),
        ("", ()),
    ],
)
def test_a_query_is_taken_as_it_is_meant(query: str, asked: tuple[tuple[str, ...], ...]) -> None:
    assert phrases(query) == asked


def test_a_query_has_an_end() -> None:
    assert len(phrases(" ".join(f"w{place}" for place in range(1000)))) == 8
    assert len("".join(phrases("x" * 10_000)[0])) == 200


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Un cable leva, cables y Noruega", "cable norue", ["cable", "cables", "Noruega"]),
        ("La canción", "cancion", ["canción"]),
        ("今天好今天", "今天", ["今天", "今天"]),
        ("UE/NORUEGA: un cable", "ue/noruega", ["UE/NORUEGA"]),
        ("Unable", "able", []),
        ("a b a b", "a b", ["a", "b", "a", "b"]),
    ],
)
def test_what_was_looked_for_is_marked_as_it_is_written(text: str, query: str, found: list[str]) -> None:
    assert [part for hit, part in highlight(text, phrases(query)) if hit] == found


@given(st.text(), st.text())
def test_marked_parts_are_the_text(text: str, query: str) -> None:
    assert "".join(part for _, part in highlight(text, phrases(query))) == text


@given(st.text(max_size=60))
def test_a_text_is_found_by_itself(text: str) -> None:
    kept = search_text(episode_of(title=text, topics=(), authors=()))
    for phrase in phrases(text):
        assert f" {' '.join(phrase)}" in kept.names
        assert not set("%_\\") & set(" ".join(phrase))
