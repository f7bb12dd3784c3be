"""Conditional requests (RFC 9110 §13) and what clients would rather have (§12)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.units import LanguageTag
from podcaster.web.http.conditions import http_date, is_unchanged
from podcaster.web.http.negotiation import accepted_coding, accepted_language

THEN = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
CODINGS = ("br", "zstd", "gzip")
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis adds the zone


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_all_three_forms_of_a_date_are_understood(text: str) -> None:
    assert is_unchanged('"a"', THEN, if_none_match="", if_modified_since=text)
    assert not is_unchanged('"a"', THEN + timedelta(seconds=1), if_none_match="", if_modified_since=text)


@given(MOMENTS)
def test_what_last_modified_said_is_still_so_until_it_changes(changed: datetime) -> None:
    said = http_date(changed)
    assert is_unchanged('"a"', changed, if_none_match="", if_modified_since=said)
    assert not is_unchanged('"a"', changed + timedelta(seconds=1), if_none_match="", if_modified_since=said)


@given(
    st.text(max_size=60) | st.from_regex(r"\A[A-Z][a-z]{2}, [0-9]{1,30} [A-Z][a-z]{2} [0-9]{1,12} [0-9:]{0,20} GMT\Z")
)
def test_no_date_is_an_error(text: str) -> None:
    assert is_unchanged('"a"', THEN, if_none_match="", if_modified_since=text) in {True, False}


@given(st.lists(st.from_regex(r'\A(W/)?"[a-z0-9-]{0,12}"\Z')))
def test_a_tag_among_many_is_found_weak_or_strong(tags: list[str]) -> None:
    ours = {'"mine"', 'W/"mine"'}
    for added in ours:
        offered = ", ".join([*tags, added, *tags])
        assert is_unchanged('"mine"', None, if_none_match=offered, if_modified_since="")
    if not ours & set(tags):
        assert not is_unchanged('"mine"', None, if_none_match=",".join(tags), if_modified_since="")


def test_where_tags_are_offered_dates_do_not_count() -> None:
    said = http_date(THEN)
    assert not is_unchanged('"new"', THEN, if_none_match='"old"', if_modified_since=said)
    assert is_unchanged('"new"', THEN, if_none_match="*", if_modified_since="")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("gzip;q=0.5, identity;q=1", "identity"),
        ("br, identity", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.1, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("identity", "identity"),
        ("x-gzip", "gzip"),
        ("GZIP ; Q=0.8", "gzip"),
        ("br;q=high, gzip", "gzip"),
        ("br;q=2, zstd;level=3, gzip;q=0.001", "gzip"),
        ("gzip," * 1000, "identity"),
    ],
)
def test_a_client_gets_the_coding_it_likes_best(header: str, chosen: str) -> None:
    assert accepted_coding(header, CODINGS) == chosen
    assert accepted_coding(header, ()) == "identity"


@given(st.lists(st.tuples(st.sampled_from([*CODINGS, "identity", "*", "x"]), st.integers(0, 1000)), max_size=6))
def test_no_client_gets_a_coding_that_it_refuses(wishes: list[tuple[str, int]]) -> None:
    chosen = accepted_coding(", ".join(f"{name};q={weight / 1000:.3f}" for name, weight in wishes), CODINGS)
    weights = dict(wishes)
    assert chosen == "identity" or weights.get(chosen, weights.get("*", 0)) > 0


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.2, ca;q=0.7", "ca"),
        ("tlh, de", None),
        ("es;q=0", None),
        ("*", None),
        ("", None),
        ("\x00\xff, pt-BR", "pt"),
    ],
)
def test_a_visitor_is_met_in_the_best_language_they_share_with_us(header: str, chosen: str | None) -> None:
    offered = tuple(LanguageTag(tag) for tag in ("en", "es", "ca", "pt"))
    assert accepted_language(header, offered) == chosen
