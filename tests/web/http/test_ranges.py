"""Range headers (RFC 9110 §14), for every size and every range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.errors import RangeUnfit
from podcaster.web.http.ranges import if_range_matches, parse_range

SIZES = st.integers(0, 3_000)
PLACES = st.integers(0, 4_000)


@given(SIZES, PLACES, PLACES)
def test_a_first_and_a_last_byte_cut_what_python_cuts(size: int, first: int, last: int) -> None:
    file = bytes(index % 251 for index in range(size))
    header = f"bytes={first}-{last}"
    if last < first:
        assert parse_range(header, size) is None
    elif first >= size:
        with pytest.raises(RangeUnfit):
            parse_range(header, size)
    else:
        span = parse_range(header, size)
        assert span is not None
        assert file[span.start : span.end] == file[first : last + 1]


@given(SIZES, PLACES)
def test_an_open_end_and_a_suffix_cut_what_python_cuts(size: int, place: int) -> None:
    file = bytes(index % 251 for index in range(size))
    for header, wanted in ((f"bytes={place}-", file[place:]), (f"bytes=-{place}", file[-place:] if place else b"")):
        if wanted:
            span = parse_range(header, size)
            assert span is not None
            assert file[span.start : span.end] == wanted
        else:
            with pytest.raises(RangeUnfit):
                parse_range(header, size)


@given(st.text(max_size=60) | st.from_regex(r"\A ?[bB]ytes=[0-9 ,\-]{0,60}\Z"), SIZES)
def test_whatever_the_header_says_a_span_lies_within_the_file(header: str, size: int) -> None:
    try:
        span = parse_range(header, size)
    except RangeUnfit:
        return
    assert span is None or 0 <= span.start < span.end <= size


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=٣-"]
)
def test_what_is_no_single_range_of_bytes_gives_the_whole(header: str) -> None:
    assert parse_range(header, 100) is None


def test_a_last_byte_beyond_all_numbers_is_the_end() -> None:
    span = parse_range(f"bytes=10-{'9' * 39}", 100)
    assert span is not None
    assert (span.start, span.end) == (10, 100)


def test_a_range_goes_on_with_nothing_but_what_it_began_with() -> None:
    assert if_range_matches("", '"a"')
    assert if_range_matches('"a"', '"a"')
    assert not if_range_matches('W/"a"', '"a"')
    assert not if_range_matches("Sun, 06 Nov 1994 08:49:37 GMT", '"a"')
