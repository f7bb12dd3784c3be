"""Editors' API for watched sources."""

from datetime import datetime
from typing import Literal, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster.ports import SourceManager
from podcaster.source.watched import Outcome, WatchedSource
from podcaster.web.api.examples import SOURCE
from podcaster.web.api.parameters import Address, IdempotencyKey, SourcePath, Whole
from podcaster.web.api.schemas import problems


class NewSource(BaseModel):
    """A feed or sitemap to watch."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"url": "https://example.com/feed.xml", "interval_s": 900}]}
    )

    url: Address
    only: Address | Literal[""] = Field(
        default="", description="Only reports whose URL starts with this are taken; empty for all."
    )
    interval_s: Whole = Field(default=900, ge=60, le=604_800)
    first: Whole = Field(default=10, ge=0, le=10_000, description="Number of existing reports to take at first.")


class LastPoll(BaseModel):
    """The result of the last poll."""

    outcome: Outcome
    new: int
    changed: int
    withdrawn: int
    refused: int
    waiting: int = Field(description="Reports left for the next poll.")
    error: str


class SourceDetail(BaseModel):
    """A watched source."""

    model_config = ConfigDict(json_schema_extra={"examples": [SOURCE]})

    source: str
    url: str
    only: str
    interval_s: int
    title: str
    added: datetime
    next_poll: datetime
    polled: datetime | None
    failures: int = Field(description="Failed polls in a row.")
    last: LastPoll | None

    @classmethod
    def of(cls, source: WatchedSource) -> Self:
        """The API's form of a watched source."""
        last = source.last
        shown = LastPoll(**{name: getattr(last, name) for name in LastPoll.model_fields}) if last else None
        names = [name for name in cls.model_fields if name not in {"source", "last"}]
        return cls(source=source.id, last=shown, **{name: getattr(source, name) for name in names})


class SourceList(BaseModel):
    """All watched sources."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sources": [SOURCE]}]})

    sources: list[SourceDetail]


def add_sources(router: APIRouter, desk: SourceManager) -> None:
    """Add the routes. Workers poll the sources."""

    @router.get("/sources", summary="List watched sources")
    def listed() -> SourceList:
        """All watched sources, by URL."""
        return SourceList(sources=[SourceDetail.of(each) for each in desk.sources()])

    @router.post(
        "/sources",
        status_code=201,
        summary="Watch a source",
        responses=problems(errors.AddressRefused, errors.Conflict),
    )
    def add(new: NewSource, key: IdempotencyKey = "") -> SourceDetail:
        """Watches an RSS or Atom feed, or a sitemap. The first poll follows within seconds, then every `interval_s` seconds."""
        wanted = new.model_dump()
        return SourceDetail.of(desk.add(**wanted, idempotency_key=key or None))

    @router.post(
        "/sources/{source}/poll", status_code=202, summary="Poll a source now", responses=problems(errors.SourceUnknown)
    )
    def poll(source: SourcePath) -> SourceDetail:
        """The poll follows within seconds."""
        return SourceDetail.of(desk.call(source))

    @router.delete(
        "/sources/{source}", status_code=204, summary="Stop watching a source", responses=problems(errors.SourceUnknown)
    )
    def remove(source: SourcePath) -> Response:
        """Reports that it brought stay."""
        desk.remove(source)
        return Response(status_code=204)
