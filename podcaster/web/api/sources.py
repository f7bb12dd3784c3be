"""The editors' API for sources that are watched."""

from datetime import datetime
from typing import Literal, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster.ports import SourceDesk
from podcaster.source.watched import Outcome, WatchedSource
from podcaster.web.api.examples import SOURCE
from podcaster.web.api.parameters import Address, IdempotencyKey, SourcePath, Whole
from podcaster.web.api.schemas import problems


class NewSource(BaseModel):
    """A feed or a sitemap to watch."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"url": "https://example.com/feed.xml", "interval_s": 900}]}
    )

    url: Address
    only: Address | Literal[""] = Field(
        default="", description="Reports whose address does not begin with this are left alone; empty: all are taken."
    )
    interval_s: Whole = Field(default=900, ge=60, le=604_800)
    first: Whole = Field(
        default=10, ge=0, le=10_000, description="How many of the reports that are there already are taken."
    )


class LastPoll(BaseModel):
    """What came of asking it the last time."""

    outcome: Outcome
    new: int
    changed: int
    withdrawn: int
    refused: int
    waiting: int = Field(description="Reports left for the next time.")
    error: str


class SourceDetail(BaseModel):
    """A source that is watched."""

    model_config = ConfigDict(json_schema_extra={"examples": [SOURCE]})

    source: str
    url: str
    only: str
    interval_s: int
    title: str
    added: datetime
    next_poll: datetime
    polled: datetime | None
    failures: int = Field(description="Times in a row that it did not answer.")
    last: LastPoll | None

    @classmethod
    def of(cls, source: WatchedSource) -> Self:
        """As it is kept."""
        last = source.last
        shown = LastPoll(**{name: getattr(last, name) for name in LastPoll.model_fields}) if last else None
        names = [name for name in cls.model_fields if name not in {"source", "last"}]
        return cls(source=source.id, last=shown, **{name: getattr(source, name) for name in names})


class SourceList(BaseModel):
    """All sources."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sources": [SOURCE]}]})

    sources: list[SourceDetail]


def add_sources(router: APIRouter, desk: SourceDesk) -> None:
    """Workers do the asking; these routes say what is to be asked."""

    @router.get("/sources", summary="Sources that are watched")
    def listed() -> SourceList:
        """By address."""
        return SourceList(sources=[SourceDetail.of(each) for each in desk.sources()])

    @router.post(
        "/sources",
        status_code=201,
        summary="Watch a source",
        responses=problems(errors.AddressRefused, errors.Conflict),
    )
    def add(new: NewSource, key: IdempotencyKey = "") -> SourceDetail:
        """An RSS or Atom feed, or a sitemap; it is asked within seconds, and then every `interval_s` seconds."""
        wanted = new.model_dump()
        return SourceDetail.of(desk.add(**wanted, idempotency_key=key or None))

    @router.post(
        "/sources/{source}/poll", status_code=202, summary="Ask a source soon", responses=problems(errors.SourceUnknown)
    )
    def poll(source: SourcePath) -> SourceDetail:
        """Within seconds, whenever its time would be."""
        return SourceDetail.of(desk.call(source))

    @router.delete(
        "/sources/{source}", status_code=204, summary="Watch it no more", responses=problems(errors.SourceUnknown)
    )
    def remove(source: SourcePath) -> Response:
        """The reports that came from it stay."""
        desk.remove(source)
        return Response(status_code=204)
