"""The embedded player: /embed for reports on another site's page, /embed.js for the tag that puts it there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Header, Path, Query, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from podcaster import language as languages
from podcaster.episode.timings import clock_time
from podcaster.errors import EpisodeUnknown, LanguageUnknown
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.section import SectionKind
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.http.negotiation import accepted_language
from podcaster.web.services import Services
from podcaster.web.site.artwork import artwork_path
from podcaster.web.site.assets import static_content
from podcaster.web.site.disclosure import page_notices
from podcaster.web.site.episode_cards import SectionLists
from podcaster.web.site.player_colours import readable
from podcaster.web.site.show_languages import native_name, show_languages
from podcaster.web.site.words import words_for

WIDTH, HEIGHT = 640, 220
_MOST_REPORTS = 20
_PICTURE_PIXELS = 320
LONGEST_SECONDS = 86_400
"""Latest start of a shared moment."""
_ARTICLE = re.compile(r"[a-z0-9-]{1,80}")
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Leaves out `frame-ancestors`: even `*` would keep out apps and local files."""
_PAPERS = ("#ffffff", "#1a1f21")
"""Grounds of the player by day and by night: `--sheet` in tokens.css."""
_PATHS = Addresses.served("")
_TAG = Annotated[str, Query(max_length=35)]
_Scheme = Annotated[Literal["", "light", "dark"], Query(alias="theme")]
_ACCENT = r"[0-9a-fA-F]{6}"
_Accent = Annotated[str, Query(pattern=f"^({_ACCENT})?$")]
_Visitor = Annotated[str, Header(alias="accept-language")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A report in the player."""

    title: str
    page: str
    audio: str
    captions: str
    picture: str
    seconds: float
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """Attributes of the tag that change how the player looks."""

    scheme: str
    accent: str

    @property
    def query(self) -> dict[str, str]:
        """As they stand in a URL."""
        return {name: value for name, value in (("theme", self.scheme), ("accent", self.accent)) if value}


def embedding(services: Services, pages: Environment) -> APIRouter:
    """The routes of the embedded player."""
    router = APIRouter(include_in_schema=False)
    sections = SectionLists(services.library)
    _add_files(router)

    @router.get("/embed/{article}")
    def embed(  # noqa: PLR0917 # the attributes of the tag
        article: str,
        lang: _TAG = "",
        scheme: _Scheme = "",
        accent: _Accent = "",
        start: Annotated[int, Query(alias="t", ge=0, le=LONGEST_SECONDS)] = 0,
        visitor: _Visitor = "",
    ) -> Response:
        episodes = episodes_of(services, article)
        chosen = _in_language(episodes, lang, visitor)
        look = _Look(scheme=scheme, accent=accent.lower())
        others = [(each, native_name(each.language), embed_path(each, **look.query)) for each in episodes]
        return _page(services, pages, [chosen], others if len(others) > 1 else [], look, start)

    @router.get("/embed")
    def list_of_reports(  # noqa: PLR0917 # the attributes of the tag
        report: Annotated[list[str] | None, Query(max_length=_MOST_REPORTS)] = None,
        topic: Annotated[str, Query(max_length=100)] = "",
        count: Annotated[int, Query(ge=1, le=_MOST_REPORTS)] = 5,
        lang: _TAG = "",
        scheme: _Scheme = "",
        accent: _Accent = "",
        visitor: _Visitor = "",
    ) -> Response:
        look = _Look(scheme=scheme, accent=accent.lower())
        if not report:
            shown = show_languages(services)
            tag = asked_language(lang, shown) or accepted_language(visitor, shown) or shown[0]
            return _page(services, pages, _newest(services, sections, tag, topic, count), [], look)
        found = [episodes_of(services, each) for each in report]
        first = _in_language(found[0], lang, visitor)
        chosen = [_in_language(each, first.language, "") for each in found]
        others = [(each, native_name(each.language), _list_path(report, each.language, look)) for each in found[0]]
        return _page(services, pages, chosen, others if len(found[0]) > 1 else [], look)

    return router


def _add_files(router: APIRouter) -> None:
    @router.get("/embed.js")
    def script() -> Response:
        headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(static_content("publisher.js"), media_type="text/javascript", headers=headers)

    @router.get("/embed/accents/{accent}.css")
    def accents(accent: Annotated[str, Path(pattern=f"^{_ACCENT}$")]) -> Response:
        day, night = (readable(f"#{accent.lower()}", paper) for paper in _PAPERS)
        css = f":root {{ --brand: {day}; --brand-accent: {night}; }}"
        return Response(css, media_type="text/css", headers={"Cache-Control": "public, max-age=86400"})


def _newest(
    services: Services, sections: SectionLists, language: LanguageTag, topic: str, count: int
) -> Sequence[Episode]:
    """The newest episodes of a show, or of one of its topics.

    Raises:
        EpisodeUnknown: There are none.
    """
    of_topic = (each for each in sections.of(language) if (each.kind, each.slug) == (SectionKind.TOPIC, topic))
    section = next(of_topic, None)
    if topic and section is None:
        raise EpisodeUnknown("No report has this topic.", "Use a topic as it stands in the show's page.")
    newest = [each.episode for each in services.library.episodes(language=language, section=section, limit=count)]
    if not newest:
        raise EpisodeUnknown("There is no episode in this language yet.", "Name another language.")
    return newest


def episodes_of(services: Services, article: str) -> Sequence[Episode]:
    """A report's episodes, configured languages first.

    Raises:
        EpisodeUnknown: The report is not published.
    """
    found = services.library.episodes(article=ArticleId(article)) if _ARTICLE.fullmatch(article) else []
    if not found:
        raise EpisodeUnknown("There is no such episode.", "Find it from the start page, /.")
    order = {language: place for place, language in enumerate(services.languages)}
    episodes = [each.episode for each in found]
    return sorted(episodes, key=lambda each: (order.get(each.language, len(order)), each.language))


def asked_language(lang: str, available: Sequence[LanguageTag]) -> LanguageTag | None:
    """The available language that a query asks for; None if it asks for none of them."""
    try:
        return languages.match(languages.parse(lang), available)
    except LanguageUnknown:
        return None


def embed_path(episode: Episode, **look: str) -> str:
    """The path of an episode's player."""
    return f"/embed/{quote(episode.article)}?{urlencode({'lang': episode.language, **look})}"


def _list_path(reports: Sequence[str], language: LanguageTag, look: _Look) -> str:
    return "/embed?" + urlencode([*(("report", each) for each in reports), ("lang", language), *look.query.items()])


def _in_language(episodes: Sequence[Episode], lang: str, visitor: str) -> Episode:
    """The episode in the language that is asked for, else in the visitor's, else the first."""
    tags = tuple(each.language for each in episodes)
    chosen = asked_language(lang, tags) or accepted_language(visitor, tags) or tags[0]
    return episodes[tags.index(chosen)]


def _page(  # noqa: PLR0917 # the template's own
    services: Services,
    pages: Environment,
    episodes: Sequence[Episode],
    others: Sequence[tuple[Episode, str, str]],
    look: _Look,
    start_seconds: int = 0,
) -> Response:
    first = episodes[0]
    addresses = Addresses.served(services.base_url)
    html = pages.get_template("embed.html").render(
        show=services.show(first.language),
        words=words_for(first.language),
        episode=first,
        notices=page_notices(services, first),
        episode_page=addresses.page(first),
        items=[_item(each) for each in episodes],
        others=others,
        feed=addresses.feed(first.language),
        scheme=look.scheme,
        accent=look.accent,
        start_seconds=start_seconds,
    )
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language", "Content-Security-Policy": _POLICY}
    return HTMLResponse(html, headers=headers)


def _item(episode: Episode) -> _Item:
    return _Item(
        title=episode.title,
        page=_PATHS.page(episode) or "",
        audio=_PATHS.audio(episode),
        captions=_PATHS.file(episode, EpisodeFileKind.VTT) or "",
        picture=artwork_path(episode, _PICTURE_PIXELS),
        seconds=round(episode.duration_ms / 1000, 1),
        length=clock_time(episode.duration_ms),
    )
