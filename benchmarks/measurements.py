"""Rows of the table in docs/performance.md: rounds that take turns, their median and their spread."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table."""

    name: str
    median: str
    spread: str
    """Lowest to highest of the rounds."""
    beside: str = ""
    """The figure that it is compared with."""

    @classmethod
    def of(cls, name: str, values: Sequence[float], unit: str, beside: str = "") -> "Row":
        """The row of some measurements in a unit; seconds below a tenth are written in milliseconds."""
        middle = statistics.median(values)
        if unit == "s" and middle < 0.1:  # noqa: PLR2004
            values, middle, unit = [each * 1000 for each in values], middle * 1000, "ms"
        return cls(
            name=name,
            median=f"{rounded(middle)} {unit}",
            spread=f"{rounded(min(values))}–{rounded(max(values))}",
            beside=beside,
        )

    def __str__(self) -> str:
        return f"| {self.name} | {self.median} | {self.spread} | {self.beside} |"


def rounded(value: float) -> str:
    """Three figures that count, as people write them."""
    if value >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004


def seconds_of(act: Callable[[], object]) -> float:
    """Seconds by the clock."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def in_turns(rounds: int, acts: Mapping[str, Callable[[int], float]]) -> Mapping[str, Sequence[float]]:
    """Measurements of each act; acts take turns, so that other load on the machine meets all of them."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for place in range(rounds):
        for name, act in acts.items():
            found[name].append(act(place))
    return found


def ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """The median of the rounds' ratios: each is of two neighbours in time."""
    return statistics.median(mine / theirs for mine, theirs in zip(values, others, strict=True))
