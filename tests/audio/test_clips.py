"""Clips and episodes as they are heard: decoded, measured, compared sample by sample."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import av
import mutagen.mp3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE
from podcaster.audio.episode_file import EpisodeFile
from podcaster.audio.loudness import gain_to_target, integrated_lufs, true_peak_db
from podcaster.audio.recording import make_clip
from podcaster.audio.splicing import info_frame, splice
from podcaster.audio.stored_clips import content_key, pack, unpack
from podcaster.audio.tags import EpisodeTags
from podcaster.errors import ClipMissing
from podcaster.model import Chapter, Clip
from podcaster.speech.synthesizer import Speech
from podcaster.units import Decibels, Hertz, Milliseconds

RATE = Hertz(22_050)
ENCODER = LameEncoder()


def voice_like(seconds: float, seed: int, peak: float = 0.6) -> NDArray[np.int16]:
    """Noise in the shape of syllables, between two stretches of near silence, as engines give them."""
    random = np.random.default_rng(seed)
    time = np.arange(int(seconds * RATE)) / RATE
    syllables = 0.25 + 0.75 * np.abs(np.sin(2 * np.pi * 2.5 * time + 0.6))
    tone = np.sin(2 * np.pi * (140 + 40 * np.sin(2 * np.pi * 0.7 * time)) * time)
    signal = (0.7 * tone + 0.3 * random.standard_normal(len(time)) / 3) * syllables
    signal *= peak / np.max(np.abs(signal))
    quiet = np.zeros(RATE // 10)
    return (np.concatenate([quiet, signal, quiet]) * 32_767).astype(np.int16)


def clip_of(seconds: float, seed: int, pause_ms: int = 300, gain_db: float = 0.0) -> tuple[Clip, bytes]:
    key = content_key(seed=seed, seconds=seconds, pause=pause_ms, gain=gain_db)
    speech = Speech(samples=voice_like(seconds, seed), rate=RATE)
    return make_clip(key, speech, gain_db=Decibels(gain_db), pause_ms=Milliseconds(pause_ms), encoder=ENCODER)


def decoded(mp3: bytes) -> NDArray[np.int16]:
    """The samples that FFmpeg's decoder makes of it."""
    with av.open(io.BytesIO(mp3), format="mp3") as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    joined = np.concatenate(frames)
    return joined if joined.dtype == np.int16 else np.rint(np.clip(joined, -1, 1) * 32_767).astype(np.int16)


def tags(chapters: tuple[Chapter, ...] = ()) -> EpisodeTags:
    day = datetime(2026, 3, 4, tzinfo=UTC)
    return EpisodeTags(title="Ñandú 鳥", artist="A", album="B", language="spa", published=day, chapters=chapters)


@given(lengths=st.lists(st.floats(0.05, 1.2), min_size=1, max_size=6), pause=st.integers(0, 900))
@settings(max_examples=15, deadline=None)
def test_joined_clips_decode_to_what_each_decodes_to_alone(lengths: list[float], pause: int) -> None:
    made = [clip_of(length, seed, pause) for seed, length in enumerate(lengths)]
    audio = {clip.key: frames for clip, frames in made}
    joined = b"".join(splice([clip for clip, _ in made], audio.__getitem__))
    alone = np.concatenate([decoded(frames) for _, frames in made])
    assert len(joined) == FRAME_BYTES * sum(clip.frames for clip, _ in made)
    assert np.array_equal(decoded(joined), alone)


def test_an_episode_decodes_to_the_sum_of_its_clips_to_the_sample() -> None:
    made = [clip_of(0.4 + seed / 5, seed) for seed in range(5)]
    audio = {clip.key: frames for clip, frames in made}
    file = EpisodeFile.of([clip for clip, _ in made], tags())
    mp3 = b"".join(file.pieces(audio.__getitem__))
    assert len(mp3) == file.length
    assert len(decoded(mp3)) == FRAME_SAMPLES * sum(clip.frames for clip, _ in made)


def test_players_see_the_true_length_without_reading_the_file() -> None:
    clip, frames = clip_of(2.0, 1)
    file = EpisodeFile.of([clip], tags())
    found = mutagen.mp3.MP3(io.BytesIO(b"".join(file.pieces(lambda _: frames))))
    assert found.info.length == pytest.approx(clip.frames * 0.024, abs=0.001)
    assert found.info.sample_rate == SAMPLE_RATE


def test_the_tag_holds_the_chapters_in_order() -> None:
    chapters = (
        Chapter(start_ms=Milliseconds(0), end_ms=Milliseconds(500), title="Puntos clave"),
        Chapter(start_ms=Milliseconds(500), end_ms=Milliseconds(900), title="報告"),
    )
    clip, frames = clip_of(0.5, 1)
    file = EpisodeFile.of([clip], tags(chapters))
    found = mutagen.mp3.MP3(io.BytesIO(b"".join(file.pieces(lambda _: frames)))).tags
    assert found is not None
    toc = found.getall("CTOC")[0]
    times = [
        (found[f"CHAP:{name}"].start_time, str(found[f"CHAP:{name}"].sub_frames["TIT2"]))
        for name in toc.child_element_ids
    ]
    assert times == [(0, "Puntos clave"), (500, "報告")]
    assert str(found["TIT2"]) == "Ñandú 鳥"


@given(seconds=st.floats(0.1, 1.5), seed=st.integers(0, 50))
@settings(max_examples=15, deadline=None)
def test_a_clip_says_where_its_voice_begins_and_ends(seconds: float, seed: int) -> None:
    clip, frames = clip_of(seconds, seed)
    heard = np.flatnonzero(np.abs(decoded(frames).astype(np.int32)) > 400)
    assert abs(heard[0] * 1000 / SAMPLE_RATE - clip.voice_start_ms) < 20
    assert abs(heard[-1] * 1000 / SAMPLE_RATE - clip.voice_end_ms) < 20


def test_the_same_speech_gives_the_same_bytes() -> None:
    assert clip_of(0.7, 3) == clip_of(0.7, 3)


@pytest.mark.parametrize("peak", [0.05, 0.3, 0.9])
def test_a_measured_gain_brings_a_voice_to_minus_sixteen(peak: float) -> None:
    samples = voice_like(4.0, 7, peak)
    gain = gain_to_target(samples.astype(np.float32) / 32_768, RATE)
    speech = Speech(samples=samples, rate=RATE)
    _, frames = make_clip(content_key(p=peak), speech, gain_db=gain, pause_ms=Milliseconds(200), encoder=ENCODER)
    heard = decoded(frames).astype(np.float64) / 32_768
    assert abs(integrated_lufs(heard, SAMPLE_RATE) + 16.0) < 1.0
    assert true_peak_db(heard, SAMPLE_RATE) <= -1.0


@pytest.mark.parametrize("hertz", [200, 1000, 4000, 8000])
def test_the_encoder_says_by_how_much_it_changes_the_level(hertz: int) -> None:
    tone = np.sin(2 * np.pi * hertz * np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE) * 8_000
    heard = decoded(ENCODER.encode(tone.astype(np.int16)))[SAMPLE_RATE : 3 * SAMPLE_RATE]
    level_db = 20 * np.log10(np.std(heard) / np.std(tone))
    assert level_db == pytest.approx(ENCODER.level_db, abs=0.02)


def test_a_voice_that_is_far_too_loud_is_held_below_the_ceiling() -> None:
    clip, frames = clip_of(1.0, 2, gain_db=14.0)
    heard = decoded(frames).astype(np.float64) / 32_768
    assert clip.frames > 0
    assert true_peak_db(heard, SAMPLE_RATE) <= -1.0


def flips(blob: bytes) -> Iterator[bytes]:
    for place in range(0, len(blob), max(1, len(blob) // 200)):
        damaged = bytearray(blob)
        damaged[place] ^= 0x10
        yield bytes(damaged)


def test_one_flipped_byte_of_a_stored_clip_is_noticed() -> None:
    clip, frames = clip_of(0.3, 4)
    blob = pack(clip, frames)
    assert unpack(clip.key, blob) == (clip, frames)
    for damaged in (*flips(blob), blob[:-1], blob[:10], b""):
        with pytest.raises(ClipMissing):
            unpack(clip.key, damaged)


def test_nothing_is_spliced_where_one_clip_is_missing() -> None:
    clip, frames = clip_of(0.3, 4)
    other, _ = clip_of(0.3, 5)
    with pytest.raises(KeyError):
        splice([clip, other], {clip.key: frames}.__getitem__)
    with pytest.raises(ClipMissing):
        splice([clip], lambda _: frames[:-192])


def test_the_info_frame_is_one_frame_and_silent() -> None:
    assert len(info_frame(1000)) == FRAME_BYTES
    assert b"LAME" not in info_frame(1000)
