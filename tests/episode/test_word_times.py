"""When each word is heard: the engine's word events, held against the sound itself."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.recording import make_clip
from podcaster.audio.splicing import splice
from podcaster.audio.stored_clips import content_key, frames_of, pack, unpack
from podcaster.episode.timings import cues
from podcaster.episode.word_times import word_cues
from podcaster.errors import ClipMissing
from podcaster.model import Clip, Line, LineKind, Rendition, Script, SpokenWord, TimedWords, Voice
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import ArticleId, Decibels, Hertz, LanguageTag, Milliseconds

ENCODER = LameEncoder()
ZERO = Milliseconds(0)


def voice(engine_voice: str = "en") -> Voice:
    return Voice(language=LanguageTag("en"), name="v", engine="espeak", engine_voice=engine_voice)


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakSynthesizer]:
    with EspeakSynthesizer() as synthesizer:
        yield synthesizer


def clip_of(speech: Speech, text: str, gain_db: float = 6.0) -> tuple[Clip, bytes]:
    key = content_key(text=text)
    return make_clip(key, speech, gain_db=Decibels(gain_db), pause_ms=Milliseconds(300), encoder=ENCODER)


def decoded(mp3: bytes) -> NDArray[np.float64]:
    with av.open(io.BytesIO(mp3), format="mp3") as container:
        frames = [frame.to_ndarray().reshape(-1).astype(float) for frame in container.decode(audio=0)]
    joined = np.concatenate(frames)
    return joined / np.max(np.abs(joined))


def onsets_heard(samples: NDArray[np.float64], quiet_ms: int = 60) -> list[float]:
    """Times at which sound begins again after so much quiet, in milliseconds."""
    hop = SAMPLE_RATE // 1000
    level = np.abs(samples[: len(samples) // hop * hop]).reshape(-1, hop).max(axis=1)
    loud = np.flatnonzero(level > 0.03)
    return [float(place) for place, gap in zip(loud, np.diff(loud, prepend=-1000), strict=True) if gap > quiet_ms]


def follows_soon(start_ms: int, heard: list[float]) -> bool:
    """Whether sound sets in at that time, or behind the silence that a stop (p, t, k) begins with."""
    return any(-5 <= onset - start_ms <= 60 for onset in heard)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100])
def test_a_word_begins_in_the_file_where_it_begins_in_the_speech(rate: int) -> None:
    """Through trimming, resampling, gain and the codec's delay: within two milliseconds."""
    starts = [0.35, 0.80, 1.31, 1.77]
    samples = np.zeros(int(2.2 * rate))
    for start in starts:
        place = int(start * rate)
        length = int(0.2 * rate)
        samples[place : place + length] = 0.5 * np.sin(2 * np.pi * 900 * np.arange(length) / rate)
    words = tuple(WordOnset(place=5 * place, sample=int(start * rate)) for place, start in enumerate(starts))
    speech = Speech(samples=(samples * 32_767).astype(np.int16), rate=Hertz(rate), words=words)
    clip, frames = clip_of(speech, f"beeps at {rate}")
    assert [word.place for word in clip.words] == [0, 5, 10, 15]
    heard = onsets_heard(decoded(frames))
    assert len(heard) == len(starts)
    for word, onset in zip(clip.words, heard, strict=True):
        assert abs(word.start_ms - onset) <= 2


@pytest.mark.parametrize(
    ("engine_voice", "text"),
    [
        ("en", "Paper, copper, timber, butter, paper."),
        ("es", "Papel, cobre, tabaco, queso, papel."),
        ("ca", "Paper, coure, tabac, pedra, paper."),
        ("pt", "Papel, cobre, tabaco, queijo, papel."),
        ("de", "Papier, Kupfer, Tabak, Butter, Papier."),
    ],
)
def test_espeak_says_when_each_word_begins(espeak: EspeakSynthesizer, engine_voice: str, text: str) -> None:
    """Commas make the quiet that lets the sound itself tell where words begin."""
    clip, frames = clip_of(espeak.speak(text, voice(engine_voice)), text)
    assert [word.place for word in clip.words] == [found.start() for found in re.finditer(r"\w+", text)]
    heard = onsets_heard(decoded(frames))
    assert len(heard) >= len(clip.words)
    for word in clip.words:
        assert follows_soon(word.start_ms, heard), (word, heard)


def test_hibari_says_when_each_word_begins() -> None:
    text = "Paper, copper, timber, butter, paper."
    with HibariSynthesizer() as hibari:
        spoken = hibari.speak(text, replace(voice("heart"), engine="hibari"))
    clip, frames = clip_of(spoken, text)
    heard = onsets_heard(decoded(frames))
    assert [word.place for word in clip.words] == [found.start() for found in re.finditer(r"\w+", text)]
    for onset in heard[:3]:
        assert min(abs(onset - word.start_ms) for word in clip.words) < 80, (onset, clip.words)


def test_words_stand_in_order_within_the_voice(espeak: EspeakSynthesizer) -> None:
    text = "The levy of 1.5% starts in 2028, says “nobody” of the U.S. operator’s well-known staff; why?"
    clip, _ = clip_of(espeak.speak(text, voice()), text)
    starts = [word.start_ms for word in clip.words]
    assert len(starts) > 12
    assert starts == sorted(starts)
    assert clip.voice_start_ms <= starts[0]
    assert starts[-1] < clip.voice_end_ms
    assert all(word.place < len(text) for word in clip.words)


def test_a_stored_clip_keeps_its_words_and_notices_when_they_are_damaged(espeak: EspeakSynthesizer) -> None:
    clip, frames = clip_of(espeak.speak("Queues grow and tolls fall.", voice()), "a")
    blob = pack(clip, frames)
    found, stored = unpack(clip.key, blob)
    assert (found, bytes(stored)) == (clip, frames)
    assert bytes(frames_of(clip, blob)) == frames
    for damaged in (blob[:-1], blob + b"\0", blob[:-1] + bytes([blob[-1] ^ 1])):
        with pytest.raises(ClipMissing):
            unpack(clip.key, damaged)
    with pytest.raises(ClipMissing):
        frames_of(clip, blob[:-8])


def rendition(speeches: list[tuple[str, str, Clip]]) -> Rendition:
    lines = tuple(
        Line(index=place, kind=LineKind.PARAGRAPH, source=text, text=text, spoken=spoken, pause_ms=ZERO)
        for place, (text, spoken, _) in enumerate(speeches)
    )
    script = Script(
        article=ArticleId("a"), language=LanguageTag("en"), source_language=LanguageTag("en"), title="T", topics=(), lines=lines
    )  # fmt: skip
    return Rendition(script=script, clips=tuple(clip for *_, clip in speeches), voice=voice())


def test_words_of_an_episode_are_heard_when_its_transcript_says(espeak: EspeakSynthesizer) -> None:
    """Measured in the decoded episode, over three joined clips."""
    said = ["Paper, copper, timber.", "Timber, copper, paper.", "Copper, timber, paper."]
    made = [(text, clip_of(espeak.speak(text, voice()), text)) for text in said]
    audio = {clip.key: frames for _, (clip, frames) in made}
    whole = rendition([(text, text, clip) for text, (clip, _) in made])
    heard = onsets_heard(decoded(b"".join(splice(whole.clips, audio.__getitem__))))
    words = [word for cue in cues(whole) for word in zip(cue.words.texts, cue.words.times_ms, strict=False)]
    assert [text for text, _ in words] == " ".join(said).split()
    for text, start_ms in words:
        assert follows_soon(start_ms, heard), (text, start_ms, heard)


def parts(text: str, spoken: str, *onsets: tuple[int, int]) -> list[tuple[int, int, str]]:
    words = [SpokenWord(place=place, start_ms=Milliseconds(start)) for place, start in onsets]
    found = word_cues(text, spoken, words, clip_start_ms=Milliseconds(1000), end_ms=Milliseconds(9000))
    assert len(found.times_ms) == (len(found.texts) + 1 if found.texts else 0)
    return [(start, end, shown) for (start, end), shown in zip(pairwise(found.times_ms), found.texts, strict=True)]


def test_what_is_shown_lasts_as_long_as_what_is_said_for_it() -> None:
    spoken = "It rose by one point five per cent today."
    onsets = [(spoken.index(word), 100 * place) for place, word in enumerate(spoken.rstrip(".").split(), start=1)]
    assert parts("It rose by 1.5% today.", spoken, *onsets) == [
        (1100, 1200, "It"),
        (1200, 1300, "rose"),
        (1300, 1400, "by"),
        (1400, 1900, "1.5%"),
        (1900, 9000, "today."),
    ]


def test_words_that_are_said_as_one_are_shown_as_one() -> None:
    assert parts("It is on the way.", "It is on the way.", (0, 100), (3, 200), (6, 300), (13, 400)) == [
        (1100, 1200, "It"),
        (1200, 1300, "is"),
        (1300, 1400, "on the"),
        (1400, 9000, "way."),
    ]


def test_marks_that_nobody_says_stay_with_the_word_before_and_those_in_front_with_the_first() -> None:
    found = parts("– “Yes” – no", "“Yes” no", (1, 100), (6, 300))
    assert found == [(1100, 1300, "– “Yes” –"), (1300, 9000, "no")]


def test_writing_without_spaces_is_followed_sign_by_sign() -> None:
    text = "今天已经完成。"
    found = parts(text, text, *((place, 100 + 100 * place) for place in (0, 1, 2, 4, 5)))
    assert [part for *_, part in found] == ["今", "天", "已经", "完", "成。"]


@pytest.mark.parametrize(
    ("text", "onsets"), [("One.", ((0, 100),)), ("No times here.", ()), ("All at once.", ((0, 5), (4, 5)))]
)
def test_a_sentence_without_times_of_its_words_is_a_whole(text: str, onsets: tuple[tuple[int, int], ...]) -> None:
    assert parts(text, text, *onsets) == []


@given(
    shown=st.lists(
        st.sampled_from(["1.5%", "the", "levy", "–", "“now”", "今天", "U.S.", "a", "a"]), min_size=1, max_size=9
    ),
    said=st.lists(st.sampled_from(["one", "the", "levy", "now", "今", "天", "US", "a", "per", "cent"]), max_size=9),
    data=st.data(),
)
def test_whatever_an_engine_says_the_parts_are_the_text_and_in_order(
    shown: list[str], said: list[str], data: st.DataObject
) -> None:
    text, spoken = " ".join(shown), " ".join(said)
    places = st.tuples(st.integers(0, len(spoken) + 3), st.integers(0, 5_000))
    onsets = data.draw(st.lists(places, max_size=12))
    found = parts(text, spoken, *onsets)
    times = [time for start, end, _ in found for time in (start, end)]
    assert "".join("".join(part for *_, part in found).split()) in {"", "".join(text.split())}
    assert all(part for *_, part in found)
    assert times == sorted(times)


def test_every_part_together_is_the_text(espeak: EspeakSynthesizer) -> None:
    texts = {
        "en": "Dr. Smith’s 2.5 % (Q3) is 10-15% — the U.S. won’t “say” it: why?",
        "es": "¿Quién paga los 1.500 € de la UE? — «Nadie», dijo Ángela.",
        "cmn": "今天的报告已经完成，我们去北京。",
        "hi": "रिपोर्ट तैयार है, और कल आएगी।",
        "ar": "التقرير جاهز اليوم، وغدا أيضا.",
    }
    for engine_voice, text in texts.items():
        clip, _ = clip_of(espeak.speak(text, voice(engine_voice)), text)
        (cue,) = cues(rendition([(text, text, clip)]))
        assert "".join("".join(cue.words.texts).split()) == "".join(text.split()), text
        assert len(cue.words.texts) >= 5
        assert list(cue.words.times_ms) == sorted(cue.words.times_ms)


def test_an_engine_without_events_gives_sentences() -> None:
    speech = Speech(samples=np.full(12_000, 9_000, np.int16), rate=SAMPLE_RATE)
    clip, _ = clip_of(speech, "hum")
    (cue,) = cues(rendition([("A hum.", "A hum.", replace(clip, words=()))]))
    assert (clip.words, cue.words) == ((), TimedWords())
