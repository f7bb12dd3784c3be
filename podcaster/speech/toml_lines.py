"""Line numbers of keys in a TOML file: tomllib keeps none, and an editor looks for one."""

import re
from collections import Counter
from collections.abc import Mapping

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=""")
_LONG_TEXT = re.compile(r'"""|\'\'\'')


def toml_lines(text: str) -> Mapping[tuple[str | int, ...], int]:
    """The lines, counted from 1, of every table and every key of a valid TOML document of plain tables.

    A place is written as pydantic writes it: `("voices", 1, "rate_wpm")` is the key of the second `[[voices]]`.
    """
    found: dict[tuple[str | int, ...], int] = {}
    counted: Counter[str] = Counter()
    table: tuple[str | int, ...] = ()
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if not inside and header:
            name = header[2]
            table = (name, counted[name]) if header[1] == "[[" else tuple(name.split("."))
            counted[name] += 1
            found.setdefault(table, number)
        elif not inside and key:
            found.setdefault((*table, key[1] or key[2] or key[3]), number)
        inside ^= len(_LONG_TEXT.findall(line)) % 2 == 1
    return found


def line_of(lines: Mapping[tuple[str | int, ...], int], place: tuple[str | int, ...]) -> int:
    """The line of a key; where it is missing, that of its table; 1 where the document has neither."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
