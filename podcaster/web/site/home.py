"""The start page and the episode pages: rendered on the server, readable without JavaScript."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Response
from jinja2 import Environment

from podcaster import language as languages
from podcaster.errors import EpisodeUnknown, LanguageUnknown
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.section import Section, SectionKind
from podcaster.model import Show
from podcaster.ports import PublishedEpisode
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.services import Services
from podcaster.web.site.covers import covers
from podcaster.web.site.disclosure import page_notices
from podcaster.web.site.embed import LONGEST_SECONDS
from podcaster.web.site.episode_cards import Card, SectionLists, distinct_sections, minutes_in_all
from podcaster.web.site.reading_time import reading_minutes
from podcaster.web.site.share_card import episode_card
from podcaster.web.site.show_languages import heard_languages, native_name
from podcaster.web.site.show_pages import shows
from podcaster.web.site.templating import html_response
from podcaster.web.site.words import SiteWords, words_for

_NEWEST = 13
_NEWEST_IN_OTHERS = 3
_TOPICS = 16
_UNCOUNTED = frozenset({"opening", "disclosure"})
_ARTICLE = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Morning:
    """The reports of the newest day."""

    label: str
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShowSection:
    """A show on the start page, with the words of its own language."""

    show: Show
    name: str
    feed: str
    words: SiteWords
    cards: Sequence[Card]
    topics: Sequence[Section]
    """Topics of its newest episodes."""
    morning: _Morning


def site(services: Services, pages: Environment) -> APIRouter:
    """The routes of the public site."""
    router = APIRouter(include_in_schema=False)
    sections = SectionLists(services.library)
    router.routes.extend(shows(services, pages, sections).routes)
    router.routes.extend(covers(services, sections).routes)

    @router.get("/")
    def home(accept_language: Annotated[str, Header()] = "") -> Response:
        shown = heard_languages(services)
        visitors = accepted_language(accept_language, shown) or shown[0]
        first = _show_section(services, visitors, _NEWEST)
        others = [_show_section(services, language, _NEWEST_IN_OTHERS) for language in shown if language != visitors]
        page = pages.get_template("home.html")
        return html_response(
            page.render(first=first, others=others, show=first.show, words=first.words, being_made=services.being_made)
        )

    @router.get("/episodes/{article}/{language}")
    def episode(
        article: str, language: str, start: Annotated[int, Query(alias="t", ge=0, le=LONGEST_SECONDS)] = 0
    ) -> Response:
        return _episode_page(services, pages, published_at(services, article, language), start)

    return router


def _show_section(services: Services, language: LanguageTag, newest: int) -> _ShowSection:
    show, words = services.show(language), words_for(language)
    cards = [Card.of(each, show) for each in services.library.episodes(language=language, limit=newest)]
    topics = (section for section in distinct_sections(cards) if section.kind is SectionKind.TOPIC)
    return _ShowSection(
        show=show,
        name=native_name(language),
        feed=Addresses.served(services.base_url).feed(language),
        words=words,
        cards=cards,
        topics=list(islice(topics, _TOPICS)),
        morning=_morning(cards, words, services.clock().date()),
    )


def _episode_page(services: Services, pages: Environment, published: PublishedEpisode, start: int) -> Response:
    addresses = Addresses.served(services.base_url)
    found = published.episode
    script = services.blobs.get(f"media/{found.article}/{found.language}/{found.revision}.script.json")
    order = {language: place for place, language in enumerate(services.languages)}
    others = sorted(
        services.library.episodes(article=found.article),
        key=lambda each: (order.get(each.episode.language, len(order)), each.episode.language),
    )
    page = pages.get_template("episode.html")
    shared_page = f"{addresses.page(found) or ''}{f'?t={start}' if start else ''}"
    show, lines = services.show(found.language), _with_places(json.loads(script)["lines"])
    return html_response(
        page.render(
            show=show,
            words=words_for(found.language),
            card=Card.of(published, show),
            reading_minutes=reading_minutes(line["text"] for line in lines),
            episode=found,
            audio=_path(services, addresses.audio(found)),
            captions=_path(services, addresses.file(found, EpisodeFileKind.VTT) or ""),
            notices=page_notices(services, found),
            lines=lines,
            others=[(each.episode, native_name(each.episode.language)) for each in others],
            feed=addresses.feed(found.language),
            address=addresses.page(found),
            shared=episode_card(found, show, addresses, start_seconds=start),
            oembed=f"{addresses.site}oembed?url={quote(shared_page, safe='')}",
        )
    )


def published_at(services: Services, article: str, language: str) -> PublishedEpisode:
    """The published episode at a path.

    Raises:
        EpisodeUnknown: There is none.
    """
    try:
        tag = languages.parse(language)
    except LanguageUnknown:
        tag = None
    if tag is None or not _ARTICLE.fullmatch(article):
        raise EpisodeUnknown("There is no such episode.", "Find it from the start page, /.")
    return services.library.episode(ArticleId(article), tag)


def _with_places(lines: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Lines with their `place`, counted without openings and notices, whose number differs by language."""
    places = accumulate(line["kind"] not in _UNCOUNTED for line in lines)
    return [
        {**line, "place": place - (line["kind"] not in _UNCOUNTED)} for line, place in zip(lines, places, strict=True)
    ]


def _morning(cards: Sequence[Card], words: SiteWords, today: date) -> _Morning:
    """The reports of the newest day; those of `today` are called this morning's."""
    day = max((card.episode.published.date() for card in cards), default=today)
    found = [card for card in cards if card.episode.published.date() == day]
    written = found[0].day if found else ""
    label = f"{words.this_morning} · {written}" if day == today else words.reports_of.replace("{day}", written)
    return _Morning(label=label, count=len(found), minutes=minutes_in_all(found))


def _path(services: Services, address: str) -> str:
    """A path relative to the host, so that pages work under any host name."""
    return address.removeprefix(services.base_url)
