"""Lines of a column, and the tables that some of them are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from podcaster.adapters.documents.pdf_layout.segments import Segment
from podcaster.article.markup.tables import row_text


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a column; several cells are parted by gaps."""

    cells: tuple[Segment, ...]
    right_edge: float
    """Right edge of its column."""

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Left edge of the line."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Right edge of the line."""
        return self.cells[-1].right

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        """The size of its largest cell."""
        return max(cell.size for cell in self.cells)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(cell.bold for cell in self.cells)


def lines_of_column(column: Sequence[Segment]) -> list[TextLine]:
    """The lines of a column, from top to bottom."""
    right_edge = max((each.right for each in column), default=0.0)
    lines: list[list[Segment]] = []
    for segment in sorted(column, key=lambda each: (each.bottom, each.left)):
        last = lines[-1] if lines else None
        if last and abs(last[0].bottom - segment.bottom) < min(last[0].size, segment.size) * 0.4:
            last.append(segment)
        else:
            lines.append([segment])
    return [TextLine(tuple(_cells(sorted(line, key=lambda each: each.left))), right_edge) for line in lines]


def _cells(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Segments of one line, joined where no more than a wide space parts them."""
    held: Segment | None = None
    for segment in segments:
        if held is not None and segment.left - held.right < held.size:
            gap = " " if segment.left - held.right > held.size * 0.12 and not held.text.endswith(" ") else ""
            held = replace(
                held, text=f"{held.text}{gap}{segment.text}", right=max(held.right, segment.right), top=min(held.top, segment.top),
                bottom=max(held.bottom, segment.bottom), size=max(held.size, segment.size), bold=held.bold and segment.bold,
            )  # fmt: skip
        else:
            if held is not None:
                yield held
            held = segment
    if held is not None:
        yield held


def table_rows(lines: Sequence[TextLine], start: int) -> list[TextLine]:
    """The lines from `start` on that are rows of one table: several cells each, one under the other."""
    rows: list[TextLine] = []
    for line in lines[start:]:
        if len(line.cells) < 2 or (rows and not _aligned(rows[0], line)):  # noqa: PLR2004 # a row has two
            break
        rows.append(line)
    return rows


def _aligned(one: TextLine, other: TextLine) -> bool:
    """Whether most cells of the line with fewer stand under cells of the other."""
    fewer, more = sorted((one.cells, other.cells), key=len)
    under = sum(
        any((a.left < b.right and b.left < a.right) or abs(a.right - b.right) < a.size for b in more) for a in fewer
    )
    return under * 2 > len(fewer)


def row_texts(rows: Sequence[TextLine]) -> Iterator[str]:
    """The rows under the heads of their columns, if the first row is one of heads."""
    widest = max(rows, key=lambda row: len(row.cells))
    grid = [[_cell_under(column, row) for column in widest.cells] for row in rows]
    first = grid[0]
    headed = (all(first[1:]) and not any(any(map(str.isdigit, cell)) for cell in first)) or (
        rows[0].bold and not rows[1].bold
    )
    for row in grid[1:] if headed else grid:
        yield row_text(first if headed else [], row)


def _cell_under(column: Segment, row: TextLine) -> str:
    found = [cell.text for cell in row.cells if _stands_under(cell, column)]
    return " ".join(found)


def _stands_under(cell: Segment, column: Segment) -> bool:
    overlap = min(cell.right, column.right) - max(cell.left, column.left)
    return overlap > -cell.size * 0.5
