"""A show's page: its episodes, filtered by topic, author or results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from jinja2 import Environment

from podcaster import language as languages
from podcaster.episode.search_text import phrases
from podcaster.errors import LanguageUnknown, PageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.feed.section import Section, SectionKind
from podcaster.ports import EpisodeQuery
from podcaster.units import LanguageTag
from podcaster.web.services import Services
from podcaster.web.site.episode_cards import Card, SectionLists, minutes_in_all, show_path
from podcaster.web.site.share_card import show_card
from podcaster.web.site.show_languages import native_name, show_languages
from podcaster.web.site.templating import html_response
from podcaster.web.site.words import words_for

_EPISODES = 20
_SLUG = Annotated[str, Query(max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShowChoice:
    """A show, and the same search in it."""

    language: LanguageTag
    name: str
    path: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _SearchResults:
    """Search results within a show, with their count and page."""

    query: str
    wanted: EpisodeQuery
    page: int
    found: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // _EPISODES))

    def path(self, page: int) -> str:
        """Path of another page of the results."""
        section = self.wanted.section
        asked = {section.kind.value: section.slug} if section else {}
        return _path(self.wanted.language, {**asked, "q": self.query, "page": str(page) if page > 1 else ""})


def shows(services: Services, pages: Environment, sections: SectionLists) -> APIRouter:
    """The route of a show's page."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url)

    @router.get("/shows/{language}")
    def show_page(
        language: str,
        q: Annotated[str, Query(max_length=200)] = "",
        topic: _SLUG = "",
        author: _SLUG = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> Response:
        tag = _shown(services, language)
        section = _section(sections.of(tag), topic, author)
        query = " ".join(q.split())
        wanted = EpisodeQuery(language=tag, section=section, phrases=phrases(query))
        results = _SearchResults(query=query, wanted=wanted, page=page, found=services.library.count(wanted))
        if page > results.pages:
            raise PageUnknown("There is no such page of episodes.", "Go to the start page, /.")
        listed = services.library.listed(wanted, limit=_EPISODES, offset=(page - 1) * _EPISODES)
        show = services.show(tag)
        cards = [Card.of(each, show, wanted.phrases) for each in listed]
        html = pages.get_template("show.html").render(
            show=show,
            name=native_name(tag),
            words=words_for(tag),
            results=results,
            section=section,
            asked=wanted.phrases,
            cards=cards,
            minutes=minutes_in_all(cards),
            sections=sections.of(tag),
            feed=addresses.feed(section.feed if section else tag),
            page=f"{services.base_url}{_path(tag, {section.kind.value: section.slug} if section else {})}#subscribe",
            shared=show_card(show, addresses),
            shows=_show_choices(services, results),
        )
        return html_response(html)

    return router


def _shown(services: Services, language: str) -> LanguageTag:
    """The language of a show.

    Raises:
        PageUnknown: There is no show in it.
    """
    try:
        tag = languages.parse(language)
    except LanguageUnknown:
        tag = None
    if tag is None or tag not in show_languages(services):
        raise PageUnknown("There is no show in this language.", "Go to the start page, /.")
    return tag


def _section(sections: Sequence[Section], topic: str, author: str) -> Section | None:
    """The requested topic or author, if any.

    Raises:
        PageUnknown: No episode has it.
    """
    if not topic and not author:
        return None
    kind, slug = (SectionKind.TOPIC, topic) if topic else (SectionKind.AUTHOR, author)
    found = next((each for each in sections if (each.kind, each.slug) == (kind, slug)), None)
    if found is None:
        raise PageUnknown("No episode has this topic or author.", "Go to the start page, /.")
    return found


def _show_choices(services: Services, results: _SearchResults) -> Sequence[_ShowChoice]:
    """All shows; with result counts if this one has no results."""
    asked = results.wanted.phrases
    counted = bool(asked) and results.found == 0
    return [
        _ShowChoice(
            language=language,
            name=native_name(language),
            path=results.path(1) if language == results.wanted.language else _path(language, {"q": results.query}),
            found=services.library.count(EpisodeQuery(language=language, phrases=asked)) if counted else 0,
        )
        for language in show_languages(services)
    ]


def _path(language: LanguageTag, query: Mapping[str, str]) -> str:
    said = urlencode({name: value for name, value in query.items() if value})
    return show_path(language) + (f"?{said}" if said else "")
