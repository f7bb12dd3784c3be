"""The desk's pages of glossaries and lexicons, as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.feed.section import section_slug
from podcaster.model.changes import Action
from podcaster.ports import Library
from podcaster.units import LanguageTag
from podcaster.web.desk.page_renderer import PageRenderer

_CHANGES: Final = 200
"""Page size of the change log that is searched for each entry's last editor."""
_PAGES: Final = 5
_RECENT: Final = 200
_MOST_TOPICS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """An entry of a glossary or a lexicon."""

    entry: str
    value: str
    """Empty for a term that is not translated."""
    editor: str
    """Name of its last editor; empty: it is from the file in voices/."""
    changed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A glossary or a lexicon on its page."""

    kind: str
    """Entry of the navigation: `glossary` or `lexicon`."""
    key: str
    folder: str
    chosen: str
    """Name of the table below the folder."""
    uses: str
    """Route that counts uses."""
    choices: Sequence[str]
    """Names of the tables that the page leads to."""
    topics: Sequence[tuple[str, str]] = ()
    """Slug and name of each topic whose own lexicon the page leads to."""
    topic: str = ""
    """Slug of the topic whose lexicon it is; empty: the language's."""

    @property
    def name(self) -> str:
        """Name under which the table is kept."""
        return "/".join(filter(None, (self.folder, self.chosen, self.topic)))

    @property
    def api(self) -> str:
        """Route of the table."""
        return f"/api/{self.folder}/{self.chosen}" + (f"/topics/{self.topic}" if self.topic else "")


def add_term_pages(router: APIRouter, renderer: PageRenderer) -> None:
    """Add the routes below /desk."""
    services = renderer.services

    def table_page(request: Request, table: _Table) -> Response:
        visitor = renderer.visitor(request)
        if visitor is None:
            return renderer.page("desk_terms.html", request, None, here=table.kind)
        content, etag = services.lines.table(table.name)
        rows = _rows(services.library, table.name, content[table.key])
        return renderer.page("desk_terms.html", request, visitor, here=table.kind, table=table, rows=rows, etag=etag)

    @router.get("/desk/glossary")
    def glossary(request: Request, pair: Annotated[str, Query(max_length=80)] = "") -> Response:
        source, *others = _sources_first(services.languages)
        pairs = [(source, target) for target in others or [source]]
        chosen = next(((one, other) for one, other in pairs if f"{one}-{other}" == pair), pairs[0])
        table = _Table(
            kind="glossary",
            key="terms",
            folder="glossaries",
            chosen="-".join(chosen),
            uses=f"/api/glossaries/{chosen[0]}/{chosen[1]}/uses",
            choices=[f"{one}-{other}" for one, other in pairs],
        )
        return table_page(request, table)

    @router.get("/desk/lexicon")
    def lexicon(
        request: Request,
        language: Annotated[str, Query(max_length=35)] = "",
        topic: Annotated[str, Query(max_length=80, pattern="^([a-z0-9]+(-[a-z0-9]+)*)?$")] = "",
    ) -> Response:
        tag = _known(language) or services.languages[0]
        every = list(dict.fromkeys([*services.languages, tag]))
        uses = f"/api/lexicons/{tag}/uses" + (f"?topic={topic}" if topic else "")
        topics = _topics(services.library, topic)
        table = _Table(
            kind="lexicon",
            key="words",
            folder="lexicons",
            chosen=tag,
            uses=uses,
            choices=every,
            topics=topics,
            topic=topic,
        )
        return table_page(request, table)


def _topics(library: Library, chosen: str) -> Sequence[tuple[str, str]]:
    """The topics that the newest reports are most often on, and the chosen one."""
    names = Counter(topic for stored in library.articles(limit=_RECENT) for topic in stored.article.topics)
    found = {section_slug(name): name for name, _ in names.most_common(_MOST_TOPICS)}
    return list({**({chosen: chosen} if chosen else {}), **found}.items())


def _sources_first(configured: Sequence[LanguageTag]) -> Sequence[LanguageTag]:
    """The configured languages, English in front: most reports are written in it."""
    english = languages.match(LanguageTag("en"), configured)
    return sorted(configured, key=lambda tag: (tag != (english or configured[0]), configured.index(tag)))


def _known(tag: str) -> LanguageTag | None:
    try:
        return languages.parse(tag) if tag else None
    except LanguageUnknown:
        return None


def _rows(library: Library, name: str, entries: Mapping[str, str | None]) -> list[TableRow]:
    authors = _authors(library, name)
    rows = []
    for entry, value in entries.items():
        editor, changed = authors.get(entry, ("", None))
        rows.append(TableRow(entry=entry, value=value or "", editor=editor, changed=changed))
    return rows


def _authors(library: Library, name: str) -> Mapping[str, tuple[str, datetime]]:
    """Last editor of each entry, and when, from the change log."""
    found: dict[str, tuple[str, datetime]] = {}
    before = None
    for _ in range(_PAGES):
        page = library.changes(action=Action.TABLE_CHANGED, before=before, limit=_CHANGES)
        for change in page:
            if change.subject == name:
                for entry in {**(change.before or {}), **(change.after or {})}:
                    found.setdefault(entry, (change.actor.name, change.at))
        if len(page) < _CHANGES:
            break
        before = page[-1].number
    return found
