"""Types of path, query and header parameters, with the patterns that the OpenAPI document gives."""

import re
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Header, Path, Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

TAG: Final = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*"
"""Syntax of a language tag (RFC 5646 §2.1); an unknown language gives `language-unknown`."""
_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_BLANK = r"\u0000-\u0020\u007f-\u00a0"
"""Spelled out, because `\\s` differs between regular expression dialects."""
_ADDRESS = rf"^https?://([^{_BLANK}/?#\[\]@\\:]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{{1,5}})?([/?#][^{_BLANK}]*)?$"


def _written_out(value: object) -> object:
    """Refuse Unix times and dates without a time."""
    if isinstance(value, str) and not _RFC_3339.fullmatch(value):
        raise ValueError("a time is written as in RFC 3339: 2030-05-04T06:00:00+02:00")
    if not isinstance(value, str | datetime):
        raise ValueError("a time is a string")  # noqa: TRY004 # pydantic takes ValueErrors alone
    return value


def _in_utc(moment: datetime) -> datetime:
    """Convert to UTC, clamped to the years 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC) if moment.year == 1 else datetime(9999, 12, 31, tzinfo=UTC)


def _a_number(value: object) -> object:
    if isinstance(value, str | bool):
        raise ValueError("a number is written without quotes")  # noqa: TRY004 # pydantic takes ValueErrors alone
    return value


Whole = Annotated[int, BeforeValidator(_a_number)]
"""A whole number in JSON: `900` or `900.0`."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""A date and time with a zone (RFC 3339), converted to UTC."""
Address = Annotated[str, Field(max_length=2_000, pattern=_ADDRESS, examples=["https://example.com/report"])]
Language = Annotated[str, Field(max_length=35, pattern=f"^{TAG}$", examples=["es"])]
Languages = Annotated[list[Language], Field(min_length=1, max_length=100)]
ArticlePath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,80}$", examples=["a-cable-levy-1f3a9c02"])]
RenderPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$", examples=["0f8e4c1d2b3a495867768594a3b2c1d0"])]
SourcePath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$", examples=["5d2f0c9b8a7e6f5d4c3b2a1908f7e6d5"])]
LinePath = Annotated[int, Path(ge=0, le=1_000_000, examples=[4])]
LanguagePath = Annotated[str, Path(max_length=35, pattern=f"^{TAG}$", examples=["es"])]
TopicPath = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80, examples=["south-korea"])]
ChapterQuery = Annotated[
    int, Query(ge=0, le=1_000, description="Chapter of an EPUB to take alone, counted from 1; 0: the whole book.")
]
LanguagesQuery = Annotated[
    str,
    Query(alias="languages", max_length=1_000, pattern=f"^{TAG}(,{TAG})*$", description="`en,es`", examples=["en,es"]),
]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="A key of your choice, one for each request. Sent again with the same request, it is not executed twice.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]
