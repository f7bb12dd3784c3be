"""The site: the shows, and a page for every episode; server-rendered, works without JavaScript."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from podcaster import language as languages
from podcaster.episode.timings import clock_time
from podcaster.feed.addresses import Addresses
from podcaster.ports import PublishedEpisode
from podcaster.units import ArticleId
from podcaster.web.services import Services

_HERE = Path(__file__).parent
_NEWEST = 10
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
_READ = ["GET", "HEAD"]


def static_files() -> StaticFiles:
    """Style and script of the pages."""
    return StaticFiles(directory=_HERE / "static")


def site(services: Services) -> APIRouter:
    """The pages that people look at."""
    router = APIRouter(include_in_schema=False)
    pages = _environment()
    addresses = Addresses.served(services.base_url)

    @router.api_route("/", methods=_READ)
    def home() -> Response:
        shown = list(dict.fromkeys([*services.languages, *services.library.languages()]))
        shows = [
            {
                "language": language,
                "name": languages.name(language),
                "show": services.show(language),
                "feed": addresses.feed(language),
                "episodes": [_listed(each) for each in services.library.episodes(language=language, limit=_NEWEST)],
            }
            for language in shown
        ]
        return _page(pages, "home.html", shows=shows, show=services.show(shown[0]))

    @router.api_route("/covers/{language}.jpg", methods=_READ)
    def cover(language: str) -> Response:
        tag = languages.parse(language)
        kept = {"Cache-Control": "public, max-age=86400", "Access-Control-Allow-Origin": "*"}
        return Response(services.cover(tag), media_type="image/jpeg", headers=kept)

    @router.api_route("/episodes/{article}/{language}", methods=_READ)
    def episode(article: str, language: str) -> Response:
        tag = languages.parse(language)
        published = services.library.episode(ArticleId(article), tag)
        found = published.episode
        name = f"media/{found.article}/{found.language}/{found.revision}"
        script = json.loads(services.blobs.get(f"{name}.script.json"))
        others = services.library.episodes(article=found.article)
        return _page(
            pages,
            "episode.html",
            episode=found,
            show=services.show(tag),
            listed=_listed(published),
            audio=f"/{name}.mp3",
            transcript=f"/{name}.vtt",
            lines=_spoken_blocks(script["lines"]),
            others=[(each.episode.language, languages.name(each.episode.language)) for each in others],
            feed=addresses.feed(tag),
        )

    return router


def _environment() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["clock"] = clock_time
    pages.filters["direction"] = lambda tag: "rtl" if languages.base(tag) in _RIGHT_TO_LEFT else "ltr"
    return pages


def _page(pages: Environment, template: str, **values: object) -> Response:
    return HTMLResponse(pages.get_template(template).render(**values), headers={"Cache-Control": "no-cache"})


def _listed(published: PublishedEpisode) -> Mapping[str, object]:
    episode = published.episode
    return {
        "episode": episode,
        "address": f"/episodes/{episode.article}/{episode.language}",
        "day": languages.long_date(episode.published.date(), episode.language),
        "minutes": max(1, round(episode.duration_ms / 60_000)),
    }


def _spoken_blocks(lines: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """The transcript's lines with their times and the class that shows their kind."""
    return [{"start": line["start"], "end": line["end"], "kind": line["kind"], "text": line["text"]} for line in lines]
