"""The promise of every Transcoder: the same sound at the same times, in a file that says what it is."""

import base64
import io
from datetime import UTC, datetime
from itertools import pairwise

import av
import numpy as np
import pytest
from mutagen.flac import Picture
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from numpy.typing import NDArray
from PIL import Image

from podcaster.adapters.ffmpeg import FfmpegTranscoder
from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import FRAME_SAMPLES, SAMPLE_RATE
from podcaster.audio.recording import make_clip
from podcaster.audio.stored_clips import content_key
from podcaster.audio.tags import EpisodeTags
from podcaster.audio.transcoder import Transcoder
from podcaster.episode.cover import draw_cover
from podcaster.errors import EngineFailed
from podcaster.model import AudioFormat, Chapter
from podcaster.speech.synthesizer import Speech
from podcaster.units import Decibels, LanguageTag, Milliseconds

CHAPTERS = (
    Chapter(start_ms=Milliseconds(0), end_ms=Milliseconds(1_512), title="Puntos clave"),
    Chapter(start_ms=Milliseconds(1_512), end_ms=Milliseconds(4_000), title="報告"),
)
TAGS = EpisodeTags(
    title="Ñandú 鳥",
    artist="Ann Other",
    album="Informes",
    language="spa",
    published=datetime(2026, 3, 4, tzinfo=UTC),
    chapters=CHAPTERS,
    lyrics=("Primera línea.", "Segunda."),
    link="https://reports.example/a",
    cover=draw_cover("Informes", LanguageTag("es")),
    cover_type="image/jpeg",
)


@pytest.fixture(params=[FfmpegTranscoder()], ids=["ffmpeg"])
def transcoder(request: pytest.FixtureRequest) -> Transcoder:
    found: Transcoder = request.param
    return found


def clips(count: int = 3) -> list[bytes]:
    """Sweeps, no two moments of which sound alike, as clips."""
    made = []
    for number in range(count):
        time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
        sweep = 12_000 * np.sin(2 * np.pi * (300 + 150 * number + 900 * time) * time)
        speech = Speech(samples=sweep.astype(np.int16), rate=SAMPLE_RATE)
        key = content_key(sweep=number)
        made.append(make_clip(key, speech, gain_db=Decibels(0), pause_ms=Milliseconds(300), encoder=LameEncoder())[1])
    return made


def heard(file: bytes) -> NDArray[np.float64]:
    """The samples that FFmpeg's decoder makes of it, at 24,000 Hz."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    with av.open(io.BytesIO(file), "r") as container:
        frames = [each for frame in container.decode(audio=0) for each in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(float)


def lag(one: NDArray[np.float64], other: NDArray[np.float64]) -> int:
    """By how many samples the other one is late."""
    size = 1 << (len(one) + len(other)).bit_length()
    product = np.fft.irfft(np.conj(np.fft.rfft(one, size)) * np.fft.rfft(other, size))
    place = int(np.argmax(product))
    return place - size if place > size // 2 else place


@pytest.mark.parametrize("form", list(AudioFormat))
def test_every_sample_is_heard_when_it_is_heard_in_the_mp3_file(transcoder: Transcoder, form: AudioFormat) -> None:
    frames = clips()
    original = heard(b"".join(frames))
    made = heard(transcoder.transcode(frames, form, TAGS))
    assert abs(lag(original, made)) <= 24  # a millisecond
    assert 0 <= len(made) - len(original) <= 1_024 + FRAME_SAMPLES
    length = min(len(original), len(made))
    assert np.corrcoef(original[:length], made[:length])[0, 1] > 0.97


@pytest.mark.parametrize("form", list(AudioFormat))
def test_equal_arguments_give_equal_bytes(transcoder: Transcoder, form: AudioFormat) -> None:
    assert transcoder.transcode(clips(1), form, TAGS) == transcoder.transcode(clips(1), form, TAGS)


def test_an_mp4_file_has_its_index_in_front(transcoder: Transcoder) -> None:
    made = transcoder.transcode(clips(), AudioFormat.AAC, TAGS)
    assert made[4:8] == b"ftyp"
    assert made.index(b"moov") < made.index(b"mdat")


def test_an_mp4_file_has_chapters_cover_and_transcript(transcoder: Transcoder) -> None:
    made = transcoder.transcode(clips(), AudioFormat.AAC, TAGS)
    found = MP4(io.BytesIO(made))
    assert [(round(each.start * 1000), each.title) for each in found.chapters] == [(0, "Puntos clave"), (1_512, "報告")]
    assert (found["\xa9nam"], found["\xa9ART"], found["\xa9alb"]) == (["Ñandú 鳥"], ["Ann Other"], ["Informes"])
    assert found["\xa9lyr"] == ["Primera línea.\nSegunda."]
    with Image.open(io.BytesIO(found["covr"][0])) as cover:
        assert cover.size == (3000, 3000)
    with av.open(io.BytesIO(made), "r") as container:
        assert container.streams.audio[0].metadata["language"] == "spa"
        assert container.streams.audio[0].codec_context.channels == 1
        chapters = [(each["start"] * each["time_base"], each["metadata"]["title"]) for each in container.chapters()]
    assert [(float(start), title) for start, title in chapters] == [(0.0, "Puntos clave"), (1.512, "報告")]


def test_an_opus_file_has_chapters_cover_and_transcript(transcoder: Transcoder) -> None:
    found = OggOpus(io.BytesIO(transcoder.transcode(clips(), AudioFormat.OPUS, TAGS)))
    assert (found["title"], found["language"], found["date"]) == (["Ñandú 鳥"], ["spa"], ["2026-03-04"])
    assert (found["chapter001"], found["chapter001name"]) == (["00:00:01.512"], ["報告"])
    assert found["lyrics"] == ["Primera línea.\nSegunda."]
    picture = Picture(base64.b64decode(found["metadata_block_picture"][0]))
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", TAGS.cover)


@pytest.mark.parametrize("form", list(AudioFormat))
def test_a_file_is_smaller_than_the_mp3_it_was_made_of(transcoder: Transcoder, form: AudioFormat) -> None:
    frames = clips(12)
    plain = EpisodeTags(
        title="T", artist="A", album="B", language="eng", published=TAGS.published, chapters=()
    )  # fmt: skip
    sizes = [len(b"".join(frames)), len(transcoder.transcode(frames, form, plain))]
    assert all(small < large for large, small in pairwise(sizes))


@pytest.mark.parametrize("form", list(AudioFormat))
def test_what_is_no_mp3_is_an_error_that_says_what_to_do(transcoder: Transcoder, form: AudioFormat) -> None:
    with pytest.raises(EngineFailed, match="PODCASTER_FORMATS"):
        transcoder.transcode([b"no mp3 at all" * 100], form, TAGS)
