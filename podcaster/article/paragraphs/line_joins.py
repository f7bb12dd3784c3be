"""Lines that a writer's program divided, joined again: a hyphen at a line's end is judged by the words of the text."""

import re

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
"""A sign of a script without spaces."""
_DIVIDED = re.compile(r"(?<!\w)\w+-\s*\n\s*\w+")
_CONJUNCTIONS = frozenset([
    "und", "oder", "bis", "sowie", "bzw", "and", "or", "to", "y", "o", "e", "i", "ou", "et", "ja", "eller", "och",
    "og", "en", "of",
])  # fmt: skip


_KEPT = frozenset({"well", "self", "ex"})
"""Words that compounds begin with and keep their hyphen."""


def vocabulary_of(text: str) -> frozenset[str]:
    """The words of a text, without the parts of those that a line's end divides."""
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", _DIVIDED.sub(" ", text.casefold())))


def with_next_line(text: str, line: str, vocabulary: frozenset[str]) -> str:
    """A paragraph with a line more; a hyphen at its end is judged by the words of the whole text."""
    if UNSPACED.match(text[-1:]) and UNSPACED.match(line):
        return text + line
    text = f"{text[:-1]}-" if text.endswith("\u2010") else text
    if text.endswith("-") and len(text) > 1 and not text[-2].isspace() and text[-2] != "-":
        return _hyphenated(text, line, vocabulary)
    return f"{text} {line}"


def _hyphenated(text: str, line: str, vocabulary: frozenset[str]) -> str:
    """A word that a line's end divides: with its hyphen if the text has it so elsewhere, or if it is no division of a word."""
    first = re.search(r"[^\W_]+(?:-[^\W_]+)*$", text[:-1])
    second = re.match(r"[^\W_]+", line)
    if not first or not second:
        return text + line
    if second[0].casefold() in _CONJUNCTIONS and (first[0] + second[0]).casefold() not in vocabulary:
        return f"{text} {line}"
    whole, kept = (first[0] + second[0]).casefold(), f"{first[0]}-{second[0]}".casefold()
    if whole in vocabulary:
        return text[:-1] + line
    if (
        kept in vocabulary
        or first[0].casefold() in _KEPT
        or not second[0][0].islower()
        or first[0][-1].isdigit()
        or "-" in first[0]
    ):
        return text + line
    if first[0].casefold() in vocabulary and second[0].casefold() in vocabulary and len(first[0]) > 3:  # noqa: PLR2004 # two words
        return text + line
    return text[:-1] + line
