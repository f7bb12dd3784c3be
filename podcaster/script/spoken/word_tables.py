"""A language's words for signs, amounts and powers of ten, from its file in `words/`."""

from collections.abc import Mapping
from functools import cache

from podcaster.script.language_words import table, table_by_region, tables
from podcaster.script.spoken.numbers import currency_names
from podcaster.script.spoken.wording import Scale, Wording
from podcaster.units import LanguageTag

__all__ = ["scales", "signs_and_amounts", "table", "table_by_region"]


@cache
def scales(language: LanguageTag | str) -> Mapping[str, Scale]:
    """The powers of ten of a language or its region, by each way in which they are written."""
    rows = tables(str(language)).get("scales") or tables(language.partition("-")[0])["scales"]
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
