"""A thousand scripts that nobody wrote: nothing of a clip is lost in an episode, and nothing is heard between the voices."""

import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import av
import numpy as np
import pytest
from conftest import DAY, article_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import FRAME_SAMPLES, SAMPLE_RATE
from podcaster.audio.jingle import Jingle, Jingles
from podcaster.audio.stored import blob_name, unpack
from podcaster.episode.timings import cues, duration_ms
from podcaster.model import Clip, Line, LineKind, Script, Show
from podcaster.render.edition import make_edition
from podcaster.render.pipeline import speak
from podcaster.render.studio import Studio
from podcaster.script.lexicon import Lexicon
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.synthesizer import Speech
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.translation.glossary import Glossary
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds

EN = LanguageTag("en")
VOICES = """
language = "en"
name = "English"
[[voices]]
name = "en-tone"
engine = "tone"
engine_voice = "en"
gain_db = 3
[phrases]
opening = "From {show}, {date}."
opening_undated = "From {show}."
byline = "By {authors}."
draft = "This is a draft machine translation."
key_points = "Key points"
report = "The report"
closing = "You were listening to {show}."
"""
SENTENCES = [
    "No.", "A queue.", "Prices rose.", "Nobody asked for it, and nobody paid.", "In 1989, 64 vessels waited.",
    "A vote is planned for the autumn, says the working group.", "ДА.", "今天的报告。", "R&D <b>5 --> 7</b>",
]  # fmt: skip
KINDS = st.sampled_from(list(LineKind))
SAID = st.tuples(KINDS, st.sampled_from(SENTENCES), st.sampled_from([0, 200, 450, 900]))
SILENCE = 0.004
EDGE = SAMPLE_RATE * 30 // 1000
"""A codec smears what it hears over a frame."""


@dataclass(frozen=True)
class House:
    """A studio, and what each of its clips decodes to alone."""

    studio: Studio
    decoded: dict[ContentKey, NDArray[np.float32]] = field(default_factory=dict)

    def alone(self, clip: Clip) -> NDArray[np.float32]:
        if clip.key not in self.decoded:
            self.decoded[clip.key] = decoded(bytes(unpack(clip.key, self.studio.blobs.get(blob_name(clip.key)))[1]))
        return self.decoded[clip.key]


def decoded(mp3: bytes) -> NDArray[np.float32]:
    with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def jingle(hertz: int) -> Jingle:
    tone = 9_000 * np.sin(2 * np.pi * hertz * np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE)
    speech = Speech(samples=tone.astype(np.int16), rate=SAMPLE_RATE)
    return Jingle(digest=hashlib.sha256(bytes([hertz % 256])).hexdigest(), sound=lambda: speech)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("generated")
    (folder / "en.toml").write_text(VOICES)
    catalogue = Catalogue(folder)
    with ThreadPoolExecutor(2) as crew:
        yield House(
            Studio(
                catalogue=catalogue,
                translators=(),
                synthesizers={"tone": ToneSynthesizer()},
                encoder=LameEncoder(),
                blobs=open_blobs(folder / "blobs"),
                phrases=lambda language: Phrases.from_table(language, catalogue.phrases(language)),
                lexicon=lambda language: Lexicon.from_table(language, {}),
                glossary=lambda source, target: Glossary.of(f"{source}-{target}", {}),
                shows=lambda language: Show(
                    language=language, title="Reports", description="", base_url="http://x", author="a", email="a@b.c"
                ),
                crew=crew,
            )
        )


def script_of(said: list[tuple[LineKind, str, int]]) -> Script:
    lines = tuple(
        Line(index=place, kind=kind, source=text, text=text, spoken=text, pause_ms=Milliseconds(pause))
        for place, (kind, text, pause) in enumerate(said)
    )
    return Script(article=ArticleId("a"), language=EN, source_language=EN, title="T", topics=(), lines=lines)


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SAID, min_size=1, max_size=7), ends=st.sets(st.sampled_from(["opening", "closing"])))
def test_nothing_is_lost_and_nothing_added_in_a_thousand_scripts(
    house: House, said: list[tuple[LineKind, str, int]], ends: set[str]
) -> None:
    jingles = Jingles(**{end: jingle(440 if end == "opening" else 660) for end in ends})
    studio = replace(house.studio, jingles=jingles)
    rendition = speak(script_of(said), studio).rendition
    edition = make_edition(article_of(), rendition, studio, published=DAY)
    mp3 = b"".join(edition.audio())
    heard = decoded(mp3)

    assert len(mp3) == edition.episode.enclosure_bytes
    assert len(heard) == FRAME_SAMPLES * sum(clip.frames for clip in rendition.heard)
    assert len(heard) * 1000 == duration_ms(rendition) * SAMPLE_RATE
    assert np.array_equal(heard, np.concatenate([house.alone(clip) for clip in rendition.heard]))

    quiet = np.ones(len(heard), dtype=bool)
    place = 0
    for clip in rendition.heard:
        start, end = (time * SAMPLE_RATE // 1000 for time in (clip.voice_start_ms, clip.voice_end_ms))
        quiet[max(0, place + start - EDGE) : place + end + EDGE] = False
        place += clip.frames * FRAME_SAMPLES
    loudest = float(np.max(np.abs(heard)))
    assert float(np.max(np.abs(heard[quiet]), initial=0.0)) < SILENCE * loudest

    times = [time for cue in cues(rendition) for time in (cue.start_ms, cue.end_ms)]
    assert times == sorted(times)
    for cue in cues(rendition):
        voice = heard[cue.start_ms * SAMPLE_RATE // 1000 : cue.end_ms * SAMPLE_RATE // 1000]
        assert float(np.sqrt(np.mean(voice.astype(float) ** 2))) > 0.1 * loudest
