"""Columns of a page: where the gutters are, and in which order the parts between them are read."""

from collections.abc import Iterator, Sequence
from statistics import median

from podcaster.adapters.documents.pdf_layout.segments import Segment

_LEAST_GUTTER = 7
_MOST_CROSSING, _LEAST_BESIDE, _LEAST_FILLED = 0.12, 0.15, 0.5
"""Shares of lines: how many may cross a gutter and how many stand on each side; and of a column's width that lines fill."""
_LEAST_LINES = 8
Gutter = tuple[float, float]


def in_reading_order(segments: Sequence[Segment], body: float) -> Iterator[list[Segment]]:
    """The columns of a page one after the other; what spans them parts the page into bands."""
    gutters = _gutters([each for each in segments if abs(each.size - body) < body * 0.25])
    if not gutters:
        yield list(segments)
        return
    spanning = sorted((each for each in segments if _spans(each, gutters)), key=lambda each: each.top)
    others = [each for each in segments if not _spans(each, gutters)]
    edge = 0.0
    for band in [*_stacks(spanning), []]:
        top = band[0].top if band else float("inf")
        within = [each for each in others if edge <= each.top < top]
        for column in range(len(gutters) + 1):
            if found := [each for each in within if _column(each, gutters) == column]:
                yield found
        if band:
            yield band
        edge = top


def _stacks(spanning: Sequence[Segment]) -> list[list[Segment]]:
    """Spanning lines that follow each other closely, together."""
    stacks: list[list[Segment]] = []
    for segment in spanning:
        if stacks and segment.top - stacks[-1][-1].bottom < segment.size:
            stacks[-1].append(segment)
        else:
            stacks.append([segment])
    return stacks


def _gutters(lines: Sequence[Segment]) -> list[Gutter]:
    """Upright strips that hardly a line crosses, with lines on both sides that fill their columns."""
    if len(lines) < _LEAST_LINES:
        return []
    start, end = int(min(each.left for each in lines)), int(max(each.right for each in lines)) + 1
    crossing = [0] * (end - start + 1)
    for line in lines:
        for point in range(max(0, int(line.left) - start), min(len(crossing), int(line.right) - start + 1)):
            crossing[point] += 1
    most = max(1, int(len(lines) * _MOST_CROSSING))
    found: list[Gutter] = []
    point = 0
    while point < len(crossing):
        if crossing[point] > most:
            point += 1
            continue
        behind = point
        while behind < len(crossing) and crossing[behind] <= most:
            behind += 1
        if behind - point >= _LEAST_GUTTER and _parts_text(lines, start + point, start + behind):
            found.append((start + point, start + behind))
        point = behind
    return found if _are_filled(lines, found) else []


def _parts_text(lines: Sequence[Segment], left: float, right: float) -> bool:
    middle = (left + right) / 2
    before = sum(each.right <= middle for each in lines)
    behind = sum(each.left >= middle for each in lines)
    return min(before, behind) >= len(lines) * _LEAST_BESIDE


def _are_filled(lines: Sequence[Segment], gutters: Sequence[Gutter]) -> bool:
    """Whether the lines of every column are about as wide as it: cells of a table are not."""
    for column in range(len(gutters) + 1):
        own = [each for each in lines if not _spans(each, gutters) and _column(each, gutters) == column]
        if not own:
            return False
        width = max(each.right for each in own) - min(each.left for each in own)
        if median(each.right - each.left for each in own) < width * _LEAST_FILLED:
            return False
    return True


def _spans(segment: Segment, gutters: Sequence[Gutter]) -> bool:
    return any(
        segment.left < (left + right) / 2 - 2 and segment.right > (left + right) / 2 + 2 for left, right in gutters
    )


def _column(segment: Segment, gutters: Sequence[Gutter]) -> int:
    middle = (segment.left + segment.right) / 2
    return sum(middle > (left + right) / 2 for left, right in gutters)
