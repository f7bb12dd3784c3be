"""The editors' API for what a term or a word would change elsewhere."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import WordSearch
from podcaster.web.api.parameters import LanguagePath
from podcaster.web.api.schemas import problems

_Entry = Annotated[
    str, Query(min_length=1, max_length=200, description="The term, or the written form.", examples=["Biden"])
]


class Use(BaseModel):
    """A report that holds it."""

    article: str
    title: str
    lines: list[dict[str, Any]] = Field(description="`index` and `text` of each line.")


class Uses(BaseModel):
    """Where an entry stands in what was rendered last."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "entry": "Biden", "searched": 12, "reports": 1, "lines": 1, "seconds": 0.6,
                    "uses": [
                        {
                            "article": "a-cable-levy-1f3a9c02", "title": "A cable levy",
                            "lines": [{"index": 4, "text": "Biden lo firmó."}],
                        }
                    ],
                }
            ]
        }
    )  # fmt: skip

    entry: str
    searched: int = Field(description="How many reports were looked into, the newest first.")
    reports: int
    lines: int
    seconds: float = Field(description="What rendering them again would take; an estimate.")
    uses: list[Use]


def add_uses(router: APIRouter, search: WordSearch) -> None:
    """Both only look; the next render of each report follows what is settled."""

    @router.get("/lexicons/{language}/uses", summary="Where a word stands", responses=problems(errors.LanguageUnknown))
    def of_word(language: LanguagePath, entry: _Entry) -> Uses:
        """In the texts that are read out in this language."""
        return Uses(**search.uses(entry, languages.parse(language)))

    @router.get(
        "/glossaries/{source}/{target}/uses", summary="Where a term stands", responses=problems(errors.LanguageUnknown)
    )
    def of_term(source: LanguagePath, target: LanguagePath, entry: _Entry) -> Uses:
        """In the reports of the one language that were rendered into the other."""
        return Uses(**search.uses(entry, languages.parse(target), source=languages.parse(source)))
