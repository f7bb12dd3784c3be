"""Regular expressions of the package, as Python 3.11 before 3.11.5 reads them, too: Debian 12 has 3.11.2."""

import re
from pathlib import Path

import podcaster

REPEATED = re.compile(r"\(\?[:>](?P<look>(?=\(\?=))?(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)[*+]\+")
"""A group that is repeated and given up as a whole."""


def test_a_repeated_group_that_is_possessive_looks_ahead_first() -> None:
    """Else the beginning of a repetition that fails is kept (gh-106052): "500, and" had the number "500,"."""
    folder = Path(podcaster.__file__).parent
    found = {
        f"{file.relative_to(folder)}: {group[0]}": group["look"] is not None
        for file in folder.rglob("*.py")
        for group in REPEATED.finditer(file.read_text(encoding="utf-8"))
    }
    assert len(found) > 3
    assert {name for name, looks in found.items() if not looks} == set()
