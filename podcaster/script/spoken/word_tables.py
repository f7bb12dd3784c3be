"""Words of each language as data: a TOML file a language in `words/`, and one beside it for a region that differs."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.wording import Scale, Wording
from podcaster.units import LanguageTag

_FOLDER: Final = files("podcaster.script.spoken").joinpath("words")


@cache
def table(language: LanguageTag | str, name: str) -> dict[str, str]:
    """One table of a language, with what its region says otherwise; empty where no file has it."""
    base = language.partition("-")[0]
    return {**_tables(base).get(name, {}), **_tables(str(language)).get(name, {})}


def table_by_region(language: LanguageTag | str, name: str) -> list[tuple[str, str]]:
    """The rows of a table in the order in which they are written, a region's before those of its language."""
    tags = dict.fromkeys((str(language), language.partition("-")[0]))
    return [row for tag in tags for row in _tables(tag).get(name, {}).items()]


@cache
def scales(language: LanguageTag | str) -> Mapping[str, Scale]:
    """The powers of ten of a language or its region, by each way in which they are written."""
    rows = _tables(str(language)).get("scales") or _tables(language.partition("-")[0])["scales"]
    return {
        written: Scale(one=row["one"], many=row["many"], link=row.get("link", " "))
        for row in rows
        for written in row["written"].split("|")
    }


def signs_and_amounts(language: LanguageTag | str) -> Wording:
    """A language's words for signs, its currencies and its scales; its rules are still to come."""
    signs = table(language, "signs")
    before, _, between = signs.get("between", "").partition(" ")
    return Wording(
        percent=signs.get("percent", ""),
        to=signs.get("to", ""),
        between=(before, between) if before else None,
        plus=signs.get("plus", ""),
        minus=signs.get("minus", ""),
        currencies=currency_names(table(language, "currencies")),
        scales=scales(language),
    )


@cache
def _tables(language: str) -> Mapping[str, Any]:
    file = _FOLDER.joinpath(f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
