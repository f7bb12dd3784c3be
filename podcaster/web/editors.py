"""The editors' API: submit, look, render again."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from podcaster import language as languages
from podcaster.article.record import reading_record
from podcaster.errors import RequestMalformed, SourceNotText
from podcaster.model import LanguageReport, Render
from podcaster.ports import StoredArticle, Submission
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.services import Services

_FILES = ("text/html", "application/xhtml+xml", "text/markdown", "text/x-markdown", "text/plain")
_FORMS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}
_ArticlePath = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,80}$")]
_RenderPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]
_Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)]
_Text = Annotated[str, Field(max_length=10_000_000)]


class NewArticle(BaseModel):
    """A report, handed in as one of four things."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://example.com/report", "languages": ["en", "es"]}]},
    )

    url: Annotated[str, Field(max_length=2_000, pattern=r"^https?://")] | None = None
    html: _Text | None = None
    text: _Text | None = None
    markdown: _Text | None = None
    languages: Annotated[list[str], Field(min_length=1, max_length=100)] | None = None

    def submission(self) -> Submission:
        """The one source that is given.

        Raises:
            RequestMalformed: none is, or more than one.
        """
        given = [name for name in ("url", "html", "text", "markdown") if getattr(self, name) is not None]
        if len(given) != 1:
            raise RequestMalformed(
                "A report comes as one of url, html, text and markdown.", "Send exactly one of them."
            )
        if self.url is not None:
            return Submission(url=self.url, name=self.url)
        body = str(getattr(self, given[0])).encode("utf-8", "replace")
        return Submission(body=body, media_type=_FORMS[given[0]], name="the report")


class NewRender(BaseModel):
    """Which languages to render again; without any, those that are configured."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"languages": ["es"]}]})

    languages: Annotated[list[str], Field(min_length=1, max_length=100)] | None = None


def editors(services: Services) -> APIRouter:
    """The routes below /api/. The gate has seen to the key."""
    router = APIRouter(prefix="/api", tags=["editors"])
    newsroom, library = services.newsroom, services.library

    @router.post("/articles", status_code=202, summary="Hand in a report", openapi_extra=_BODY)
    async def submit(
        request: Request,
        response: Response,
        key: _Key = None,
        wanted: Annotated[str | None, Query(alias="languages")] = None,
    ) -> Mapping[str, str]:
        """As JSON, or as the file itself with its own content type. The answer comes when nothing can be lost any more."""
        source, tags = _source(request.headers.get("content-type", ""), await request.body())
        chosen = _tags(tags if tags is not None else wanted.split(",") if wanted else None)
        render = await run_in_threadpool(newsroom.submit, source, languages=chosen, idempotency_key=key)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return {"article": render.article, "render": render.id}

    @router.get("/articles", summary="Reports, the newest first")
    def listed(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,80}$")] = None,
    ) -> Mapping[str, object]:
        """A page of reports; `after` is the last id of the page before."""
        found = library.articles(limit=limit, after=ArticleId(after) if after else None)
        return {"articles": [_summary(each) for each in found]}

    @router.get("/articles/{article}", summary="One report")
    def article(article: _ArticlePath) -> Mapping[str, object]:
        """The report as it was read, its episodes and its renders."""
        stored = library.article(ArticleId(article))
        return {
            **_summary(stored),
            "report": reading_record(stored.article, stored.article.url or ""),
            "episodes": [
                {"language": each.episode.language, "revision": each.episode.revision, "title": each.episode.title}
                for each in library.episodes(article=ArticleId(article))
            ],
            "renders": [_render(each) for each in library.renders(ArticleId(article))],
        }

    @router.get("/articles/{article}/scripts/{language}", summary="What is read out in a language, line by line")
    def script(article: _ArticlePath, language: str) -> Any:  # noqa: ANN401 # JSON as it was written
        """The published episode's script.json."""
        tag = languages.parse(language)
        episode = library.episode(ArticleId(article), tag).episode
        return json.loads(services.blobs.get(f"media/{article}/{tag}/{episode.revision}.script.json"))

    @router.post("/articles/{article}/renders", status_code=202, summary="Render a report again")
    def rerender(
        article: _ArticlePath, response: Response, new: Annotated[NewRender | None, Body()] = None, key: _Key = None
    ) -> Mapping[str, str]:
        """Only what changed is made."""
        chosen = _tags(new.languages if new else None)
        render = newsroom.rerender(ArticleId(article), languages=chosen, idempotency_key=key)
        response.headers["Location"] = f"{services.base_url}/api/renders/{render.id}"
        return {"render": render.id}

    @router.get("/renders/{render}", summary="How far a render has got")
    def render_state(render: _RenderPath) -> Mapping[str, object]:
        """The state of the whole and of every language."""
        return _render(library.render(RenderId(render)))

    @router.post("/renders/{render}/cancel", summary="Stop a render")
    def cancel(render: _RenderPath) -> Mapping[str, object]:
        """What has been published stays; nothing more is."""
        return _render(newsroom.cancel(RenderId(render)))

    return router


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NewArticle.model_json_schema()},
            **{kind: {"schema": {"type": "string"}} for kind in _FILES},
        },
    }
}


def _source(content_type: str, body: bytes) -> tuple[Submission, list[str] | None]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _FILES:
        return Submission(body=body, media_type=kind, name="the report"), None
    if kind != "application/json":
        raise SourceNotText(
            f"{kind or 'No content type'} is not taken.", f"Send application/json, or {', '.join(_FILES)}."
        )
    try:
        text = body.decode("utf-8")
        new = NewArticle.model_validate(json.loads(text, parse_constant=_no_constant))
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as error:
        raise RequestMalformed(f"The request is not JSON: {error}.", "Correct it.") from error
    return new.submission(), new.languages


def _no_constant(name: str) -> float:
    raise RequestMalformed(f"{name} is not JSON.", "Leave it out.")


def _tags(texts: list[str] | None) -> list[LanguageTag] | None:
    return None if texts is None else [languages.parse(text) for text in texts]


def _summary(stored: StoredArticle) -> dict[str, object]:
    return {
        "article": stored.article.id,
        "title": stored.article.title,
        "language": stored.article.language,
        "added": stored.added.isoformat(),
        "changed": stored.changed.isoformat(),
    }


def _render(render: Render) -> dict[str, object]:
    return {
        "render": render.id,
        "article": render.article,
        "state": render.state.value,
        "requested": render.requested.isoformat(),
        "languages": {language: _report(report) for language, report in render.languages.items()},
    }


def _report(report: LanguageReport) -> dict[str, object]:
    shown: dict[str, object] = {
        "state": report.state.value,
        "lines": report.lines,
        "translated": report.translated,
        "spoken": report.spoken,
        "reused": report.reused,
        "seconds": report.seconds,
        "warnings": list(report.warnings),
    }
    return shown | ({"error": report.error} if report.error else {})
