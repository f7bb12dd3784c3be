"""Tables as rows that can be read out: each cell under its own heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import html
from lxml.html import builder

from podcaster.article.markup.tree import ROW, lines_of

_LONGEST_CELL = 400
_MOST_SPAN = 50
_PAIR = 2
_MOST_CELLS = 20_000
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the grid; one that spans several places stands in each of them."""

    text: str
    head: bool = False
    spread: bool = False
    """Whether it stands here only because it spans columns."""
    bold: bool = False
    """Whether all of its text is bold."""


_EMPTY = _Cell("")
Grid = list[list[_Cell]]


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table as it is read out, as in `Country: France; growth: 2 %.`."""
    named = [
        f"{header[place]}: {cell}" if place < len(header) and header[place] and header[place] != cell else cell
        for place, cell in enumerate(cells)
        if cell
    ]
    return "; ".join(named).rstrip(".") + "."


def say_tables(tree: html.HtmlElement) -> None:
    """Put a table of one marked cell a row in the place of every table that holds data."""
    _name_roles(tree)
    for table in [each for each in tree.iter("table") if _holds_data(each)]:
        rows = builder.TABLE(*(builder.TR(builder.TD(text)) for text in _said(table)))
        rows.tail = table.tail
        table.getparent().replace(table, rows)


def _name_roles(tree: html.HtmlElement) -> None:
    """Give the elements of an ARIA table the names of HTML's."""
    for table in tree.xpath(
        "//*[@role='table' or @role='grid' or @role='treegrid'][not(self::table)][.//*[@role='row']]"
    ):
        for element in table.iter():
            if name := _ROLES.get((element.get("role") or "").lower()):
                element.tag = name


_ROLES = {
    "table": "table", "grid": "table", "treegrid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip


def _said(table: html.HtmlElement) -> Iterator[str]:
    for caption in table.iter("caption"):
        yield from lines_of("".join(caption.itertext()))
    yield from (ROW + row for row in rows_of(grid_of(table)))


def said_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a table without markup, as they are read out."""
    return list(rows_of([[_Cell(text) for text in row] for row in rows]))


def rows_of(grid: Grid) -> Iterator[str]:
    """The rows of a grid under their heads; heads stand above, at the side, or both."""
    while len(grid) > 1 and _is_section(grid[0]) and grid[0][0].text:
        yield grid[0][0].text.rstrip(".") + "."
        grid = grid[1:]
    header, body = _parted(_with_bold_heads(grid))
    if not header and _stands_upright(body):
        header = [_names([cell]) for cell in (row[0] for row in body)]
        body = [list(column) for column in zip(*(row[1:] for row in body), strict=False)]
    for place, row in enumerate(body):
        cells = ["" if cell.spread else cell.text for cell in row]
        if not any(cells):
            continue
        if header and _heads_rows_below(row) and place + 1 < len(body) and not _heads_rows_below(body[place + 1]):
            header = cells
            continue
        if len(set(filter(None, cells))) == 1 and row[-1].spread and all(cell.text == row[0].text for cell in row):
            header_free = next(filter(None, cells))
            yield header_free.rstrip(".") + "."
        elif not header and row[0].head and not row[-1].head and any(cell.head for cell in row[1:]):
            yield _paired(row)
        elif not header and row[0].head and not any(cell.head for cell in row[1:]):
            yield row_text([""], [f"{cells[0].rstrip(':')}: {'; '.join(filter(None, cells[1:]))}"])
        else:
            yield row_text(_spanned(header, row), cells)


def _paired(row: Sequence[_Cell]) -> str:
    """A row whose heads stand between its cells: each with the cells behind it."""
    parts: list[str] = []
    heads: list[str] = []
    for cell in row:
        if cell.head and not cell.spread and cell.text:
            heads.append(cell.text.rstrip(":"))
        elif cell.text and not cell.spread:
            parts.append(f"{', '.join(heads)}: {cell.text}" if heads else cell.text)
            heads = []
    return "; ".join(parts).rstrip(".") + "."


def _heads_rows_below(row: Sequence[_Cell]) -> bool:
    """Whether a row holds heads alone, and no figure: it names the columns anew."""
    return (
        len(row) > 1
        and all(cell.head and cell.text and not cell.spread for cell in row)
        and not any(_DIGITS & set(cell.text) for cell in row)
    )


def _with_bold_heads(grid: Grid) -> Grid:
    """The grid with heads where a table marks none, but writes its first row or column in bold."""
    if len(grid) < 2 or any(cell.head for row in grid for cell in row):  # noqa: PLR2004 # one row has no head
        return grid
    rows = [all(cell.bold or not cell.text for cell in row) and any(cell.bold for cell in row) for row in grid]
    if rows[0] and not any(rows[1:]):
        grid = [[replace(cell, head=True) for cell in grid[0]], *grid[1:]]
    if all(row[0].bold or not row[0].text for row in grid[1:]) and not any(
        cell.bold for row in grid[1:] for cell in row[1:]
    ):
        heads = all(row[0].bold for row in grid[1:])
        grid = [[replace(row[0], head=row[0].head or heads), *row[1:]] for row in grid]
    return grid


def _spanned(header: Sequence[str], row: Sequence[_Cell]) -> list[str]:
    """The heads of a row's cells; a cell that spans columns has all of theirs."""
    heads = list(header[: len(row)])
    for place in range(len(heads) - 1, 0, -1):
        if row[place].spread and heads[place] and heads[place] not in heads[place - 1]:
            heads[place - 1] = ", ".join(filter(None, (heads[place - 1], heads[place])))
    return heads


def _names(cells: Sequence[_Cell]) -> str:
    """One head of several, one above the other."""
    return " ".join(dict.fromkeys(cell.text.rstrip(":") for cell in cells if cell.text))


def _parted(grid: Grid) -> tuple[list[str], Grid]:
    """The heads of the columns, and the rows below them."""
    count = 0
    while count < len(grid) and _is_header(grid[count]) and len(grid[count]) > 1:
        if count and _is_section(grid[count]):
            break
        count += 1
    if count == 0 and len(grid) > 1 and not any(cell.head for row in grid for cell in row) and _looks_like_heads(grid):
        count = 2 if len(grid) > _PAIR and any(cell.spread for cell in grid[0]) and not grid[1][0].text else 1
    if count == len(grid):
        return [], grid
    width = max((len(row) for row in grid), default=0)
    header = [_names([row[place] for row in grid[:count] if place < len(row)]) for place in range(width)]
    return (header if count else []), grid[count:]


def _is_header(row: Sequence[_Cell]) -> bool:
    """Whether a row holds heads alone; the corner may be an empty cell."""
    corner = next((place for place, cell in enumerate(row) if cell.text), 0)
    return all(cell.head for cell in row[max(corner, 1) :]) and (corner > 0 or row[0].head or not row[0].text)


def _is_section(row: Sequence[_Cell]) -> bool:
    """Whether one cell spans the row: it heads the rows below it."""
    return len(row) > 1 and all(cell.spread for cell in row[1:])


def _looks_like_heads(grid: Grid) -> bool:
    """Whether the first row names the others: words above figures."""
    first, rest = grid[0], grid[1:]
    if _has_merged_rows(rest) and all(cell.text and not _DIGITS & set(cell.text) for cell in first):
        return len(first) > _PAIR and not _has_merged_rows(grid[:2])
    if not first[0].text and len(first) > _PAIR - 1 and all(cell.text for cell in first[1:]):
        return all(row[0].text for row in rest) and len(first) > _PAIR
    if len(first) < 2 or not all(cell.text for cell in first[1:]) or any(_DIGITS & set(cell.text) for cell in first):  # noqa: PLR2004 # one column has no head
        return False
    return all(any(_DIGITS & set(cell.text) for cell in row) for row in rest)


def _has_merged_rows(grid: Grid) -> bool:
    """Whether a cell reaches from one row into the next."""
    return any(cell is below for row, following in pairwise(grid) for cell, below in zip(row, following, strict=False))


def _stands_upright(body: Grid) -> bool:
    """Whether every row begins with its head, and several columns stand beside them."""
    return len(body) > 1 and all(
        len(row) > _PAIR and row[0].head and not any(cell.head for cell in row[1:]) for row in body
    )


def grid_of(table: html.HtmlElement) -> Grid:
    """The cells by row and column, spans filled (HTML §4.9.12)."""
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    rows = sorted(own, key=lambda row: row.getparent() is not None and row.getparent().tag == "tfoot")
    held: dict[tuple[int, int], _Cell] = {}
    grid: Grid = []
    pairs = False
    for place, row in enumerate(rows[:_MOST_CELLS]):
        in_head = row.getparent() is not None and row.getparent().tag == "thead"
        made: list[_Cell] = []
        for cell in row.iterchildren("td", "th"):
            while (place, len(made)) in held:
                made.append(held.pop((place, len(made))))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            high = _MOST_SPAN if (cell.get("rowspan") or "").strip() == "0" else high
            text = _cell_text(cell)
            bold = bool(text) and _bold_letters(cell) >= _letters(text)
            for column in range(wide):
                at = _Cell(text, head=cell.tag == "th" or in_head, spread=column > 0, bold=bold)
                if high > 1:
                    held.update({(place + down, len(made)): at for down in range(1, min(high, len(rows) - place))})
                made.append(at)
        while (place, len(made)) in held:
            made.append(held.pop((place, len(made))))
        if any(cell.text for cell in made):
            grid.append(made)
        elif in_head and len(made) == _PAIR:
            pairs = True  # Markdown has no other way to write a table without heads
    return [[replace(row[0], head=True), *row[1:]] for row in grid] if pairs else grid


def _cell_text(cell: html.HtmlElement) -> str:
    """The text of a cell: its blocks parted by spaces, the items of its lists by commas."""
    for item in cell.iter("li"):
        before = item.getprevious()
        if before is not None and before.tag == "li":
            item.text = f", {item.text or ''}"
    for block in cell.iter(*_BLOCKS):
        if block is not cell:
            block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
    return " ".join(lines_of("".join(cell.itertext()))).replace(" , ", ", ")


_BLOCKS = ("p", "div", "li", "ul", "ol", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "dt", "dd")


def _bold_letters(cell: html.HtmlElement) -> int:
    outer = [
        each for each in cell.iter("b", "strong") if not any(up.tag in {"b", "strong"} for up in each.iterancestors())
    ]
    return sum(_letters("".join(each.itertext())) for each in outer)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _span(cell: html.HtmlElement, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return max(1, min(int(said), _MOST_SPAN)) if said.isascii() and said.isdecimal() else 1


def _holds_data(table: html.HtmlElement) -> bool:
    """Whether a table is one, and no means of laying out a page."""
    if table.getparent() is None or (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    if table.find(".//table") is not None or table.find(".//form") is not None:
        return False
    cells = [cell for row in table.iter("tr") for cell in row.iterchildren("td", "th")]
    if not 1 < len(cells) <= _MOST_CELLS:
        return False
    longest = max(len(cell.text_content()) for cell in cells)
    if longest > _LONGEST_CELL * 3 or any(len(cell.findall(".//p")) > 2 for cell in cells):  # noqa: PLR2004 # a page's column
        return False
    wide = max(len(list(row.iterchildren("td", "th"))) for row in table.iter("tr"))
    named = table.find(".//th") is not None or table.find(".//caption") is not None
    return (
        wide > 1
        and (named or (longest <= _LONGEST_CELL and len(list(table.iter("tr"))) > 1))
        and not _is_navigation(table)
    )


def _is_navigation(table: html.HtmlElement) -> bool:
    text = len(table.text_content().strip())
    linked = sum(len(each.text_content()) for each in table.iter("a"))
    return text > 0 and linked > text * 0.7
