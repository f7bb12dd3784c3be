"""Nothing lost, nothing added: an episode holds what each of its clips holds alone, and silence where nobody speaks."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import FRAME_SAMPLES, SAMPLE_RATE
from podcaster.audio.episode_file import EpisodeFile
from podcaster.audio.tags import EpisodeTags
from podcaster.model import Clip, Line, LineKind, Script, Show
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.script.lexicon import Lexicon
from podcaster.script.pauses import pause_after
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.translation.glossary import Glossary
from podcaster.units import ArticleId, LanguageTag

EN = LanguageTag("en")
VOICE = '[[voices]]\nname = "en-tone"\nengine = "tone"\nengine_voice = "en"\ngain_db = 3.0\n'
_RINGING = SAMPLE_RATE * 50 // 1000
"""Samples around an edge that a Layer III decoder lets it be heard in: two of its frames."""
_SILENT = 33
"""Largest difference, of 32,768: -60 dB."""

lines = st.lists(
    st.tuples(st.sampled_from(LineKind), st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=6)),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RenderContext]:
    folder = tmp_path_factory.mktemp("voices")
    (folder / "en.toml").write_text(f'language = "en"\nname = "English"\n{VOICE}[phrases]\n')
    catalogue = Catalogue(folder)
    with ThreadPoolExecutor(2) as thread_pool:
        yield RenderContext(
            catalogue=catalogue,
            translators=(),
            synthesizers={"tone": ToneSynthesizer()},
            encoder=LameEncoder(),
            blobs=open_blobs("memory:///"),
            phrases=lambda language: Phrases.from_table(language, {}),
            lexicon=lambda language: Lexicon.from_table(language, {}),
            glossary=lambda source, target: Glossary.of(f"{source}-{target}", {}),
            shows=lambda language: Show(
                language=language, title="Reports", description="", base_url="http://x", author="a", email="a@b.c"
            ),
            thread_pool=thread_pool,
        )


def decoded(mp3: bytes) -> NDArray[np.int16]:
    """The samples that FFmpeg's decoder makes of it, shape (n,)."""
    with av.open(io.BytesIO(mp3), format="mp3") as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    joined = np.concatenate(frames)
    return joined if joined.dtype == np.int16 else np.rint(np.clip(joined, -1, 1) * 32_767).astype(np.int16)


def script_of(written: list[tuple[LineKind, list[str]]]) -> Script:
    texts = [(kind, " ".join(words)) for kind, words in written]
    return Script(
        article=ArticleId("a-report-12345678"),
        language=EN,
        source_language=EN,
        title="A report",
        topics=(),
        lines=tuple(
            Line(index=index, kind=kind, source=text, text=text, spoken=text, pause_ms=pause_after(kind, last=True))
            for index, (kind, text) in enumerate(texts)
        ),
    )


def hold(context: RenderContext, written: list[tuple[LineKind, list[str]]]) -> None:
    """Render a script, decode the episode, and compare it with its clips decoded alone."""
    clips = speak(script_of(written), context).rendition.clips
    audio = SentenceStore(context.blobs).audio(clips)
    day = datetime(2026, 3, 4, tzinfo=UTC)
    tags = EpisodeTags(title="A", artist="B", album="C", language="eng", published=day, chapters=())
    episode = decoded(b"".join(EpisodeFile.of(clips, tags).pieces(audio.__getitem__)))
    assert len(clips) == len(written)
    assert np.array_equal(episode, np.concatenate([decoded(bytes(audio[clip.key])) for clip in clips]))
    start = 0
    for clip in clips:
        own = episode[start : start + clip.frames * FRAME_SAMPLES].astype(np.int32)
        start += clip.frames * FRAME_SAMPLES
        assert np.abs(own[_outside(clip, len(own))]).max() <= _SILENT
        assert np.abs(own).max() > 100 * _SILENT


def _outside(clip: Clip, length: int) -> NDArray[np.bool_]:
    """Mask of a clip's samples before its voice and behind it."""
    silent = np.ones(length, dtype=np.bool_)
    begins = clip.voice_start_ms * SAMPLE_RATE // 1000 - _RINGING
    silent[max(begins, 0) : clip.voice_end_ms * SAMPLE_RATE // 1000 + _RINGING] = False
    return silent


@given(written=lines)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_episode_is_its_clips_bit_for_bit_and_silence_between_them(
    context: RenderContext, written: list[tuple[LineKind, list[str]]]
) -> None:
    hold(context, written)


@pytest.mark.faults
@pytest.mark.timeout(900)
@given(written=lines)
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_thousand_scripts_lose_nothing_and_add_nothing(
    context: RenderContext, written: list[tuple[LineKind, list[str]]]
) -> None:
    hold(context, written)
