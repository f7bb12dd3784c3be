"""Selection of reports for a listener, each in one language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, tzinfo
from functools import lru_cache

from podcaster import language as languages
from podcaster.article.text import one_line
from podcaster.feed.rss import FeedEntry
from podcaster.feed.section import SectionKind, section_slug
from podcaster.listener.preferences import Preferences
from podcaster.units import ArticleId, LanguageTag

_MINUTE_MS = 60_000


def selected(entries: Sequence[FeedEntry], preferences: Preferences, *, most: int) -> Sequence[FeedEntry]:
    """Each followed report once, in the most preferred language in which it is published; at most `most`.

    Args:
        entries: Published episodes of every language, newest first; the order is kept.
        preferences: A report is followed if any of its languages matches, because topic names differ by language.
        most: Most reports to return.
    """
    editions: dict[ArticleId, list[FeedEntry]] = defaultdict(list)
    for entry in entries:
        editions[entry.episode.article].append(entry)
    followed = (found for found in editions.values() if _follows(preferences, found))
    heard = [entry for entry in (_best(preferences.languages, found) for found in followed) if entry is not None]
    return _within_minutes(heard, preferences)[:most]


def newest_day(entries: Sequence[FeedEntry], zone: tzinfo = UTC) -> Sequence[FeedEntry]:
    """The reports of the last day, in a time zone, that has any."""
    days = [_day(entry, zone) for entry in entries]
    newest = max(days, default=None)
    return [entry for entry, day in zip(entries, days, strict=True) if day == newest]


def _follows(preferences: Preferences, editions: Iterable[FeedEntry]) -> bool:
    wanted = {(SectionKind.TOPIC, slug) for slug in preferences.topics}
    wanted |= {(SectionKind.AUTHOR, slug) for slug in preferences.authors}
    return not wanted or any(
        not wanted.isdisjoint(_sections(entry.episode.topics, entry.episode.authors)) for entry in editions
    )


@lru_cache(maxsize=4096)
def _sections(topics: tuple[str, ...], authors: tuple[str, ...]) -> frozenset[tuple[SectionKind, str]]:
    """Kind and slug of each section, as in `sections_of`; cached, since every listener's preferences are compared."""
    named = [(SectionKind.TOPIC, each) for each in topics] + [(SectionKind.AUTHOR, each) for each in authors]
    return frozenset((kind, section_slug(label)) for kind, label in named if one_line(label))


def _best(wanted: tuple[LanguageTag, ...], editions: Sequence[FeedEntry]) -> FeedEntry | None:
    by_language: Mapping[LanguageTag, FeedEntry] = {entry.episode.language: entry for entry in editions}
    language = _best_language(wanted, frozenset(by_language))
    return None if language is None else by_language[language]


@lru_cache(maxsize=1024)
def _best_language(wanted: tuple[LanguageTag, ...], available: frozenset[LanguageTag]) -> LanguageTag | None:
    exact = (tag if tag in available else languages.match(tag, available) for tag in wanted)
    return next((found for found in exact if found is not None), None)


def _within_minutes(entries: Sequence[FeedEntry], preferences: Preferences) -> Sequence[FeedEntry]:
    """Fills the daily limit oldest first, so that a later report never evicts an earlier one; at least one a day.

    Durations are taken at the listener's rate, whether or not that reading exists yet.
    """
    if preferences.max_minutes is None:
        return entries
    most_ms = preferences.max_minutes * _MINUTE_MS * preferences.rate
    spent: dict[date, int] = {}
    kept: list[FeedEntry] = []
    for entry in reversed(entries):
        day = _day(entry, preferences.zone)
        total = spent.get(day, 0) + entry.episode.duration_ms
        if day not in spent or total <= most_ms:
            spent[day] = total
            kept.append(entry)
    return kept[::-1]


def _day(entry: FeedEntry, zone: tzinfo) -> date:
    return entry.episode.published.astimezone(zone).date()
