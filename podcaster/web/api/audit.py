"""Editors' API for the audit log."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from podcaster.model.changes import Action, Change, Channel
from podcaster.units import ArticleId
from podcaster.web.api.articles import NEXT, next_page
from podcaster.web.api.schemas.base_models import ApiModel
from podcaster.web.api.schemas.parameters import Moment
from podcaster.web.http.entity_tags import ETAG, NOT_MODIFIED, IfNoneMatch, json_with_etag
from podcaster.web.services import Services

_MOST = 2_147_483_647
"""The largest row number that the database allows."""


class LoggedChange(ApiModel):
    """A change, with its author."""

    number: int = Field(description="Grows with every change.")
    at: datetime
    editor: str = Field(description="Name of the key or of the user of the command line, or the URL of a source.")
    door: Channel = Field(description="The channel of the change.")
    place: str = Field(description="Network of the request, or host name of the command line.")
    action: Action
    article: str | None
    language: str | None
    subject: str = Field(description="What was changed: a sentence, a table, a render, a key, a source.")
    before: dict[str, Any] | None = Field(description="The changed values as they were; null if there were none.")
    after: dict[str, Any] | None = Field(description="The changed values as they are now; null if there are none.")

    @classmethod
    def of(cls, change: Change) -> Self:
        """The API's form of a change."""
        own = {name: getattr(change, name) for name in cls.model_fields if name not in {"editor", "door", "place"}}
        return cls(**own, editor=change.actor.name, door=change.actor.channel, place=change.actor.place)


class LogPage(ApiModel):
    """A page of changes, newest first."""

    changes: list[LoggedChange]


def add_audit(router: APIRouter, services: Services) -> None:
    """Add the route, which requires the scope `admin`."""

    @router.get(
        "/audit",
        summary="Audit log",
        response_model=LogPage,
        responses={200: {"headers": {**ETAG, **NEXT}}, **NOT_MODIFIED},
    )
    def audit(
        *,
        request: Request,
        article: Annotated[
            str | None, Query(pattern=r"^[a-z0-9-]{1,80}$", description="Changes to this report.")
        ] = None,
        editor: Annotated[
            str | None, Query(min_length=1, max_length=2_000, description="Changes by this editor.")
        ] = None,
        action: Annotated[Action | None, Query(description="Changes of this kind.")] = None,
        since: Annotated[Moment | None, Query(description="Changes at this time or later; with zone.")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[
            int | None, Query(ge=1, le=_MOST, description="The last number of the previous page, as in its `Link`.")
        ] = None,
        seen: IfNoneMatch = "",
    ) -> Response:
        """One entry for each change, written in the same transaction; entries are never changed or removed."""
        found = services.library.changes(
            article=ArticleId(article) if article else None,
            editor=editor,
            action=action,
            since=since,
            before=after,
            limit=limit + 1,
        )
        shown = found[:limit]
        behind = next_page(services, request, shown[-1].number) if len(found) > limit else {}
        return json_with_etag(LogPage(changes=[LoggedChange.of(each) for each in shown]), seen=seen, headers=behind)
