"""Downloads by the IAB's rules in short: a client, a minute of an episode, a day."""

import secrets
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.downloads.access_log import log_line
from podcaster.downloads.fetched_bytes import from_offset, total, union
from podcaster.downloads.transfers import AudioResponse, ClientTransfer, FileLayout, transfers_by_client
from podcaster.downloads.user_agents import app_name

DAY = date(2026, 5, 4)
MINUTE = 480_000
TAG = 5_000
OVERCAST = "Overcast/3.0 (+http://overcast.fm/; iOS podcast app)"
KEYS: dict[date, bytes] = {}


def key_of(day: date) -> bytes:
    return KEYS.setdefault(day, secrets.token_bytes(32))


def sent(start: int | None, length: int, **changes: object) -> AudioResponse:
    values: dict[str, object] = {
        "day": DAY, "host": "192.0.2.7", "agent": OVERCAST, "article": "a-1", "language": "es", "file": "r1.mp3",
        "layout": FileLayout(minute=MINUTE, audio_start=TAG, length=TAG + 10 * MINUTE), "start": start, "length": length,
    }  # fmt: skip
    return AudioResponse(**{**values, **changes})  # type: ignore[arg-type]


def counted(answers: Sequence[AudioResponse]) -> int:
    return sum(each.is_download for each in transfers_by_client(answers, key_of))


spans = st.tuples(st.integers(0, TAG + 2 * MINUTE), st.integers(0, MINUTE)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(spans, max_size=40))
def test_bytes_count_once_however_often_they_are_sent(pieces: list[tuple[int, int]]) -> None:
    """One client counts once or not at all, by the bytes of audio that it has in the end."""
    there = bytearray(TAG + 4 * MINUTE)
    for start, end in pieces:
        there[start:end] = b"\x01" * (end - start)
    enough = there.count(1, TAG) >= MINUTE
    assert counted([sent(start, end - start) for start, end in pieces if end - start > 2] * 2) <= 1
    joined = union(pieces)
    assert total(joined) == there.count(1)
    assert total(from_offset(pieces, TAG)) == there.count(1, TAG)
    if all(end - start > 2 for start, end in pieces):
        assert counted([sent(start, end - start) for start, end in pieces]) == int(enough)


@given(st.lists(st.integers(0, TAG + MINUTE), max_size=80), st.randoms(use_true_random=False), st.integers(1, 5))
def test_any_split_of_a_minute_is_the_same_download(cuts: list[int], chance: object, parts: int) -> None:
    """In any order, and over any number of workers, each of which adds what it saw to what the others did."""
    ends = sorted({0, TAG + MINUTE, *cuts})
    pieces = [(start, end) for start, end in pairwise(ends) if end - start > 2]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    whole = sum(end - start for start, end in [(max(TAG, start), end) for start, end in pieces] if end > start)
    held: list[ClientTransfer] = []
    for first in range(parts):
        for each in transfers_by_client([sent(start, end - start) for start, end in pieces[first::parts]], key_of):
            before = held.pop() if held else None
            held.append(each.joined(before.spans, before.loose) if before else each)
    assert [each.is_download for each in held] == ([whole >= MINUTE] if pieces else [])


def test_the_tag_is_not_audio_and_a_short_episode_counts_when_it_is_whole() -> None:
    assert counted([sent(0, MINUTE)]) == 0
    assert counted([sent(0, TAG + MINUTE)]) == 1
    short = FileLayout(minute=MINUTE, audio_start=TAG, length=TAG + 100_000)
    assert counted([sent(0, TAG + 99_999, layout=short)]) == 0
    assert counted([sent(0, TAG + 100_000, layout=short)]) == 1


def test_a_log_that_does_not_say_where_bytes_belong_has_them_added_up() -> None:
    assert counted([sent(None, 200_000)] * 2) == 0
    assert counted([sent(None, 200_000)] * 3) == 1


def test_a_client_is_a_network_and_a_user_agent_for_a_day() -> None:
    whole = TAG + MINUTE
    many = [
        sent(0, whole), sent(0, whole, agent="AntennaPod/3.4.0"), sent(0, whole, host="192.0.2.8"),
        sent(0, whole, article="a-2"), sent(0, whole, language="en"), sent(0, whole, day=date(2026, 5, 5)),
        sent(0, whole, host="2001:db8::1"), sent(0, whole, host="2001:db8::2"), sent(0, whole, host="2001:db8:1::2"),
    ]  # fmt: skip
    assert counted(many) == len(many) - 1, "the two of one IPv6 network are one"


def test_nothing_tells_that_two_digests_are_of_one_client() -> None:
    found = transfers_by_client(
        [sent(0, 9, article=each) for each in ("a-1", "a-2")] + [sent(0, 9, day=date(2026, 5, 5))], key_of
    )
    assert len({each.client for each in found}) == 3
    assert not any("192.0.2" in repr(each) or "Overcast/3" in repr(each) for each in found)


@pytest.mark.parametrize(
    ("agent", "app"),
    [
        (OVERCAST, "Overcast"),
        ("Overcast/1.0 Podcast Sync (12 subscribers; feed-id=1; +http://overcast.fm/)", None),
        ("AppleCoreMedia/1.0.0.21E219 (iPhone; U; CPU OS 17_4 like Mac OS X; en_us)", "AppleCoreMedia"),
        ("Podcasts/1600.12 CFNetwork/1494.0.7 Darwin/23.4.0", "Apple Podcasts"),
        ("AntennaPod/3.4.0", "AntennaPod"),
        ("CastBox/8.0 (fm.castbox.audiobook.radio.podcast; build:1) okhttp/4.9", "Castbox"),
        ("AlexaMediaPlayer/2.1.4676.0 (Linux;Android 5.1.1) ExoPlayerLib/1.5.9", "Amazon Alexa"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36 Edg/120.0", "Edge"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/120.0 Safari/537.36", None),
        ("Mozilla/5.0 (Linux) PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)", None),
        ("Amazon CloudFront", None),
        ("python-requests/2.31", None),
        ("Go-http-client/2.0", None),
        ("curl/8.1", None),
        ("", None),
        ("-", None),
        ("Somebody's own player", "other"),
    ],
)  # fmt: skip
def test_apps_have_names_and_robots_are_nobody(agent: str, app: str | None) -> None:
    assert app_name(agent) == app


COMBINED = (
    '192.0.2.7 - - [05/May/2026:01:30:00 +0200] "GET /media/a-1/es/0123456789abcdef.mp3?from=x HTTP/1.1" '
    '206 485000 "-" "Overcast/3.0 \\x22quoted\\x22"'
)
JSON = (
    '{"time_iso8601": "2026-05-05T01:30:00+02:00", "remote_addr": "192.0.2.7", "request_method": "GET", '
    '"request_uri": "/media/a-1/es/0123456789abcdef.mp3?from=x", "status": "206", "body_bytes_sent": 485000, '
    '"http_user_agent": "Overcast/3.0 \\"quoted\\"", "sent_http_content_range": "bytes 100-485099/900000"}'
)


@pytest.mark.parametrize(("line", "start"), [(COMBINED, None), (JSON, 100), (COMBINED + ' "192.0.2.1" 0.002', None)])
def test_nginx_says_what_was_sent_to_whom_and_when(line: str, start: int | None) -> None:
    read = log_line(line)
    assert read is not None
    assert (read.day, read.host, read.method, read.status) == (DAY, "192.0.2.7", "GET", 206), "the day is UTC's"
    assert (read.path, read.start, read.length) == ("/media/a-1/es/0123456789abcdef.mp3", start, 485_000)
    assert read.agent == 'Overcast/3.0 "quoted"'


def test_a_whole_answer_begins_at_its_beginning() -> None:
    read = log_line(COMBINED.replace(" 206 ", " 200 "))
    assert read is not None
    assert read.start == 0


@given(st.text(max_size=300))
def test_no_line_is_too_strange(line: str) -> None:
    log_line(line)
    log_line(COMBINED[:40] + line)
    log_line('{"status": ' + line)
