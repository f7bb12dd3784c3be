"""A thousand listeners cost a thousand rows: what is spliced for them leaves no file, and what is held of it is bounded."""

import asyncio
import gc
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.adapters.blobs import ObstoreBlobs, open_blobs
from podcaster.audio.encoder import FRAME_BYTES
from podcaster.audio.stored_clips import StoredFrames, blob_name, content_key, pack
from podcaster.audio.tags import EpisodeTags
from podcaster.errors import ClipMissing
from podcaster.listener.account import Listener
from podcaster.listener.preferences import Preferences
from podcaster.model import Clip
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds
from podcaster.web.http.asgi import Message
from podcaster.web.listeners.personal_briefing import SplicedResponses
from podcaster.web.listeners.splicing_plans import ReportRevision, SplicedBriefing, SplicingPlans
from podcaster.web.media.clip_reader import ClipReader, ClipSlice, batches
from support.examples import DAY, NOW
from support.small_service import SmallService, client, served, small_service
from support.spoken_reports import briefing_of, publish

TOPICS = tuple(f"Topic {number}" for number in range(10))


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path) as made:
        yield made


def files_of(folder: Path) -> set[Path]:
    return {file for file in folder.rglob("*") if "sqlite" not in file.name}


def test_listeners_of_a_hundred_different_choices_leave_no_file(serving: SmallService, tmp_path: Path) -> None:
    for place, topic in enumerate(TOPICS):
        publish(serving, place, topics=(topic,))
    choices = (some for size in range(1, 11) for some in combinations(TOPICS, size))
    tokens = [f"{place:043d}" for place in range(100)]
    for token, topics in zip(tokens, choices, strict=False):
        wanted = Preferences.of(languages=["es"], topics=topics)
        serving.library.add_listener(Listener.new(token, wanted, id=token, now=NOW))
    before = files_of(tmp_path)
    with served(serving.services) as url, client(url) as web:
        tags = {
            web.get(f"/l/{token}/briefing.mp3", headers={"range": "bytes=0-99"}).headers["etag"] for token in tokens
        }
    assert len(tags) == 100, "each hears something else"
    assert files_of(tmp_path) == before


def test_of_many_briefings_the_last_are_held_and_those_of_equal_reports_are_one(serving: SmallService) -> None:
    for place in range(6):
        publish(serving, place)
    reports = [ReportRevision(ArticleId(f"report-{place}"), LanguageTag("es"), f"{place:016x}") for place in range(6)]
    plans = SplicingPlans(serving.services, most=8)
    some = [wanted for size in range(1, 4) for wanted in combinations(reports, size)]
    tags = [made.etag for made in (plans.of(DAY.date(), wanted) for wanted in some) if made is not None]
    assert len(set(tags)) == len(some) == 41
    gc.collect()
    # By type: isinstance asks a weak reference's referent, which may be gone.
    assert sum(type(each) is SplicedBriefing for each in gc.get_objects()) <= 8
    assert plans.of(DAY.date(), list(some[-1])) is plans.of(DAY.date(), some[-1])


def stored(blobs: ObstoreBlobs, number: int) -> tuple[StoredFrames, bytes]:
    key = content_key(name=number)
    frames = Random(number).randbytes((3 + number % 40) * FRAME_BYTES)
    clip = Clip(
        key=key,
        frames=len(frames) // FRAME_BYTES,
        voice_start_ms=Milliseconds(0),
        voice_end_ms=Milliseconds(1),
    )
    blob = pack(clip, frames)
    blobs.put(blob_name(key), blob)
    return StoredFrames.of(key, blob), frames


@pytest.mark.parametrize("where", ["folder", "bucket"])
def test_cuts_are_joined_from_a_folder_and_from_a_bucket(where: str, tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path if where == "folder" else "memory:///")
    clips = [stored(blobs, number) for number in (1, 39, 2, 1)]
    cuts = [ClipSlice(clip, 0, clip.length) for clip, _ in clips] + [ClipSlice(clips[1][0], 100, 300)]
    reading = ClipReader(blobs)
    for _ in range(2):
        assert bytes(asyncio.run(reading.read(cuts))) == b"".join(frames for _, frames in clips) + clips[1][1][100:300]
    blobs.put(clips[2][0].name, b"shorter")
    with pytest.raises(ClipMissing):
        asyncio.run(reading.read(cuts))
    blobs.delete(clips[2][0].name)
    with pytest.raises(ClipMissing):
        asyncio.run(reading.read(cuts))


def descriptors() -> int:
    gc.collect()
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_however_many_clips_are_sent_few_files_stay_open(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path)
    cuts = [ClipSlice(clip, 0, clip.length) for clip, _ in (stored(blobs, number) for number in range(400))]
    reading, before = ClipReader(blobs), descriptors()

    async def read() -> None:
        for piece in batches(cuts):
            await reading.read(piece)

    asyncio.run(read())
    assert descriptors() - before <= 256
    reading.close()
    assert descriptors() <= before  # what other tests began may end meanwhile


def test_nothing_more_is_read_for_who_has_left(serving: SmallService) -> None:
    clips = [stored(serving.blobs, 39 + 40 * number)[0] for number in range(200)]  # type: ignore[arg-type]
    tags = EpisodeTags(title="A", artist="B", album="C", language="spa", published=NOW, chapters=())
    briefing = SplicedBriefing.of(clips, tags, LanguageTag("es"))
    reading, sent = ClipReader(serving.blobs), [0]

    async def left() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent[0] += len(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(SplicedResponses(reading, SplicingPlans(serving.services)).respond(briefing, scope, left, send))
    assert 0 < sent[0] < briefing.length / 2
    reading.close()


@given(st.lists(st.integers(1, 2_000_000), max_size=40))
def test_pieces_are_all_cuts_in_order_and_of_some_length(lengths: list[int]) -> None:
    clip = StoredFrames(key=ContentKey("a"), name="a", frames=0, blob_bytes=0)
    cuts = [ClipSlice(clip, 0, length) for length in lengths]
    made = list(batches(cuts))
    assert [cut for piece in made for cut in piece] == cuts
    assert all(len(piece) == 1 or sum(cut.length for cut in piece) <= 256 * 1024 for piece in made)


def test_a_clip_that_is_damaged_is_noticed_once_and_then_left_out(serving: SmallService) -> None:
    publish(serving, 1)
    lost = publish(serving, 2)
    with served(serving.services) as url, client(url) as web:
        path = briefing_of(web)
        whole = web.get(path).content
        name = blob_name(lost[5])
        blob = serving.blobs.get(name)
        serving.blobs.put(name, blob[:-1])
        with pytest.raises(httpx.RemoteProtocolError):
            web.get(path)
        assert len(web.get(path).content) < len(whole)
        serving.blobs.put(name, blob)
        assert web.get(path).content == whole
