"""Clips that a process knows: not read again while nobody writes to them, and never believed against their bytes."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from podcaster.adapters.blobs import ObstoreBlobs, open_blobs
from podcaster.audio.encoder import FRAME_BYTES
from podcaster.audio.stored_clips import blob_name, content_key
from podcaster.model import Clip, SpokenWord
from podcaster.render.pipeline.clip_cache import ClipCache
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.units import Milliseconds


class Watched(ObstoreBlobs):
    """A folder's blobs, of which it is known what was read."""

    def __init__(self, folder: Path) -> None:
        whole = open_blobs(folder)
        super().__init__(whole._store, whole._folder)
        self.read: list[str] = []

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        self.read += names
        return super().get_many(names)


class OnAFailingDisk(Watched):
    """Bytes go bad without a write."""

    def stamps(self, names: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
        return dict.fromkeys(super().stamps(names), (1,))


def clip_of(place: int, *, voice_end_ms: int = 40) -> Clip:
    return Clip(
        key=content_key(place=place),
        frames=2,
        voice_start_ms=Milliseconds(1),
        voice_end_ms=Milliseconds(voice_end_ms),
        words=(SpokenWord(place=0, start_ms=Milliseconds(2)),),
    )


def kept(blobs: ObstoreBlobs, clips: Sequence[Clip]) -> SentenceStore:
    store = SentenceStore(blobs)
    for clip in clips:
        store.keep(clip, bytes(2 * FRAME_BYTES))
    return store


def flip(folder: Path, clip: Clip) -> None:
    file = folder / blob_name(clip.key)
    blob = bytearray(file.read_bytes())
    blob[100] ^= 1
    file.write_bytes(blob)


def test_what_nobody_has_written_to_is_not_read_again(tmp_path: Path) -> None:
    clips = [clip_of(place) for place in range(3)]
    keys = [clip.key for clip in clips]
    kept(open_blobs(tmp_path), clips)
    blobs = Watched(tmp_path)
    store = SentenceStore(blobs)

    assert list(store.clips(keys).values()) == clips
    assert len(blobs.read) == 3
    assert list(store.clips(keys).values()) == clips
    assert len(blobs.read) == 3


def test_what_was_made_here_is_not_read_to_be_known(tmp_path: Path) -> None:
    blobs, clip = Watched(tmp_path), clip_of(1)

    assert kept(blobs, [clip]).clips([clip.key]) == {clip.key: clip}
    assert blobs.read == []


def test_a_known_clip_of_which_a_byte_is_flipped_is_missing(tmp_path: Path) -> None:
    """Also where whoever did it gave the file its old time."""
    clips = [clip_of(place) for place in range(3)]
    store = kept(open_blobs(tmp_path), clips)
    file = tmp_path / blob_name(clips[1].key)
    before = file.stat()
    flip(tmp_path, clips[1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert set(store.clips([clip.key for clip in clips])) == {clips[0].key, clips[2].key}


def test_a_known_clip_that_is_gone_is_missing(tmp_path: Path) -> None:
    clip = clip_of(1)
    store = kept(open_blobs(tmp_path), [clip])
    (tmp_path / blob_name(clip.key)).unlink()

    assert store.clips([clip.key]) == {}


def test_bytes_that_went_bad_unseen_go_into_no_episode_and_are_made_again(tmp_path: Path) -> None:
    clips = [clip_of(1), clip_of(2)]
    store = kept(OnAFailingDisk(tmp_path), clips)
    flip(tmp_path, clips[0])

    assert set(store.clips([clip.key for clip in clips])) == {clip.key for clip in clips}
    assert set(store.audio(clips)) == {clips[1].key}
    assert set(store.clips([clip.key for clip in clips])) == {clips[1].key}


def test_another_recording_under_the_same_name_is_not_taken_for_this_one(tmp_path: Path) -> None:
    """As an engine that never says the same thing twice makes it, in another process."""
    clip = clip_of(1)
    store = kept(OnAFailingDisk(tmp_path), [clip])
    kept(open_blobs(tmp_path), [clip_of(1, voice_end_ms=39)])

    assert store.audio([clip]) == {}


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_are_known_than_there_is_room_for(tmp_path: Path, most: int) -> None:
    clips = [clip_of(place) for place in range(3)]
    kept(open_blobs(tmp_path), clips)
    blobs = Watched(tmp_path)
    store = SentenceStore(blobs, ClipCache(most=most))
    for _ in range(2):
        store.clips([clip.key for clip in clips])

    assert len(blobs.read) == 3 + 3 - most


def test_a_bucket_is_read_each_time() -> None:
    clip = clip_of(1)

    assert kept(open_blobs("memory:///"), [clip]).clips([clip.key]) == {clip.key: clip}
