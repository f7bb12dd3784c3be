"""Editors' API for reports: list, read, correct, remove."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from podcaster import errors
from podcaster import language as languages
from podcaster.article.correction import article_digest
from podcaster.article.text import one_line
from podcaster.ports import ArticleFilter, LanguageStatus, StoredArticle
from podcaster.units import ArticleId
from podcaster.web.api.schemas import ArticleDetail, ArticlePage, ArticleSummary, problems
from podcaster.web.api.schemas.base_models import RequestModel
from podcaster.web.api.schemas.parameters import TAG, ArticlePath, Language, Moment
from podcaster.web.http.conditions import parse_if_match
from podcaster.web.http.entity_tags import ETAG, NOT_MODIFIED, IfMatch, IfNoneMatch, json_with_etag
from podcaster.web.services import Services

_After = Annotated[
    str | None, Query(pattern=r"^[a-z0-9-]{1,80}$", description="The last id of the previous page, as in its `Link`.")
]
_State = Annotated[str, Field(max_length=50, pattern=f"^{TAG}:({'|'.join(LanguageStatus)})$")]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
NEXT: Final[Mapping[str, Any]] = {
    "Link": {
        "description": 'The next page, as `rel="next"` (RFC 8288), if there is one.',
        "schema": {"type": "string"},
    }
}


class Correction(BaseModel):
    """Corrections to a report's metadata; null restores the source's own value."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"title": "EU/NORWAY: A cable levy", "topics": ["EU", "Norway"], "authors": None}],
            "minProperties": 1,
        },
    )

    title: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    authors: Annotated[list[_Name], Field(max_length=50)] | None = None
    topics: Annotated[list[_Name], Field(max_length=50)] | None = None
    language: Language | None = Field(default=None, description="Language of the report (BCP 47).")
    published: Moment | None = Field(default=None, description="Date and time with zone.")

    def values(self) -> dict[str, object]:
        """The corrected fields, normalised.

        Raises:
            InputRefused: No field was sent, or a text is empty.
            LanguageUnknown: The language tag is invalid.
        """
        sent = self.model_dump(mode="json", exclude_unset=True)
        if not sent:
            raise errors.InputRefused(
                "There is nothing to correct.", f"Send some of {', '.join(type(self).model_fields)}."
            )
        cleaned = {name: _cleaned(name, value) for name, value in sent.items()}
        tag = cleaned.get("language")
        return cleaned | ({"language": languages.parse(str(tag))} if tag is not None else {})


class Assignment(RequestModel):
    """The editor who works on a report."""

    editor: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        description="Name of a key; null for nobody."
    )


def article_filter(
    title: Annotated[str, Query(max_length=200, description="Part of the title, in any case.")] = "",
    topic: Annotated[str, Query(max_length=200, description="A topic's name or slug.")] = "",
    language: Annotated[
        str | None, Query(max_length=35, pattern=f"^{TAG}$", description="Language of the report.")
    ] = None,
    since: Annotated[Moment | None, Query(description="Added at this time or later; with zone.")] = None,
    state: Annotated[
        list[_State] | None,
        Query(max_length=20, description="A language and its state, such as `es:held`; all given must match."),
    ] = None,
) -> ArticleFilter:
    """The filter of a list of reports, from its query."""
    pairs = [each.partition(":") for each in state or ()]
    return ArticleFilter(
        title=title,
        topic=topic,
        language=languages.parse(language) if language else None,
        since=since,
        states=tuple((languages.parse(tag), LanguageStatus(stands)) for tag, _, stands in pairs),
    )


def add_articles(router: APIRouter, services: Services) -> None:
    """Add the routes for reports; removing one requires the scope `publish`."""
    _add_lists(router, services)
    _add_changes(router, services)
    _add_notes(router, services)


def _add_lists(router: APIRouter, services: Services) -> None:
    library = services.library

    @router.get(
        "/articles",
        summary="List reports, newest first",
        response_model=ArticlePage,
        responses={
            200: {"headers": {**ETAG, **NEXT}},
            **NOT_MODIFIED,
            **problems(errors.ArticleUnknown, errors.LanguageUnknown),
        },
    )
    def listed(
        *,
        request: Request,
        wanted: Annotated[ArticleFilter, Depends(article_filter)],
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: _After = None,
        seen: IfNoneMatch = "",
    ) -> Response:
        """A page of reports. Paging is by id, so a report that is added meanwhile shifts nothing."""
        found = library.articles(limit=limit + 1, after=ArticleId(after) if after else None, wanted=wanted)
        shown = found[:limit]
        standings = library.standings([each.article.id for each in shown])
        page = ArticlePage(articles=[ArticleSummary.of(each, standings[each.article.id]) for each in shown])
        behind = next_page(services, request, shown[-1].article.id) if len(found) > limit else {}
        return json_with_etag(page, seen=seen, headers=behind)

    @router.get(
        "/articles/{article}",
        summary="Get a report",
        response_model=ArticleDetail,
        responses={200: {"headers": ETAG}, **NOT_MODIFIED, **problems(errors.ArticleUnknown)},
    )
    def article(article: ArticlePath, seen: IfNoneMatch = "") -> Response:
        """The report as it is read out, with its episodes and renders."""
        return _article_response(services, library.article(ArticleId(article)), seen)


def _add_changes(router: APIRouter, services: Services) -> None:
    desk = services.articles

    @router.patch(
        "/articles/{article}",
        summary="Correct a report",
        response_model=ArticleDetail,
        responses={200: {"headers": ETAG}, **problems(errors.ArticleUnknown, errors.LanguageUnknown, errors.Outdated)},
    )
    def correct(article: ArticlePath, correction: Annotated[Correction, Body()], expected: IfMatch = None) -> Response:
        """Corrections survive re-ingestion and apply from the next render."""
        kept = desk.correct(ArticleId(article), correction.values(), expected=_digests(expected))
        return _article_response(services, kept, "")

    @router.delete(
        "/articles/{article}",
        status_code=204,
        summary="Remove a report",
        responses=problems(errors.ArticleUnknown, errors.Outdated),
    )
    def remove(article: ArticlePath, expected: IfMatch = None) -> Response:
        """Removes the report from all feeds and cancels its renders. Sources and hooks do not add it again."""
        desk.remove(ArticleId(article), expected=_digests(expected))
        return Response(status_code=204)


def _add_notes(router: APIRouter, services: Services) -> None:
    """Add the routes for who works on a report and for marking it as looked at. They are idempotent."""
    library = services.library

    @router.put(
        "/articles/{article}/assignee",
        status_code=204,
        summary="Say who works on a report",
        responses=problems(errors.ArticleUnknown, errors.InputRefused),
    )
    def assign(article: ArticlePath, assignment: Annotated[Assignment, Body()]) -> Response:
        """The desk's inbox shows it. Nothing is locked."""
        editor = assignment.editor
        keys = library.keys()
        if editor is not None and editor not in {key.name for key in keys if key.revoked is None}:
            raise errors.InputRefused(f"There is no editor {editor!r}.", "Name a key of `podcaster keys list`.")
        library.assign(ArticleId(article), editor or "")
        return Response(status_code=204)

    @router.put(
        "/articles/{article}/reviewed",
        status_code=204,
        summary="Mark a report as looked at",
        responses=problems(errors.ArticleUnknown),
    )
    def reviewed(article: ArticlePath) -> Response:
        """Its flags no longer ask for a look, until a later render has some."""
        library.review(ArticleId(article), services.clock())
        return Response(status_code=204)

    @router.delete(
        "/articles/{article}/reviewed",
        status_code=204,
        summary="Ask for another look at a report",
        responses=problems(errors.ArticleUnknown),
    )
    def unreviewed(article: ArticlePath) -> Response:
        """Its flags ask for a look again."""
        library.review(ArticleId(article), None)
        return Response(status_code=204)


def next_page(services: Services, request: Request, after: str | int) -> dict[str, str]:
    """The Link header to the next page (RFC 8288 §3.3)."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return {"Link": f'<{services.base_url}{request.url.path}?{urlencode([*query, ("after", str(after))])}>; rel="next"'}


def _article_response(services: Services, stored: StoredArticle, seen: str) -> Response:
    """Respond with a report. The ETag starts with the part that corrections change, so a running render outdates no correction."""
    name = stored.article.id
    detail = ArticleDetail.made_of(
        stored,
        services.library.episodes(article=name),
        services.library.renders(name),
        services.publishing.scheduled(name),
        states=services.library.standings([name])[name],
        downloads=services.library.downloads_of([name]).get(name, 0),
    )
    return json_with_etag(detail, seen=seen, before=article_digest(stored.article))


def _digests(expected: str | None) -> Collection[str] | None:
    tags = parse_if_match(expected)
    return None if tags is None else frozenset(each.partition(".")[0] for each in tags)


def _cleaned(name: str, value: Any) -> object:  # noqa: ANN401 # JSON
    if isinstance(value, list):
        return [_cleaned(name, each) for each in value]
    text = one_line(value) if isinstance(value, str) else value
    if text == "":
        raise errors.InputRefused(f"{name} is empty.", "Send a text, or null for the source's own value.")
    return text
