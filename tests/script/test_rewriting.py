"""Rules that rewrite a text, each asked only where it could find something."""

import re
from collections.abc import Sequence
from functools import partial, reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.script.required_characters import DIGIT, characters, required
from podcaster.script.rewriting import Rewriting, Rule
from podcaster.script.spoken.languages import rules_of
from podcaster.units import LanguageTag

GOLDEN = Path(__file__).parents[1] / "golden" / "spoken"


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        (r"\d+%", [{"%"}, {DIGIT}]),
        (r"(?<=\d)\s?[–—]\s?(?=\d)", [{"–", "—"}, {DIGIT}]),
        (r"7&?", [{DIGIT}]),
        (r"[€$£]|USD|\d", [{"€", "$", "£", "U", DIGIT}]),
        (r"[€$£]|\w+", []),
        (r"(?:§§)?", []),
        (r"(?:§§){2}", [{"§"}]),
        (r"[^§]", []),
        (r"(?!§)x", [{"x"}]),
        (r"(?i)kq", [{"q", "Q"}, {"k", "K", "\u212a"}]),
        (r"(?i)é§", [{"§"}]),
        (r"a(?i:X)", [{"x", "X"}]),
        (r"the", []),
    ],
)
def test_a_pattern_says_what_a_text_has_to_have(pattern: str, sets: Sequence[set[str]]) -> None:
    assert sorted(map(sorted, required(re.compile(pattern)))) == sorted(map(sorted, sets))


_PATTERNS = st.recursive(
    st.sampled_from(
        ["x", "§", "%", r"\d", "[€$]", "[^a]", r"\w", "q?", "(?i:K)", "(?i:İ|ß)", "[0-9٠-٩]", "(?=Z).", "7"]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{0,2}", "{2}"])).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=6,
)


@given(st.data())
def test_whatever_a_pattern_finds_has_what_it_requires(data: st.DataObject) -> None:
    pattern = re.compile(data.draw(_PATTERNS))
    found = data.draw(st.from_regex(pattern))

    assert all(not characters(found).isdisjoint(letters) for letters in required(pattern))


@pytest.mark.parametrize("language", sorted(file.stem for file in GOLDEN.glob("*.tsv")))
def test_rules_that_are_passed_over_would_have_changed_nothing(language: str) -> None:
    rules = rules_of(LanguageTag(language))
    rewriting = Rewriting(rules)
    lines = (GOLDEN / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    written = [line.partition("\t")[0] for line in lines] * (100 // len(lines) + 1)

    assert [rewriting(text) for text in written] == [_by_all(rules, text) for text in written]


def test_a_rule_finds_what_one_before_it_wrote() -> None:
    rewriting = Rewriting.of((re.compile("a"), "1"), (re.compile(r"\d"), "b"), (re.compile("1"), "c"))

    assert {rewriting("a") for _ in range(100)} == {"b"}


def test_rules_of_every_form_are_asked() -> None:
    rewriting = Rewriting([str.upper, partial(re.compile("§").sub, "X")])

    assert {rewriting("a §") for _ in range(100)} == {"A X"}


def _by_all(rules: Sequence[Rule], text: str) -> str:
    return reduce(lambda said, rule: rule(said), rules, text)
