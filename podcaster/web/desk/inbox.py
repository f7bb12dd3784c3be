"""The desk's inbox: reports by the state that asks something of an editor."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from podcaster.model import LanguageReport
from podcaster.ports import ArticleFilter, LanguageStatus, ScheduledEpisode, StoredArticle
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.services import Services

WINDOW: Final = 200
"""Reports that are counted and filtered, the newest first."""
_FLAG: Final = re.compile(r"line (?P<line>\d+): (?:(?P<kind>\w+): )?(?P<detail>.*)", re.DOTALL)
FLAG_KINDS: Final = (
    "heard", "voice", "numbers", "names", "untranslated", "unknown", "estimate", "length", "repetition", "marks",
    "draft", "script",
)  # fmt: skip
"""Checks of a line, the gravest first; docs/translation.md describes them."""


class Bucket(StrEnum):
    """The work that a report asks of an editor."""

    LOOK = "look"
    """It is on hold, or lines are flagged that nobody has looked at."""
    WORK = "work"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageMark:
    """One language of a report in the list."""

    tag: LanguageTag
    status: str
    """A `LanguageStatus`, or `scheduled`."""
    error: str
    flagged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A report in the list."""

    id: ArticleId
    title: str
    language: LanguageTag
    added: datetime
    bucket: Bucket
    languages: Sequence[LanguageMark]
    flags: Mapping[str, int]
    """Flagged lines by kind of check, the gravest kind first."""
    assignee: str
    last_editor: str
    downloads: int
    render: RenderId | None
    """The unfinished render, if any."""
    progress: float | None
    """The share of its lines that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """The reports that an editor wants to see; empty values match everything."""

    bucket: str = ""
    text: str = ""
    language: str = ""
    flag: str = ""
    editor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A page of the inbox."""

    rows: Sequence[InboxRow]
    counts: Mapping[str, int]
    """Reports by bucket, with all filters but the bucket's; the empty name for all."""
    flags: Mapping[str, int]
    """Reports with a flag, by its kind."""
    editors: Sequence[str]
    older: str
    """The last report of the window, behind which older ones follow; empty at the end."""


def inbox(services: Services, wanted: InboxFilter, *, after: ArticleId | None = None) -> Inbox:
    """The reports that match a filter, those that ask for a look first."""
    every = _rows(services, wanted.text, after)
    rows = [each for each in every if _matches(each, wanted)]
    counts = Counter(each.bucket.value for each in rows)
    shown = [each for each in rows if not wanted.bucket or each.bucket == wanted.bucket]
    flags = Counter(kind for each in every for kind in each.flags)
    return Inbox(
        rows=shown,
        counts={"": len(rows), **counts},
        flags={kind: flags[kind] for kind in FLAG_KINDS if kind in flags},
        editors=sorted({name for each in every for name in (each.assignee, each.last_editor) if name}),
        older=every[-1].id if len(every) == WINDOW else "",
    )


def _rows(services: Services, text: str, after: ArticleId | None) -> Sequence[InboxRow]:
    library = services.library
    listed = library.articles(limit=WINDOW, after=after, wanted=ArticleFilter(title=text))
    which = [each.article.id for each in listed]
    standings, reports, notes = library.standings(which), library.newest_reports(which), library.desk_notes(which)
    editors, downloads = library.last_editors(which), library.downloads_of(which)
    scheduled = _by_article(library.schedules())
    renders = {each.article: each.id for each in library.unfinished_renders()}

    def row(stored: StoredArticle) -> InboxRow:
        name = stored.article.id
        note, editor = notes.get(name), editors.get(name)
        marks = _marks(standings[name], reports[name], scheduled.get(name, {}))
        flags = flags_of(reports[name])
        seen = note is not None and note.reviewed is not None and not made_since(services, name, note.reviewed)
        return InboxRow(
            id=name,
            title=stored.article.title,
            language=stored.article.language,
            added=stored.added,
            bucket=_bucket(marks, flagged=bool(flags) and not seen),
            languages=marks,
            flags={kind: flags[kind] for kind in FLAG_KINDS if kind in flags},
            assignee=note.assignee if note else "",
            last_editor=editor.actor.name if editor else "",
            downloads=downloads.get(name, 0),
            render=renders.get(name),
            progress=_progress(reports[name].values()) if name in renders else None,
        )

    return [row(each) for each in listed]


def flags_of(reports: Mapping[LanguageTag, LanguageReport]) -> Counter[str]:
    """Flagged lines of a report by kind of check."""
    found = (_FLAG.fullmatch(warning) for report in reports.values() for warning in report.warnings)
    return Counter(_kind(each["kind"], each["detail"]) for each in found if each)


def _kind(named: str | None, detail: str) -> str:
    if named in FLAG_KINDS:
        return named
    return "heard" if detail.startswith("heard") else "voice"


def _marks(
    standings: Mapping[LanguageTag, LanguageStatus],
    reports: Mapping[LanguageTag, LanguageReport],
    scheduled: Mapping[LanguageTag, ScheduledEpisode],
) -> Sequence[LanguageMark]:
    marks = []
    for tag, status in standings.items():
        report = reports.get(tag)
        due = scheduled.get(tag)
        waits = due is not None and not due.error and status is LanguageStatus.HELD
        flagged = sum(flags_of({tag: report}).values()) if report else 0
        marks.append(
            LanguageMark(
                tag=tag,
                status="scheduled" if waits else status.value,
                error=report.error if report and status is LanguageStatus.FAILED else due.error if due else "",
                flagged=flagged,
            )
        )
    return marks


def _bucket(marks: Sequence[LanguageMark], *, flagged: bool) -> Bucket:
    statuses = {mark.status for mark in marks}
    if statuses & {"queued", "running"}:
        return Bucket.WORK
    if "failed" in statuses:
        return Bucket.FAILED
    if flagged or "held" in statuses or not statuses - {"missing"}:
        return Bucket.LOOK
    return Bucket.SCHEDULED if "scheduled" in statuses else Bucket.PUBLISHED


def made_since(services: Services, article: ArticleId, moment: datetime) -> bool:
    """Whether a render was requested after somebody looked."""
    newest = next(iter(services.library.renders(article)), None)
    return newest is not None and newest.requested > moment


def _by_article(scheduled: Sequence[ScheduledEpisode]) -> Mapping[ArticleId, Mapping[LanguageTag, ScheduledEpisode]]:
    found: dict[ArticleId, dict[LanguageTag, ScheduledEpisode]] = {}
    for each in scheduled:
        found.setdefault(each.article, {})[each.language] = each
    return found


def _progress(reports: Iterable[LanguageReport]) -> float | None:
    known = [each for each in reports if each.lines]
    return sum(each.done for each in known) / sum(each.lines for each in known) if known else None


def _matches(row: InboxRow, wanted: InboxFilter) -> bool:
    if wanted.language and not any(mark.tag == wanted.language for mark in row.languages):
        return False
    if wanted.flag and wanted.flag not in row.flags:
        return False
    return not wanted.editor or wanted.editor in {row.assignee, row.last_editor}
