"""A briefing is the clips it is made of, in order, cut anywhere, and nothing of it is stored."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import av
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from podcaster.audio.encoder import FRAME_BYTES
from podcaster.audio.stored_clips import blob_name
from podcaster.listener.personal_briefing import SpokenLine, briefing_parts
from podcaster.model import LineKind
from podcaster.units import ContentKey
from support.examples import DAY
from support.running_service import Service
from support.small_service import SmallService, client, served, small_service
from support.spoken_reports import briefing_of, frames, publish


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made, served(made.services) as url:
        yield made, url


def test_a_briefing_greets_says_headlines_and_key_points_and_takes_leave(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    older, newer = publish(made, 1), publish(made, 2)
    with client(url) as web:
        answer = web.get(briefing_of(web))
    said = [newer[0], newer[1], newer[2], *newer[5:7], older[2], *older[5:7], newer[8]]
    assert answer.content.endswith(frames(made, said))
    assert len(answer.content) == int(answer.headers["content-length"])
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("audio/mpeg", "private, no-cache")
    tag = ID3(io.BytesIO(answer.content))
    assert [str(chapter.sub_frames["TIT2"]) for chapter in tag.getall("CHAP")] == ["Informe 2", "Informe 1"]
    milliseconds = len(frames(made, said)) // 8
    assert tag.getall("CHAP")[-1].end_time == milliseconds
    assert MP3(io.BytesIO(answer.content)).info.length == pytest.approx(milliseconds / 1000)


def test_only_what_is_followed_and_only_the_last_day_is_heard(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    publish(made, 1, topics=("India",))
    china = publish(made, 2, topics=("China",))
    publish(made, 3, topics=("China",), published=DAY - timedelta(days=1))
    with client(url) as web:
        answer = web.get(briefing_of(web, topics=["China"]))
        nobody = web.get(briefing_of(web, topics=["Norway"]))
    assert answer.content.endswith(frames(made, [*china[:3], *china[5:7], china[8]]))
    assert (nobody.status_code, nobody.json()["code"]) == (404, "episode-unknown")


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_every_range_is_the_slice(service_with_briefing: tuple[str, str, bytes], data: st.DataObject) -> None:
    url, path, whole = service_with_briefing
    first = data.draw(st.integers(0, len(whole) - 1))
    last = data.draw(st.integers(first, len(whole) + 10))
    with client(url) as web:
        answer = web.get(path, headers={"range": f"bytes={first}-{last}"})
        suffix = web.get(path, headers={"range": f"bytes=-{last + 1}"})
    assert (answer.status_code, answer.content) == (206, whole[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{min(last, len(whole) - 1)}/{len(whole)}"
    assert suffix.content == whole[-(last + 1) :]


@pytest.fixture(scope="module")
def service_with_briefing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, bytes]]:
    with small_service(tmp_path_factory.mktemp("briefing")) as made:
        for place in range(1, 5):
            publish(made, place)
        with served(made.services) as url, client(url) as web:
            path = briefing_of(web)
            yield url, path, web.get(path).content


def test_head_ranges_and_conditions_are_answered_as_of_any_file(service_with_briefing: tuple[str, str, bytes]) -> None:
    url, path, whole = service_with_briefing
    with client(url) as web:
        head = web.head(path)
        assert (head.status_code, int(head.headers["content-length"]), head.content) == (200, len(whole), b"")
        tag = head.headers["etag"]
        assert web.get(path, headers={"if-none-match": tag}).status_code == 304
        behind = web.get(path, headers={"range": f"bytes={len(whole)}-"})
        assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{len(whole)}")
        for if_range, status in ((tag, 206), ('"another"', 200)):
            assert web.get(path, headers={"range": "bytes=0-9", "if-range": if_range}).status_code == status
        assert web.get(path, headers={"range": "bytes=0-1,5-6"}).status_code == 200


def test_the_tag_changes_with_what_is_heard_and_with_nothing_else(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    publish(made, 1, topics=("China",))
    with client(url) as web:
        one, other = briefing_of(web), briefing_of(web, topics=["China"])
        before = [web.head(path).headers["etag"] for path in (one, other)]
        publish(made, 2, topics=("India",))
        after = [web.head(path).headers["etag"] for path in (one, other)]
    assert before[0] == before[1] == after[1] != after[0]


def test_no_briefing_leaves_a_file(serving: tuple[SmallService, str], tmp_path: Path) -> None:
    made, url = serving
    publish(made, 1)
    with client(url) as web:
        paths = [briefing_of(web, max_minutes=minutes) for minutes in range(1, 20)]
        before = {file for file in tmp_path.rglob("*") if "sqlite" not in file.name}
        assert {web.get(path).status_code for path in paths} == {200}
    assert {file for file in tmp_path.rglob("*") if "sqlite" not in file.name} == before


def test_a_report_whose_clip_is_lost_silences_no_other(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    kept, lost = publish(made, 1), publish(made, 2)
    made.blobs.delete(blob_name(lost[5]))
    with client(url) as web:
        answer = web.get(briefing_of(web))
    assert answer.content.endswith(frames(made, [*kept[:3], *kept[5:7], kept[8]]))


def test_a_clip_that_is_lost_meanwhile_is_not_passed_over(serving: tuple[SmallService, str]) -> None:
    """Whoever gets less than was promised knows it."""
    made, url = serving
    keys = publish(made, 1)
    with client(url) as web:
        path = briefing_of(web)
        web.head(path)
        made.blobs.delete(blob_name(keys[6]))
        with pytest.raises(httpx.RemoteProtocolError):
            web.get(path)


def test_a_drafts_notice_is_heard_once_before_the_first_draft() -> None:
    def lines(*kinds: tuple[LineKind, str]) -> list[SpokenLine]:
        return [SpokenLine(kind=kind, clip=ContentKey(clip)) for kind, clip in kinds]

    opening, title, closing = LineKind.OPENING, LineKind.TITLE, LineKind.CLOSING
    parts = briefing_parts(
        [
            ("A", lines((opening, "hello"), (title, "a"), (closing, "bye"))),
            ("B", lines((opening, "hello again"), (opening, "draft"), (title, "b"), (closing, "bye again"))),
            ("C", lines((opening, "hello"), (opening, "draft"), (title, "c"), (closing, "bye"))),
        ]
    )
    assert [part.clips for part in parts] == [("hello", "a"), ("draft", "b"), ("c", "bye")]
    assert briefing_parts([]) == []


def test_a_rendered_report_is_briefed_in_the_voice_it_was_read_in(service: Service, published: str) -> None:
    """Real speech: what is decoded lasts as long as the clips that it was spliced of."""
    with service.editor() as web:
        script = web.get(f"/api/articles/{published}/scripts/es").json()
        own = web.post("/listeners", json={"languages": ["es"], "authors": []}).json()
        answer = web.get(own["briefing"])
    assert answer.status_code == 200
    with av.open(io.BytesIO(answer.content)) as file:
        samples = sum(frame.samples for frame in file.decode(audio=0))
        chapters = len(ID3(io.BytesIO(answer.content)).getall("CHAP"))
    assert samples % 576 == 0
    assert samples * FRAME_BYTES // 576 == len(answer.content) - answer.content.index(b"\xff\xf3\x84\xc4") - FRAME_BYTES
    spoken = [line for line in script["lines"] if line["kind"] in {"opening", "title", "key_point", "closing"}]
    assert samples / 24_000 > sum(line["end"] - line["start"] for line in spoken) > 2
    assert chapters >= 1
