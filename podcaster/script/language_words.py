"""Words of each language as data: a TOML file a language in `spoken/words/`, and one beside it for a region that differs."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from podcaster.units import LanguageTag

_FOLDER: Final = files("podcaster.script").joinpath("spoken", "words")


@cache
def table(language: LanguageTag | str, name: str) -> dict[str, str]:
    """One table of a language, with what its region says otherwise; empty where no file has it."""
    base = language.partition("-")[0]
    return {**tables(base).get(name, {}), **tables(str(language)).get(name, {})}


def table_by_region(language: LanguageTag | str, name: str) -> list[tuple[str, str]]:
    """The rows of a table in the order in which they are written, a region's before those of its language."""
    tags = dict.fromkeys((str(language), language.partition("-")[0]))
    return [row for tag in tags for row in tables(tag).get(name, {}).items()]


@cache
def tables(language: str) -> Mapping[str, Any]:
    """All that the file of a language or of a region says; empty where there is none."""
    file = _FOLDER.joinpath(f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
