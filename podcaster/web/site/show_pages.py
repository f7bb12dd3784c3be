"""A show's page: all its episodes, those of a topic or an author, and those that somebody looks for."""

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
from podcaster.web.site.episode_cards import Card, SectionLists, show_path
from podcaster.web.site.show_names import in_own_words, shown_languages
from podcaster.web.site.templating import page_answer
from podcaster.web.site.words import words_for

_EPISODES = 20
_SLUG = Annotated[str, Query(max_length=80)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elsewhere:
    """The same question to another show."""

    language: LanguageTag
    name: str
    path: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What of a show is asked for."""

    query: str
    wanted: EpisodeQuery
    page: int
    found: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // _EPISODES))

    def path(self, page: int) -> str:
        """Where another page of the same stands."""
        section = self.wanted.section
        asked = {section.kind.value: section.slug} if section else {}
        return _path(self.wanted.language, {**asked, "q": self.query, "page": str(page) if page > 1 else ""})


def shows(services: Services, pages: Environment, sections: SectionLists) -> APIRouter:
    """The route; a form without a script asks it."""
    router = APIRouter(include_in_schema=False)
    addresses = Addresses.served(services.base_url)

    @router.get("/shows/{language}")
    def show(
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
        question = _Question(query=query, wanted=wanted, page=page, found=services.library.count(wanted))
        if page > question.pages:
            raise PageUnknown("There are not so many episodes.", "Start at /.")
        listed = services.library.listed(wanted, limit=_EPISODES, offset=(page - 1) * _EPISODES)
        html = pages.get_template("show.html").render(
            show=services.show(tag),
            name=in_own_words(tag),
            words=words_for(tag),
            question=question,
            section=section,
            asked=wanted.phrases,
            cards=[Card.of(each, wanted.phrases) for each in listed],
            sections=sections.of(tag),
            feed=addresses.feed(section.feed if section else tag),
            elsewhere=_elsewhere(services, question),
        )
        return page_answer(html)

    return router


def _shown(services: Services, language: str) -> LanguageTag:
    """The show that an address names.

    Raises:
        PageUnknown: there is none.
    """
    try:
        tag = languages.parse(language)
    except LanguageUnknown:
        tag = None
    if tag is None or tag not in shown_languages(services):
        raise PageUnknown("There is no show in this language.", "Start at /.")
    return tag


def _section(sections: Sequence[Section], topic: str, author: str) -> Section | None:
    """The topic or author that is asked for.

    Raises:
        PageUnknown: no episode has it.
    """
    if not topic and not author:
        return None
    kind, slug = (SectionKind.TOPIC, topic) if topic else (SectionKind.AUTHOR, author)
    found = next((each for each in sections if (each.kind, each.slug) == (kind, slug)), None)
    if found is None:
        raise PageUnknown("No episode has this topic or author.", "Start at /.")
    return found


def _elsewhere(services: Services, question: _Question) -> Sequence[_Elsewhere]:
    """The other shows; where this one has nothing, how much each of them has of what is looked for."""
    asked = question.wanted.phrases
    counted = bool(asked) and question.found == 0
    others = [language for language in shown_languages(services) if language != question.wanted.language]
    return [
        _Elsewhere(
            language=language,
            name=in_own_words(language),
            path=_path(language, {"q": question.query}),
            found=services.library.count(EpisodeQuery(language=language, phrases=asked)) if counted else 0,
        )
        for language in others
    ]


def _path(language: LanguageTag, query: Mapping[str, str]) -> str:
    said = urlencode({name: value for name, value in query.items() if value})
    return show_path(language) + (f"?{said}" if said else "")
