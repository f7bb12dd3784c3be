"""Words of each language as data: a TOML file a language in `words/`, and one beside it for a region that differs."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from podcaster.units import LanguageTag

_FOLDER: Final = files("podcaster.script.spoken").joinpath("words")


@cache
def table(language: LanguageTag | str, name: str) -> dict[str, str]:
    """One table of a language, with what its region says otherwise; empty where no file has it."""
    base = language.partition("-")[0]
    return {**_tables(base).get(name, {}), **_tables(str(language)).get(name, {})}


@cache
def _tables(language: str) -> Mapping[str, Any]:
    file = _FOLDER.joinpath(f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
