"""Words of the public site, in the visitor's language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from podcaster import language as languages
from podcaster.units import LanguageTag

WORDS = Path(__file__).parent / "words"
"""A file for each language. A language without one uses the nearest, or English."""
_ELSE = LanguageTag("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWords:
    """The top level of words/{language}.toml; the words of linking have a table below it."""

    language: LanguageTag
    skip: str
    languages: str
    nothing_yet: str
    being_made: str
    subscribe: str
    subscribe_how: str
    address: str
    copy: str
    copied: str
    all_feeds: str
    all_episodes: str
    search: str
    search_what: str
    found: str
    found_nothing: str
    in_other_languages: str
    everything: str
    topic_lead: str
    author_lead: str
    newer: str
    older: str
    page_of: str
    nothing_there: str
    nothing_there_why: str
    went_wrong: str
    went_wrong_why: str
    start: str
    own_podcast: str
    own_secret: str
    briefing: str
    code: str
    code_how: str
    to_the_phone: str
    best_language: str
    also_in: str
    topics: str
    authors: str
    else_everything: str
    minutes_a_day: str
    speed: str
    voice: str
    usual_voice: str
    female_voice: str
    male_voice: str
    reading_why: str
    morning: str
    morning_why: str
    time_zone: str
    choices_refused: str
    too_many_made: str
    saved: str
    get_podcast: str
    save: str
    new_address: str
    delete_podcast: str
    minutes: str
    player: str
    back: str
    forward: str
    chapter_before: str
    chapter_after: str
    play_pause: str
    faster_slower: str
    sleep: str
    sleep_off: str
    sleep_chapter: str
    sleep_left: str
    share: str
    download: str
    keys: str
    keys_on: str
    continued: str
    from_start: str
    kept_here: str
    key_points: str
    chapters: str
    transcript: str
    seek: str
    report: str
    draft: str
    draft_why: str
    saved_list: str
    play: str
    pause: str
    play_all: str
    play_next: str
    play_later: str
    queue: str
    queue_empty: str
    queued: str
    remove: str
    move_up: str
    clear: str
    next_episode: str
    position: str
    of_time: str
    time_left: str
    whole_player: str
    close: str
    continue_listening: str
    newest: str
    latest: str
    this_morning: str
    reports_of: str
    one_report: str
    many_reports: str
    own_podcast_why: str
    in_your_app: str
    listening_time: str
    reading_time: str
    heard_before: str
    save_offline: str
    saved_offline: str
    saving: str
    not_saved: str
    not_played: str
    privacy: str
    offline: str
    offline_why: str
    offline_nothing: str
    step_languages: str
    step_subjects: str
    step_listening: str
    preview: str
    preview_why: str
    preview_nothing: str
    hear_briefing: str


@cache
def words_for(language: LanguageTag) -> SiteWords:
    """The words of a language, of the nearest one available, or of English."""
    tables = word_tables()
    chosen = languages.match(language, list(tables)) or _ELSE
    return SiteWords(language=chosen, **{name: said for name, said in tables[chosen].items() if isinstance(said, str)})


@cache
def word_tables(folder: Path = WORDS) -> Mapping[LanguageTag, Mapping[str, Any]]:
    """The files of a folder as they are, by language."""
    return {
        LanguageTag(file.stem): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.toml"))
    }
