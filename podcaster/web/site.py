"""The site: the shows, and a page for every episode; server-rendered, works without JavaScript."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from podcaster import language as languages
from podcaster.episode.timings import clock_time
from podcaster.errors import EpisodeUnknown, LanguageUnknown, PageUnknown
from podcaster.feed.addresses import Addresses, EpisodeFile
from podcaster.model import Episode, Show
from podcaster.ports import PublishedEpisode
from podcaster.units import ArticleId, LanguageTag, Milliseconds
from podcaster.web.negotiation import accepted_language
from podcaster.web.services import Services
from podcaster.web.static import static_address
from podcaster.web.words import Words, words_for

_TEMPLATES = Path(__file__).parent / "templates"
_NEWEST = 10
_ARTICLE = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """An episode in a list."""

    episode: Episode
    path: str
    day: str
    """When the report was published, in the episode's language."""
    minutes: int

    @classmethod
    def of(cls, published: PublishedEpisode) -> "_Card":
        episode = published.episode
        return cls(
            episode=episode,
            path=_page_path(episode),
            day=languages.long_date(episode.published.date(), episode.language),
            minutes=max(1, round(episode.duration_ms / 60_000)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """One show on the first page, and what it says in its own language."""

    show: Show
    name: str
    feed: str
    words: Words
    cards: Sequence[_Card]
    sections: Sequence[tuple[str, str]]
    """Label and feed address of each topic and each author."""


def site(services: Services, pages: Environment) -> APIRouter:
    """The pages that people look at."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url)

    @lru_cache(maxsize=64)
    def sections(language: LanguageTag, _generation: int) -> Sequence[tuple[str, str]]:
        # They change with the library alone, and a long archive has many.
        found = services.library.sections(language=language)
        return [(each.label, addresses.feed(each.feed)) for each in found]

    def shelf(language: LanguageTag) -> _Shelf:
        return _Shelf(
            show=services.show(language),
            name=in_own_words(language),
            feed=addresses.feed(language),
            words=words_for(language),
            cards=[_Card.of(each) for each in services.library.episodes(language=language, limit=_NEWEST)],
            sections=sections(language, services.library.generation()),
        )

    @router.get("/")
    def home(accept_language: Annotated[str, Header()] = "") -> Response:
        shown = shown_languages(services)
        visitors = accepted_language(accept_language, shown) or shown[0]
        shelves = [shelf(language) for language in sorted(shown, key=lambda each: each != visitors)]
        page = pages.get_template("home.html")
        return _answer(page.render(shelves=shelves, show=shelves[0].show, words=shelves[0].words))

    @router.get("/covers/{language}.jpg")
    def cover(language: str) -> Response:
        # A cover is drawn and stored when it is first asked for, so only for shows that there are.
        tag = next((each for each in shown_languages(services) if each == language), None)
        if tag is None:
            raise PageUnknown("There is no such cover.", "Take its address from the feed.")
        kept = {"Cache-Control": "public, max-age=86400", "Access-Control-Allow-Origin": "*"}
        return Response(services.cover(tag), media_type="image/jpeg", headers=kept)

    @router.get("/episodes/{article}/{language}")
    def episode(article: str, language: str) -> Response:
        published = published_at(services, article, language)
        found = published.episode
        script = services.blobs.get(f"media/{found.article}/{found.language}/{found.revision}.script.json")
        order = {language: place for place, language in enumerate(services.languages)}
        others = sorted(
            services.library.episodes(article=found.article),
            key=lambda each: (order.get(each.episode.language, len(order)), each.episode.language),
        )
        page = pages.get_template("episode.html")
        return _answer(
            page.render(
                show=services.show(found.language),
                words=words_for(found.language),
                card=_Card.of(published),
                episode=found,
                audio=_path(services, addresses.audio(found)),
                captions=_path(services, addresses.file(found, EpisodeFile.VTT) or ""),
                lines=json.loads(script)["lines"],
                others=[(each.episode, in_own_words(each.episode.language)) for each in others],
                feed=addresses.feed(found.language),
                oembed=f"{addresses.site}oembed?url={quote(addresses.page(found) or '', safe='')}",
            )
        )

    return router


def shown_languages(services: Services) -> tuple[LanguageTag, ...]:
    """The shows: those that are configured, and those that have episodes all the same."""
    return tuple(dict.fromkeys([*services.languages, *services.library.languages()]))


def published_at(services: Services, article: str, language: str) -> PublishedEpisode:
    """The episode that an address names.

    Raises:
        EpisodeUnknown: there is none, or the address is not made like one.
    """
    try:
        tag = languages.parse(language)
    except LanguageUnknown:
        tag = None
    if tag is None or not _ARTICLE.fullmatch(article):
        raise EpisodeUnknown("There is no such episode.", "Start at /.")
    return services.library.episode(ArticleId(article), tag)


def environment() -> Environment:
    """The templates, with what they may call."""
    pages = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["clock"] = clock_time
    pages.filters["spoken_clock"] = lambda seconds: clock_time(Milliseconds(int(seconds * 1000)))
    pages.filters["heard"] = _heard
    pages.filters["direction"] = languages.direction
    pages.filters["page"] = _page_path
    pages.globals["static"] = static_address
    return pages


def _answer(html: str) -> Response:
    headers: Mapping[str, str] = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return HTMLResponse(html, headers=headers)


def _heard(line: Mapping[str, Any]) -> Sequence[tuple[float | None, str]]:
    """A line's text in parts, each with the second at which it is heard; whole where its words' times are not known."""
    text: str = line["text"]
    words = line.get("words") or []
    parts: list[tuple[float | None, str]] = []
    place = 0
    for word, following in zip_longest(words, words[1:]):
        behind = text.find(following["text"], place + len(word["text"])) if following else len(text)
        if not text.startswith(word["text"], place) or behind < 0:
            return [(None, text)]
        parts.append((word["start"], text[place:behind]))
        place = behind
    return parts or [(None, text)]


def _page_path(episode: Episode) -> str:
    return f"/episodes/{episode.article}/{episode.language}"


def _path(services: Services, address: str) -> str:
    """An address of our own as pages name it, so that they work under any name that the service is reached by."""
    return address.removeprefix(services.base_url)


def in_own_words(language: LanguageTag) -> str:
    """A language's name as it stands alone: `Español`, where running text has `español`."""
    name = languages.name(language)
    return name[:1].upper() + name[1:]
