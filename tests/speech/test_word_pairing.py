"""Word times where speech has other words than the text."""

from hypothesis import given
from hypothesis import strategies as st

from podcaster.speech.word_pairing import pair_words, spoken_length

LENGTHS = st.lists(st.integers(1, 14), min_size=1, max_size=30)


def paired(text: str, said: str) -> list[tuple[str, str]]:
    written, spoken = text.split(), said.split()
    pairs = pair_words([spoken_length(word) for word in written], [len(word) for word in spoken])
    return [(written[first], spoken[second]) for first, second in pairs]


def test_words_that_are_said_in_one_breath_begin_with_the_first() -> None:
    pairs = paired("The levy falls on the operator.", "ðə lˈɛvi fˈɔːlz ɔnðɪ ˈɑːpəɹˌeɪɾɚ")
    assert pairs == [
        ("The", "ðə"), ("levy", "lˈɛvi"), ("falls", "fˈɔːlz"), ("on", "ɔnðɪ"), ("operator.", "ˈɑːpəɹˌeɪɾɚ")
    ]  # fmt: skip


def test_a_number_is_said_in_several_words() -> None:
    pairs = paired("Since 1976 it rose.", "sˈɪns nˈaɪntiːn sˈɛvənti sˈɪks ɪt ɹˈoʊz")
    assert [written for written, _ in pairs] == ["Since", "1976", "it", "rose."]
    assert dict(pairs)["it"] == "ɪt"


def test_as_many_words_are_paired_one_by_one() -> None:
    assert list(pair_words([5, 2, 9], [3, 3, 8])) == [(0, 0), (1, 1), (2, 2)]


@given(LENGTHS, LENGTHS)
def test_pairs_are_in_order_and_begin_with_the_first_words(written: list[int], spoken: list[int]) -> None:
    pairs = pair_words(written, spoken)
    assert list(pairs) == sorted(set(pairs))
    assert not pairs or pairs[0] == (0, 0)
    assert all(first < len(written) and second < len(spoken) for first, second in pairs)


def test_nothing_is_paired_with_nothing() -> None:
    assert list(pair_words([], [])) == []
    assert list(pair_words([3], [])) == []
