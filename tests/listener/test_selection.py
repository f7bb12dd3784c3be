"""Selection for a listener: each report once, in their best language, of what they follow, and no more than they have time for."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.errors import InputRefused, LanguageUnknown, StorageFailed
from podcaster.feed.rss import FeedEntry
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import TOKEN_BYTES, code_digest, code_of, token_of
from podcaster.listener.preferences import RATES, Preferences, preferences_from_json, preferences_json
from podcaster.listener.selection import newest_day, selected
from support.examples import DAY, NOW, episode_of

LANGUAGES = ("en", "es", "pt-BR", "zh-Hans")
wanted_languages = st.lists(st.sampled_from(["en", "es", "pt", "ca", "zh"]), min_size=1, max_size=3, unique=True)


def entry(report: int, language: str, **changes: object) -> FeedEntry:
    return FeedEntry(episode=episode_of(f"report-{report}", language, **changes), changed=NOW)


def heard(entries: list[FeedEntry], **choices: object) -> list[tuple[str, str]]:
    chosen = selected(entries, Preferences.of(**choices), most=100)  # type: ignore[arg-type]
    return [(each.episode.article, each.episode.language) for each in chosen]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(LANGUAGES)), unique=True, max_size=30),
    wanted_languages,
    st.none() | st.integers(1, 60),
    st.integers(0, 12),
)
def test_no_report_comes_twice_and_none_in_a_language_that_nobody_asked_for(
    published: list[tuple[int, str]], wanted: list[str], minutes: int | None, most: int
) -> None:
    entries = [entry(report, language) for report, language in sorted(published, reverse=True)]
    chosen = selected(entries, Preferences.of(languages=wanted, max_minutes=minutes), most=most)
    articles = [each.episode.article for each in chosen]
    assert len(articles) == len(set(articles)) <= most
    assert {each.episode.language.partition("-")[0] for each in chosen} <= set(wanted)
    places = [entries.index(each) for each in chosen]
    assert places == sorted(places)


def test_each_report_comes_in_the_best_language_that_it_is_there_in() -> None:
    entries = [entry(1, "en"), entry(1, "es"), entry(2, "en"), entry(3, "pt-BR"), entry(4, "zh-Hans")]
    assert heard(entries, languages=["es", "pt", "en"]) == [
        ("report-1", "es"),
        ("report-2", "en"),
        ("report-3", "pt-BR"),
    ]


def test_a_topic_is_followed_by_its_name_in_any_language() -> None:
    entries = [entry(1, "en", topics=("South Korea",)), entry(1, "es", topics=("Corea del Sur",)), entry(2, "es")]
    for topic in ("South Korea", "corea-del-sur", "COREA DEL SUR"):
        assert heard(entries, languages=["es"], topics=[topic]) == [("report-1", "es")]


def test_who_follows_topics_and_authors_gets_what_is_of_any_of_them() -> None:
    entries = [
        entry(1, "es", topics=("China",), authors=("Ann Other",)),
        entry(2, "es", topics=("India",), authors=("José Núñez",)),
        entry(3, "es", topics=("India",), authors=("China",)),
    ]
    assert heard(entries, languages=["es"], topics=["China"], authors=["jose nunez"]) == [
        ("report-1", "es"),
        ("report-2", "es"),
    ]


def test_a_later_report_of_the_day_takes_no_earlier_one_away_and_every_day_has_one() -> None:
    long, short = {"duration_ms": 20 * 60_000}, {"duration_ms": 5 * 60_000}
    entries = [
        entry(5, "es", published=DAY + timedelta(days=1), duration_ms=90 * 60_000),
        entry(3, "es", published=DAY + timedelta(hours=3), **short),
        entry(2, "es", published=DAY + timedelta(hours=2), **long),
        entry(1, "es", published=DAY + timedelta(hours=1), **short),
    ]
    kept = [("report-5", "es"), ("report-3", "es"), ("report-1", "es")]
    assert heard(entries, languages=["es"], max_minutes=15) == kept
    assert heard(entries[2:], languages=["es"], max_minutes=15) == kept[2:]
    assert heard(entries, languages=["es"], max_minutes=30)[1:] == [(f"report-{each}", "es") for each in (3, 2, 1)]


def test_the_newest_day_is_the_last_that_has_reports() -> None:
    entries = [
        entry(1, "es", published=DAY + timedelta(hours=20)),
        entry(2, "es"),
        entry(3, "es", published=DAY - timedelta(1)),
    ]
    assert newest_day(entries) == entries[:2]
    assert newest_day([]) == []


@given(wanted_languages, st.lists(st.text(max_size=20), max_size=4), st.none() | st.integers(1, 1440))
def test_choices_come_back_as_they_were_kept_and_spelling_makes_no_difference(
    wanted: list[str], topics: list[str], minutes: int | None
) -> None:
    made = Preferences.of(languages=wanted, topics=topics, max_minutes=minutes)
    assert preferences_from_json(preferences_json(made)) == made
    again = Preferences.of(
        languages=[each.upper() for each in wanted], topics=[*topics, *topics][::-1], max_minutes=minutes
    )
    assert again.choices == made.choices
    assert replace(made, topics=("another-topic",)).choices != made.choices


@pytest.mark.parametrize(
    ("choices", "error"),
    [
        ({"languages": []}, InputRefused),
        ({"languages": ["es"] * 21}, InputRefused),
        ({"languages": ["nonsense"]}, LanguageUnknown),
        ({"languages": ["es"], "topics": ["a"] * 101}, InputRefused),
        ({"languages": ["es"], "authors": ["a"] * 101}, InputRefused),
        ({"languages": ["es"], "max_minutes": 0}, InputRefused),
        ({"languages": ["es"], "max_minutes": 1441}, InputRefused),
        ({"languages": ["es"], "rate": 0.7}, InputRefused),
        ({"languages": ["es"], "rate": float("nan")}, InputRefused),
        ({"languages": ["es"], "time_zone": "Europe"}, InputRefused),
        ({"languages": ["es"], "time_zone": "../etc/passwd"}, InputRefused),
        ({"languages": ["es"], "voice": ["a voice, or two"]}, InputRefused),
        ({"languages": ["es"], "voice": ["x"] * 21}, InputRefused),
        ({"languages": ["es"], "morning": "24:00"}, InputRefused),
        ({"languages": ["es"], "morning": "6"}, InputRefused),
    ],
)
def test_choices_that_cannot_be_are_refused(choices: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        Preferences.of(**choices)  # type: ignore[arg-type]


def test_days_are_those_of_the_listeners_time_zone() -> None:
    evening = datetime(2026, 5, 4, 23, tzinfo=UTC)
    entries = [
        entry(2, "es", published=evening, duration_ms=600_000),
        entry(1, "es", published=evening - timedelta(hours=3), duration_ms=600_000),
    ]
    madrid = Preferences.of(languages=["es"], max_minutes=15, time_zone="Europe/Madrid")
    assert newest_day(entries) == entries
    assert newest_day(entries, madrid.zone) == entries[:1]
    assert selected(entries, madrid, most=9) == entries
    assert selected(entries, replace(madrid, time_zone=None), most=9) == entries[1:]


@pytest.mark.parametrize(
    "choice",
    [{"rate": 1.25}, {"voice": ["female"]}, {"time_zone": "Asia/Tokyo"}, {"morning": "07:30"}, {"morning": None}],
)
def test_what_is_heard_otherwise_is_another_feed(choice: dict[str, object]) -> None:
    made = Preferences.of(languages=["es"])
    assert Preferences.of(languages=["es"], **choice).choices != made.choices  # type: ignore[arg-type]


def test_choices_of_an_earlier_podcaster_are_read() -> None:
    before = '{"authors":[],"languages":["es"],"max_minutes":null,"topics":[]}'
    assert preferences_from_json(before) == Preferences.of(languages=["es"])


def test_feeds_that_were_there_before_a_choice_was_keep_their_name() -> None:
    """Their podcast:guid is made of it."""
    made = Preferences.of(languages=["es"], topics=["China"], max_minutes=20)
    assert made.choices == "4f1d9ca9bf1312fb613675ade3dc49acfd527110d95cbaa5f34398f77bc734ad"
    zoned = Preferences.of(languages=["es"], time_zone="Europe/Madrid")
    assert zoned.choices == "ea8701ad156256d74a3ece3db5ab0dcbb9eed2d729a0ed24987114038efb37c0"


@given(st.floats(0.8, 1.5))
def test_a_rate_is_the_nearest_step_and_what_was_kept_before_there_were_steps_too(rate: float) -> None:
    made = Preferences.of(languages=["es"], rate=rate)
    assert made.rate in RATES
    assert all(abs(made.rate - rate) <= abs(each - rate) for each in RATES)
    before = replace(made, rate=rate)
    assert preferences_from_json(preferences_json(before)) == made


def test_at_a_quicker_pace_more_fits_into_a_day() -> None:
    entries = [
        entry(2, "es", published=DAY + timedelta(hours=2), duration_ms=600_000),
        entry(1, "es", published=DAY + timedelta(hours=1), duration_ms=600_000),
    ]
    assert heard(entries, languages=["es"], max_minutes=16) == [("report-1", "es")]
    assert heard(entries, languages=["es"], max_minutes=16, rate=1.25) == [("report-2", "es"), ("report-1", "es")]


def test_damaged_choices_say_so() -> None:
    with pytest.raises(StorageFailed):
        preferences_from_json('{"languages": 3}')


def test_a_token_has_256_bits_and_a_code_can_be_read_out() -> None:
    token = token_of(os.urandom(TOKEN_BYTES))
    assert (len(token), len(secret_digest(token)), len(code_of(token))) == (43, 64, 8)
    code = code_of(token)
    assert code_digest(f"{code[:4].lower()} - {code[4:]}") == code_digest(code) != code_digest(code[::-1] + "A")
    with pytest.raises(ValueError, match="32"):
        token_of(b"too short")
