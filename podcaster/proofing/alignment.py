"""Two sequences laid against each other with as few edits as possible (Levenshtein), and where the edits are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of an alignment."""

    expected: int | None
    """Place in what was expected; None: an insertion."""
    heard: int | None
    """Place in what was heard; None: a deletion."""
    equal: bool


def align(expected: Sequence[str], heard: Sequence[str]) -> Sequence[Edit]:
    """The steps from what was expected to what was heard, in order."""
    costs = _costs(expected, heard)
    return list(_steps(costs, expected, heard))[::-1]


def distance(edits: Sequence[Edit]) -> int:
    """Number of steps that change something."""
    return sum(not edit.equal for edit in edits)


def longest_run(edits: Sequence[Edit]) -> int:
    """Most steps in a row that change something."""
    return max((sum(1 for _ in run) for equal, run in groupby(edits, lambda edit: edit.equal) if not equal), default=0)


def _costs(expected: Sequence[str], heard: Sequence[str]) -> list[list[int]]:
    rows = [list(range(len(heard) + 1))]
    for sign in expected:
        above, row = rows[-1], [rows[-1][0] + 1]
        for place, other in enumerate(heard):
            row.append(min(above[place + 1] + 1, row[place] + 1, above[place] + (sign != other)))
        rows.append(row)
    return rows


def _steps(costs: list[list[int]], expected: Sequence[str], heard: Sequence[str]) -> Iterator[Edit]:
    """From the end; where two ways cost the same, equal signs first, then a substitution."""
    i, j = len(expected), len(heard)
    while i or j:
        equal = i > 0 and j > 0 and expected[i - 1] == heard[j - 1]
        if i and j and costs[i][j] == costs[i - 1][j - 1] + (not equal):
            i, j = i - 1, j - 1
            yield Edit(i, j, equal)
        elif i and costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
            yield Edit(i, None, equal=False)
        else:
            j -= 1
            yield Edit(None, j, equal=False)
