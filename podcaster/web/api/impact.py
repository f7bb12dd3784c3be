"""Editors' API for the impact of a glossary or lexicon entry on other reports."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.ports import WordSearch
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import LanguagePath

_Entry = Annotated[
    str, Query(min_length=1, max_length=200, description="A term or a written form.", examples=["Biden"])
]
_Topic = Annotated[
    str,
    Query(
        max_length=80,
        pattern="^([a-z0-9]+(-[a-z0-9]+)*)?$",
        description="A topic's slug: its reports alone, as for an entry of its own lexicon.",
        examples=["south-korea"],
    ),
]


class Use(ApiModel):
    """A report that contains the entry."""

    article: str
    title: str
    lines: list[dict[str, Any]] = Field(description="`index` and `text` of each line.")


class Uses(ApiModel):
    """Reports and lines that contain an entry, as last rendered."""

    entry: str
    searched: int = Field(description="Number of reports searched, newest first.")
    reports: int
    lines: int
    seconds: float = Field(description="Estimated time to render them again.")
    uses: list[Use]


class Entries(RequestModel):
    """Entries of a table."""

    entries: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=10_000)]


class Impact(ApiModel):
    """Lines that contain entries, as last rendered."""

    searched: int = Field(description="Number of reports searched, newest first.")
    reports: int = Field(description="Reports with any of the entries.")
    lines: int = Field(description="Lines with any of the entries.")
    seconds: float = Field(description="Estimated time to render them again.")
    entries: dict[str, int] = Field(description="Lines with each entry.")


def add_impact(router: APIRouter, search: WordSearch) -> None:
    """Add the routes. They change nothing."""

    @router.get("/lexicons/{language}/uses", summary="Find a word's uses", responses=problems(errors.LanguageUnknown))
    def of_word(language: LanguagePath, entry: _Entry, topic: _Topic = "") -> Uses:
        """Lines read out in this language that contain the word."""
        return Uses(**search.uses(entry, languages.parse(language), topic=topic))

    @router.post("/lexicons/{language}/uses", summary="Count words' uses", responses=problems(errors.LanguageUnknown))
    def of_words(language: LanguagePath, wanted: Entries, topic: _Topic = "") -> Impact:
        """Lines read out in this language that contain each of the words. Changes nothing."""
        return Impact(**search.impact(wanted.entries, languages.parse(language), topic=topic))

    @router.post(
        "/glossaries/{source}/{target}/uses", summary="Count terms' uses", responses=problems(errors.LanguageUnknown)
    )
    def of_terms(source: LanguagePath, target: LanguagePath, wanted: Entries) -> Impact:
        """Lines in the source language that contain each of the terms. Changes nothing."""
        found = search.impact(wanted.entries, languages.parse(target), source=languages.parse(source))
        return Impact(**found)

    @router.get(
        "/glossaries/{source}/{target}/uses", summary="Find a term's uses", responses=problems(errors.LanguageUnknown)
    )
    def of_term(source: LanguagePath, target: LanguagePath, entry: _Entry) -> Uses:
        """Lines in the source language that contain the term, in reports rendered into the target language."""
        return Uses(**search.uses(entry, languages.parse(target), source=languages.parse(source)))
