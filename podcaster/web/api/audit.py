"""The editors' API for the log of changes."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster.model.changes import Action, Change, Door
from podcaster.units import ArticleId
from podcaster.web.api.articles import NEXT, next_page
from podcaster.web.api.parameters import Moment
from podcaster.web.http.entity_tags import ETAG, NOT_MODIFIED, IfNoneMatch, json_with_etag
from podcaster.web.services import Services

_MOST = 2_147_483_647
"""The highest number that a row can have."""


class LoggedChange(BaseModel):
    """Who changed what."""

    number: int = Field(description="Grows with every change.")
    at: datetime
    editor: str = Field(description="Name of the key, or of whoever typed the command, or the address of a source.")
    door: Door = Field(description="By which way it came.")
    place: str = Field(description="The network that the request came from, or the machine of the command.")
    action: Action
    article: str | None
    language: str | None
    subject: str = Field(description="A sentence of the report, a table, a render, a key, a source.")
    before: dict[str, Any] | None = Field(description="What stood there, as far as it is another now; null: nothing.")
    after: dict[str, Any] | None = Field(description="What stands there now; null: nothing.")

    @classmethod
    def of(cls, change: Change) -> Self:
        """As it is kept."""
        own = {name: getattr(change, name) for name in cls.model_fields if name not in {"editor", "door", "place"}}
        return cls(**own, editor=change.actor.name, door=change.actor.door, place=change.actor.place)


class LogPage(BaseModel):
    """Some changes, the newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "changes": [
                        {
                            "number": 311, "at": "2030-05-04T06:00:00Z", "editor": "ann", "door": "desk", "place": "192.0.2.7",
                            "action": "line.worded", "article": "a-cable-levy-1f3a9c02", "language": "es",
                            "subject": "The minister resigned.", "before": {"text": "El ministro se resignó."},
                            "after": {"text": "El ministro dimitió."},
                        }
                    ]
                }
            ]
        }
    )  # fmt: skip

    changes: list[LoggedChange]


def add_audit(router: APIRouter, services: Services) -> None:
    """The route; the gate asks for the scope `admin`."""

    @router.get(
        "/audit",
        summary="Who changed what",
        response_model=LogPage,
        responses={200: {"headers": {**ETAG, **NEXT}}, **NOT_MODIFIED},
    )
    def audit(
        *,
        request: Request,
        article: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,80}$", description="Of this report.")] = None,
        editor: Annotated[str | None, Query(min_length=1, max_length=2_000, description="By this name.")] = None,
        action: Annotated[Action | None, Query(description="Of this kind.")] = None,
        since: Annotated[Moment | None, Query(description="Then, or later; with its zone.")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[
            int | None, Query(ge=1, le=_MOST, description="The last number of the page before; `Link` has it.")
        ] = None,
        seen: IfNoneMatch = "",
    ) -> Response:
        """One row for each change, written with the change itself; none is ever changed or removed."""
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
