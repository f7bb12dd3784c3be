"""Editors' API for back-fills, which import archives."""

import threading
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from podcaster import errors
from podcaster import language as languages
from podcaster.errors import InputRefused
from podcaster.ports import BackfillManager
from podcaster.source.archive import BackfillProgress, BackfillState, ItemState
from podcaster.web.api.events import LastSeen, event_responses, event_stream
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import Address, IdempotencyKey, Language

_BackfillPath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,32}$", examples=["5d2f0c9b8a7e6f5d4c3b2a1908f7e6d5"])]
_EVERY_S = 1.0
"""Interval of event streams; a report takes about as long."""
_SHOWN = 20
"""Failures listed in a response; /items lists all."""


class NewBackfill(RequestModel):
    """An archive: a feed or sitemap that lists it, or the URLs of its reports."""

    url: Address | None = Field(default=None, description="A feed, a sitemap or a sitemap index.")
    urls: Annotated[list[Address], Field(min_length=1, max_length=50_000)] | None = None
    only: Annotated[str, Field(max_length=2_000, pattern=r"^(https?://.*)?$")] = Field(
        default="", description="Only reports whose URL starts with this are imported."
    )
    name: Annotated[str, Field(max_length=200)] = ""
    languages: Annotated[list[Language], Field(min_length=1, max_length=100)] | None = None


class BackfillFailure(ApiModel):
    """A report that failed in some or all languages."""

    name: str = Field(description="URL of the report, or the name of its file.")
    article: str | None
    error: str


class BackfillDetail(ApiModel):
    """A back-fill and its progress."""

    backfill: str
    name: str
    state: BackfillState
    added: datetime
    ended: datetime | None
    listing: bool = Field(description="Whether a feed or sitemap is still being read, so that the total may grow.")
    total: int = Field(description="Reports known so far.")
    waiting: int
    rendering: int
    done: int
    failed: int
    cancelled: int
    rate_per_minute: float | None = Field(description="Reports finished per minute, recently.")
    expected_end: datetime | None
    held_until: datetime | None = Field(description="No requests to the archive's host until then.")
    said: str = Field(description="The reason if it is not making progress.")

    @classmethod
    def of(cls, now: BackfillProgress) -> Self:
        """The API's form of a back-fill's progress."""
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


class BackfillReport(BackfillDetail):
    """A back-fill with its first failures."""

    failures: list[BackfillFailure]

    @classmethod
    def with_failures(cls, desk: BackfillManager, now: BackfillProgress) -> Self:
        """The API's form of a back-fill with its first failures."""
        failed = desk.items(now.backfill.id, ItemState.FAILED, limit=_SHOWN)
        failures = [BackfillFailure.model_validate(each) for each in failed]
        return cls(**BackfillDetail.of(now).model_dump(), failures=failures)


class BackfillList(ApiModel):
    """All back-fills, newest first."""

    backfills: list[BackfillDetail]


class BackfillItemDetail(BackfillFailure):
    """An item of a back-fill."""

    place: int
    state: ItemState


class BackfillItems(ApiModel):
    """Items of a back-fill in one state, in order."""

    items: list[BackfillItemDetail]


def add_backfills(router: APIRouter, desk: BackfillManager, stopping: threading.Event) -> None:
    """Add the routes. Workers run the back-fills."""

    @router.get("/backfills", summary="List back-fills")
    def listed() -> BackfillList:
        """All back-fills, newest first."""
        return BackfillList(backfills=[BackfillDetail.of(each) for each in desk.all_progress()])

    @router.post(
        "/backfills",
        status_code=202,
        summary="Start a back-fill",
        responses=problems(errors.AddressRefused, errors.Conflict, errors.InputRefused, errors.LanguageUnknown),
    )
    def add(new: NewBackfill, response: Response, key: IdempotencyKey = "") -> BackfillDetail:
        """Imports an archive in the background; new reports go first. Once accepted, it survives restarts."""
        if (new.url is None) == (new.urls is None):
            raise InputRefused("An archive needs either url or urls.", "Send exactly one of them.")
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

    _add_progress(router, desk, stopping)
    _add_changes(router, desk)


def _add_progress(router: APIRouter, desk: BackfillManager, stopping: threading.Event) -> None:
    unknown = problems(errors.BackfillUnknown)

    @router.get("/backfills/{backfill}", summary="Get a back-fill", responses=unknown)
    def progress(backfill: _BackfillPath) -> BackfillReport:
        """State, progress, rate, expected end and first failures."""
        return BackfillReport.with_failures(desk, desk.progress(backfill))

    @router.get(
        "/backfills/{backfill}/events",
        summary="Watch a back-fill",
        response_class=Response,
        responses={**event_responses(BackfillReport), **unknown},
    )
    async def events(backfill: _BackfillPath, last_event_id: LastSeen = "") -> Response:
        """Events named `progress`, each with the document of `GET /api/backfills/{backfill}`; the last has a final state."""
        return await event_stream(lambda: progress(backfill), last_event_id, stopping, every_s=_EVERY_S)

    @router.get("/backfills/{backfill}/items", summary="List a back-fill's items", responses=unknown)
    def items(
        backfill: _BackfillPath,
        state: ItemState = ItemState.FAILED,
        limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
        after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1,
    ) -> BackfillItems:
        """Items in a state; `after` is the last `place` of the previous page."""
        found = desk.items(backfill, state, limit=limit, after=after)
        return BackfillItems(items=[BackfillItemDetail.model_validate(each) for each in found])


def _add_changes(router: APIRouter, desk: BackfillManager) -> None:
    changes = problems(errors.BackfillUnknown, errors.Conflict)

    @router.post("/backfills/{backfill}/pause", summary="Pause a back-fill", responses=changes)
    def pause(backfill: _BackfillPath) -> BackfillDetail:
        """Starts no more reports; those already started are finished."""
        return BackfillDetail.of(desk.pause(backfill))

    @router.post("/backfills/{backfill}/resume", summary="Resume a back-fill", responses=changes)
    def resume(backfill: _BackfillPath) -> BackfillDetail:
        """Continues; the rate is measured anew."""
        return BackfillDetail.of(desk.resume(backfill))

    @router.post("/backfills/{backfill}/cancel", summary="Cancel a back-fill", responses=changes)
    def cancel(backfill: _BackfillPath) -> BackfillDetail:
        """Cancels its renders too, unless another request waits for them. Published episodes stay."""
        return BackfillDetail.of(desk.cancel(backfill))
