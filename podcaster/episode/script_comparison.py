"""Two revisions of a script, line by line: which lines are the same, reworded, sound otherwise, are new or gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

ScriptLine = Mapping[str, Any]
"""A line of script.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineComparison:
    """A line before and after; one of them is None where the other revision lacks it."""

    before: ScriptLine | None
    after: ScriptLine | None

    @property
    def source(self) -> str:
        """The sentence in the report."""
        return str(_value(self.after, "source") or _value(self.before, "source"))

    @property
    def reworded(self) -> bool:
        """Whether listeners read another text."""
        return _value(self.before, "text") != _value(self.after, "text")

    @property
    def sounds_otherwise(self) -> bool:
        """Whether listeners hear another clip."""
        return _value(self.before, "clip") != _value(self.after, "clip")


def compared(before: Sequence[ScriptLine], after: Sequence[ScriptLine]) -> Sequence[LineComparison]:
    """Both scripts' lines in the order of `after`, matched by their source sentences."""
    return list(_pairs(before, after))


def _pairs(before: Sequence[ScriptLine], after: Sequence[ScriptLine]) -> Iterator[LineComparison]:
    ours, theirs = [_identity(each) for each in before], [_identity(each) for each in after]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, first, behind, other_first, other_behind in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and behind - first == other_behind - other_first):
            for one, other in zip(before[first:behind], after[other_first:other_behind], strict=True):
                yield LineComparison(before=one, after=other)
            continue
        for line in before[first:behind]:
            yield LineComparison(before=line, after=None)
        for line in after[other_first:other_behind]:
            yield LineComparison(before=None, after=line)


def _identity(line: ScriptLine) -> tuple[str, str]:
    return line["kind"], line["source"]


def _value(line: ScriptLine | None, name: str) -> object:
    return None if line is None else line[name]
