"""The desk's first page: the inbox, or the form that asks for a key."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from podcaster.units import ArticleId
from podcaster.web.desk.inbox import Bucket, InboxFilter, inbox
from podcaster.web.desk.page_renderer import PageRenderer

_Short = Annotated[str, Query(max_length=200)]


def add_inbox_page(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the route /desk."""

    @router.get("/desk")
    def home(
        *,
        request: Request,
        state: _Short = "",
        q: _Short = "",
        language: _Short = "",
        flag: _Short = "",
        editor: _Short = "",
        after: Annotated[str, Query(pattern=r"^[a-z0-9-]{0,80}$")] = "",
    ) -> Response:
        key = renderer.visitor(request)
        if key is None:
            return renderer.sign_in(request)
        wanted = InboxFilter(bucket=state, text=q, language=language, flag=flag, editor=editor)
        found = inbox(renderer.services, wanted, after=ArticleId(after) if after else None)
        return renderer.page(
            "desk.html",
            request,
            key,
            here="inbox",
            inbox=found,
            wanted=wanted,
            buckets=["", *Bucket],
            now=renderer.services.clock(),
        )
