"""A listener's daily briefings come once a day by their own clocks, and every report is in one of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.feed.rss import FeedEntry
from podcaster.listener.briefing_schedule import BriefingTime, briefing_times, local_time_in_utc, reports_by_briefing
from podcaster.listener.preferences import Preferences
from podcaster.units import Milliseconds
from support.examples import DAY, NOW, episode_of

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
moments = st.datetimes(datetime(1990, 1, 3), datetime(2037, 12, 28)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001 # given a zone behind it
clocks = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@given(moments, clocks, zones)
def test_the_last_morning_has_come_and_the_next_one_has_not(now: datetime, clock: time, zone: ZoneInfo) -> None:
    newest, *_ = come = briefing_times(now, clock, zone, most=4)
    assert len(come) == 4
    assert newest.at <= now < local_time_in_utc(newest.day + timedelta(days=1), clock, zone)
    assert all(later.day - earlier.day == timedelta(days=1) for later, earlier in pairwise(come))
    # A whole day that a zone leaves out has its morning with the next one's.
    assert all(later.at >= earlier.at for later, earlier in pairwise(come))


@given(moments, clocks, zones)
def test_a_morning_is_at_its_hour_by_the_listeners_clocks_unless_the_day_leaves_that_hour_out(
    now: datetime, clock: time, zone: ZoneInfo
) -> None:
    for morning in briefing_times(now, clock, zone, most=3):
        here = morning.at.astimezone(zone)
        if here.replace(tzinfo=None) != datetime.combine(morning.day, clock):
            before = (morning.at - timedelta(days=1)).astimezone(zone).utcoffset()
            assert here.utcoffset() != before
            assert here.replace(tzinfo=None) > datetime.combine(morning.day, clock)


@given(moments, clocks, zones, st.integers(0, 3 * 24 * 60))
def test_every_moment_belongs_to_one_morning(now: datetime, clock: time, zone: ZoneInfo, minutes_ago: int) -> None:
    come = briefing_times(now, clock, zone, most=8)
    when = min(now, come[0].at - timedelta(microseconds=1)) - timedelta(minutes=minutes_ago)
    windows = [(earlier.at, later.at) for later, earlier in pairwise(come)]
    assert sum(since <= when < until for since, until in windows) == 1


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Europe/Madrid", date(2026, 3, 28), datetime(2026, 3, 28, 5, tzinfo=UTC)),
        ("Europe/Madrid", date(2026, 3, 29), datetime(2026, 3, 29, 4, tzinfo=UTC)),
        ("Europe/Madrid", date(2026, 10, 25), datetime(2026, 10, 25, 5, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), datetime(2026, 3, 8, 10, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 5, 4), datetime(2026, 5, 4, 0, 15, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 31), datetime(2011, 12, 30, 16, tzinfo=UTC)),
    ],
)
def test_six_oclock_moves_with_the_clocks(zone: str, day: date, utc: datetime) -> None:
    assert local_time_in_utc(day, time(6), ZoneInfo(zone)) == utc


def test_an_hour_that_is_left_out_is_as_much_later_and_of_one_that_comes_twice_the_first_counts() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    assert local_time_in_utc(date(2026, 3, 29), time(2, 30), madrid) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert local_time_in_utc(date(2026, 10, 25), time(2, 30), madrid) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def published(*reports: tuple[int, str, timedelta], **changes: object) -> list[tuple[FeedEntry, datetime]]:
    """Reports by number and language, first published so long before NOW."""
    return [
        (FeedEntry(episode=episode_of(f"report-{number}", language, **changes), changed=NOW), NOW - ago)
        for number, language, ago in reports
    ]


def heard(
    found: list[tuple[FeedEntry, datetime]], wanted: Preferences, come: list[BriefingTime]
) -> dict[date, list[tuple[str, str]]]:
    return {
        morning.day: [(each.episode.article, each.episode.language) for each in entries]
        for morning, entries in reports_by_briefing(found, wanted, come, most=100)
    }


HOUR = timedelta(hours=1)
WANTED = Preferences.of(languages=["es", "en"])
COME = list(briefing_times(NOW, time(6), UTC, most=3))
TODAY, YESTERDAY = COME[0].day, COME[1].day


def test_a_morning_brings_what_came_since_the_one_before() -> None:
    found = published((4, "es", 0 * HOUR), (3, "es", 1 * HOUR), (2, "es", 24 * HOUR), (1, "es", 25 * HOUR))
    assert heard(found, WANTED, COME) == {
        TODAY: [("report-3", "es"), ("report-2", "es")],
        YESTERDAY: [("report-1", "es")],
    }


def test_what_comes_in_a_better_language_later_is_not_brought_twice_and_changes_no_morning_that_has_come() -> None:
    found = published((1, "en", 3 * HOUR))
    before = heard(found, WANTED, COME)
    later = published((1, "es", 0 * HOUR), (1, "en", 3 * HOUR))
    assert heard(later, WANTED, COME) == before == {TODAY: [("report-1", "en")], YESTERDAY: []}
    tomorrow = [BriefingTime(day=TODAY + timedelta(days=1), at=COME[0].at + timedelta(days=1)), *COME]
    assert heard(later, WANTED, tomorrow)[TODAY + timedelta(days=1)] == []


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["en", "es", "pt"]), st.integers(0, 100)), max_size=25),
    st.none() | st.integers(1, 30),
)
def test_no_report_is_brought_twice_and_a_new_one_changes_no_morning(
    reports: list[tuple[int, str, int]], minutes: int | None
) -> None:
    wanted = replace(WANTED, max_minutes=minutes)
    unique = list({(number, language): (number, language, ago * HOUR) for number, language, ago in reports}.values())
    found = published(*sorted(unique, reverse=True), published=DAY, duration_ms=Milliseconds(300_000))
    come = list(briefing_times(NOW, time(6), UTC, most=5))
    before = heard(found, wanted, come)
    articles = [article for each in before.values() for article, _ in each]
    assert len(articles) == len(set(articles))
    new = published((99, "es", 0 * HOUR), published=NOW)
    assert heard([*new, *found], wanted, come) == before
