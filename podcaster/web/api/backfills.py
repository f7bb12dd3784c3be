"""The editors' API for back-fills."""

import threading
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.errors import InputRefused
from podcaster.ports import BackfillDesk
from podcaster.source.archive import BackfillProgress, BackfillState, ItemState
from podcaster.web.api.events import LastSeen, events_of, watched
from podcaster.web.api.examples import BACKFILL, FAILED_ITEM
from podcaster.web.api.parameters import Address, IdempotencyKey, Language
from podcaster.web.api.schemas import problems

_BackfillPath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$", examples=["5d2f0c9b8a7e6f5d4c3b2a1908f7e6d5"])]
_EVERY_S = 1.0
"""Between two looks of whoever watches one: a report takes about as long."""
_SHOWN = 20
"""Failures in the answer itself; /items has them all."""


class NewBackfill(BaseModel):
    """An archive: a feed or a sitemap that lists it, or the addresses of its reports."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"url": "https://example.com/sitemap.xml", "only": "https://example.com/reports/"}]
        },
    )

    url: Address | None = Field(default=None, description="A feed, a sitemap or a sitemap index.")
    urls: Annotated[list[Address], Field(min_length=1, max_length=50_000)] | None = None
    only: Annotated[str, Field(max_length=2_000, pattern=r"^(https?://.*)?$")] = Field(
        default="", description="Listed reports whose address does not begin with this are left alone."
    )
    name: Annotated[str, Field(max_length=200)] = ""
    languages: Annotated[list[Language], Field(min_length=1, max_length=100)] | None = None


class BackfillFailure(BaseModel):
    """A report that could not be made, or not in every language."""

    name: str = Field(description="Its address, or the name of its file.")
    article: str | None
    error: str


class BackfillDetail(BaseModel):
    """A back-fill, and how far it has got."""

    model_config = ConfigDict(json_schema_extra={"examples": [BACKFILL]})

    backfill: str
    name: str
    state: BackfillState
    added: datetime
    ended: datetime | None
    listing: bool = Field(description="Whether a feed or a sitemap is still to be read: until then the total grows.")
    total: int = Field(description="Reports that are known of.")
    waiting: int
    rendering: int
    done: int
    failed: int
    cancelled: int
    rate_per_minute: float | None = Field(description="Reports that ended a minute, of late.")
    expected_end: datetime | None
    held_until: datetime | None = Field(description="The archive's host is left alone until then.")
    said: str = Field(description="Why it stands still, where it does.")

    @classmethod
    def of(cls, now: BackfillProgress) -> Self:
        """As it is now."""
        backfill, tally = now.backfill, now.tally
        return cls(
            backfill=backfill.id,
            name=backfill.name,
            state=backfill.state,
            added=backfill.added,
            ended=backfill.ended,
            listing=tally.listings > 0,
            total=tally.total,
            **{state.value: tally.reports.get(state, 0) for state in ItemState},
            rate_per_minute=now.rate_per_minute,
            expected_end=now.expected_end,
            held_until=backfill.not_before if backfill.said else None,
            said=backfill.said,
        )


class BackfillWhole(BackfillDetail):
    """A back-fill with the first of what failed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**BACKFILL, "failures": [FAILED_ITEM]}]})

    failures: list[BackfillFailure]

    @classmethod
    def whole(cls, desk: BackfillDesk, now: BackfillProgress) -> Self:
        """With what failed."""
        failed = desk.items(now.backfill.id, ItemState.FAILED, limit=_SHOWN)
        failures = [BackfillFailure(name=each.name, article=each.article, error=each.error) for each in failed]
        return cls(**BackfillDetail.of(now).model_dump(), failures=failures)


class BackfillList(BaseModel):
    """All back-fills, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"backfills": [BACKFILL]}]})

    backfills: list[BackfillDetail]


class BackfillItemDetail(BackfillFailure):
    """One item of a back-fill."""

    place: int
    state: ItemState


class BackfillItems(BaseModel):
    """Items of a back-fill in a state, by place."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{**FAILED_ITEM, "place": 6, "state": "failed"}]}]}
    )

    items: list[BackfillItemDetail]


def add_backfills(router: APIRouter, desk: BackfillDesk, leaving: threading.Event) -> None:
    """Workers do the work; these routes say what is to be done."""
    unknown = problems(errors.BackfillUnknown)
    changes = problems(errors.BackfillUnknown, errors.Conflict)

    @router.get("/backfills", summary="Back-fills")
    def listed() -> BackfillList:
        """The newest first."""
        return BackfillList(backfills=[BackfillDetail.of(each) for each in desk.all_progress()])

    @router.post(
        "/backfills",
        status_code=202,
        summary="Take an archive in",
        responses=problems(errors.AddressRefused, errors.Conflict, errors.InputRefused, errors.LanguageUnknown),
    )
    def add(new: NewBackfill, response: Response, key: IdempotencyKey = "") -> BackfillDetail:
        """Beside the day's work, which it never delays by more than a line; nothing of it is lost any more."""
        if (new.url is None) == (new.urls is None):
            raise InputRefused("An archive comes as url or as urls.", "Send exactly one of them.")
        tags = [languages.parse(tag) for tag in new.languages or ()]
        added = desk.add(
            listing=new.url or "",
            urls=new.urls or (),
            name=new.name,
            only=new.only,
            languages=tags,
            idempotency_key=key or None,
        )
        response.headers["Location"] = f"/api/backfills/{added.id}"
        return BackfillDetail.of(desk.progress(added.id))

    @router.get("/backfills/{backfill}", summary="How far a back-fill has got", responses=unknown)
    def progress(backfill: _BackfillPath) -> BackfillWhole:
        """Its state, how many of how many, rate and end, and the first of what failed."""
        return BackfillWhole.whole(desk, desk.progress(backfill))

    @router.get(
        "/backfills/{backfill}/events",
        summary="Watch a back-fill",
        response_class=Response,
        responses={**events_of(BackfillWhole, {**BACKFILL, "failures": [FAILED_ITEM]}), **unknown},
    )
    async def events(backfill: _BackfillPath, last_event_id: LastSeen = "") -> Response:
        """Events `progress`, each the document of `GET /api/backfills/{backfill}`; the last one has a final state."""
        return await watched(lambda: progress(backfill), last_event_id, leaving, every_s=_EVERY_S)

    @router.get("/backfills/{backfill}/items", summary="What is in a back-fill", responses=unknown)
    def items(
        backfill: _BackfillPath,
        state: ItemState = ItemState.FAILED,
        limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
        after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1,
    ) -> BackfillItems:
        """Those in a state; `after` is the last place of the page before."""
        found = desk.items(backfill, state, limit=limit, after=after)
        return BackfillItems(
            items=[
                BackfillItemDetail(
                    name=each.name, article=each.article, error=each.error, place=each.place, state=each.state
                )
                for each in found
            ]
        )

    @router.post("/backfills/{backfill}/pause", summary="Begin nothing more of it", responses=changes)
    def pause(backfill: _BackfillPath) -> BackfillDetail:
        """What has begun is finished."""
        return BackfillDetail.of(desk.pause(backfill))

    @router.post("/backfills/{backfill}/resume", summary="Go on with it", responses=changes)
    def resume(backfill: _BackfillPath) -> BackfillDetail:
        """The rate counts from now on."""
        return BackfillDetail.of(desk.resume(backfill))

    @router.post("/backfills/{backfill}/cancel", summary="End it", responses=changes)
    def cancel(backfill: _BackfillPath) -> BackfillDetail:
        """Its renders end, too, unless somebody else waits for them; what was published stays."""
        return BackfillDetail.of(desk.cancel(backfill))
