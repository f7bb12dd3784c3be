"""Readings in another voice or at another pace: the same report, word for word, with times of its own."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import av
import numpy as np
import pytest

from podcaster.audio.loudness import integrated_lufs, true_peak_db
from podcaster.audio.stored_clips import blob_name, unpack
from podcaster.listener.account import Listener
from podcaster.listener.preferences import RATES, Preferences
from podcaster.model import Episode, Reading
from podcaster.ports import ReadingJob, RenderJob, Submission
from podcaster.render.pipeline.readings import ReadingScheduler
from podcaster.settings import Settings
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.units import ArticleId, ContentKey, Hertz, LanguageTag
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.wiring import Container, now
from support.databases import data_folder

EN = LanguageTag("en")
REPORT = b"""# A harbour for Vigo

- The ferries are full.
- A vote is planned for the autumn.

The ferries are full in the morning, and nobody at the harbour expects that to change before the end of the year.
A vote is planned for the autumn. The city has asked three builders for an offer.

> Nobody waits for a bridge.

The harbour was built when the town had a tenth of the people that it has now, and half of its boats.
"""


class Shelved:
    """A queue that nobody works on; it remembers what it was asked."""

    def __init__(self) -> None:
        self.renders: list[RenderJob] = []
        self.readings: list[tuple[ReadingJob, date]] = []

    def submit(self, job: RenderJob) -> None:
        self.renders.append(job)

    def submit_reading(self, job: ReadingJob, *, day: date) -> None:
        self.readings.append((job, day))


class ReadingWorker:
    """A container with one report, and its queue; it reads as a worker does."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.queue = Shelved()
        self.desk = replace(container.newsroom, queue=self.queue)  # type: ignore[arg-type]
        self.readers = ReadingScheduler(
            library=container.library,
            queue=self.queue,  # type: ignore[arg-type]
            context=lambda: container.edited_context,
            clock=now,
        )

    def render(self, body: bytes = REPORT) -> ArticleId:
        article = self.desk.submit(Submission(body=body, name="report.md")).article
        (job,) = self.queue.renders
        stages = self.container.stages
        for stage in (stages.translate, stages.speak, stages.assemble, stages.publish):
            stage(job, EN)
        stages.finish(job)
        self.queue.renders.clear()
        return article

    def joined(self, **choices: object) -> Preferences:
        wanted = Preferences.of(languages=["en"], **choices)  # type: ignore[arg-type]
        made = Listener.new("x" * 43 + str(choices), wanted, id=str(len(self.container.library.listeners())), now=now())
        self.container.library.add_listener(made)
        return wanted

    def heard(self, wanted: Preferences) -> Episode:
        """The episode in a listener's feed."""
        return PublishedEntries(self.container.library).selected(wanted)[0].episode

    def read(self) -> None:
        """Reads the ordered readings, as a worker does."""
        self.readers.order_missing()
        for job, _ in self.queue.readings:
            self.container.stages.read_aloud(job)
        self.queue.readings.clear()

    def file(self, episode: Episode, ending: str) -> bytes:
        return self.container.blobs.get(f"media/{episode.article}/{episode.language}/{episode.revision}{ending}")


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingWorker]:
    container = Container(Settings(data=tmp_path_factory.mktemp("readings"), languages="en"))  # type: ignore[arg-type]
    made = ReadingWorker(container)
    made.render()
    yield made
    container.close()


@pytest.fixture
def own_worker(tmp_path: Path) -> Iterator[ReadingWorker]:
    container = Container(Settings(data=data_folder(tmp_path / "data"), languages="en"))  # type: ignore[arg-type]
    yield ReadingWorker(container)
    container.close()


def samples(mp3: bytes) -> np.ndarray:
    with av.open(io.BytesIO(mp3), format="mp3") as container:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)])


def pitch(sound: np.ndarray, rate: int = 24_000) -> float:
    """The median of what is periodic in it, by autocorrelation, in Hz."""
    length, found = rate // 25, []
    for start in range(0, len(sound) - length, length):
        part = sound[start : start + length].astype(float)
        if np.sqrt((part**2).mean()) < 0.03:
            continue
        repeated = np.fft.irfft(np.abs(np.fft.rfft(part - part.mean(), 2 * length)) ** 2)[:length]
        found.append(rate / (rate // 400 + int(np.argmax(repeated[rate // 400 : rate // 60]))))
    return float(np.median(found))


@pytest.mark.parametrize("rate", [each for each in RATES if each != 1])
def test_a_pace_is_heard_with_the_same_words_and_times_of_its_own(worker: ReadingWorker, rate: float) -> None:
    wanted = worker.joined(rate=rate)
    usual = worker.heard(Preferences.of(languages=["en"]))
    assert worker.heard(wanted) == usual
    worker.read()
    quick = worker.heard(wanted)
    assert (quick.guid, quick.title, quick.published, quick.voice) == (
        usual.guid,
        usual.title,
        usual.published,
        usual.voice,
    )
    assert quick.revision != usual.revision
    mp3, script = worker.file(quick, ".mp3"), json.loads(worker.file(quick, ".script.json"))["lines"]
    before = json.loads(worker.file(usual, ".script.json"))["lines"]
    assert len(mp3) == quick.enclosure_bytes
    said = ("kind", "source", "text", "spoken", "checks")
    assert [line["pause"] for line in script] == [round(line["pause"] / rate) for line in before]
    assert [[line[name] for name in said] for line in script] == [[line[name] for name in said] for line in before]
    spoken = [sum(line["end"] - line["start"] for line in each) for each in (before, script)]
    assert spoken[0] / spoken[1] == pytest.approx(rate, rel=0.06)
    assert usual.duration_ms / quick.duration_ms == pytest.approx(rate, rel=0.1)
    frames = [
        unpack(key := ContentKey(line["clip"]), worker.container.blobs.get(blob_name(key)))[0].frames for line in script
    ]
    assert quick.duration_ms == 24 * sum(frames) == quick.chapters[-1].end_ms
    sound = samples(mp3)
    assert integrated_lufs(sound, Hertz(24_000)) == pytest.approx(-16, abs=1)
    assert true_peak_db(sound, Hertz(24_000)) < -1
    assert pitch(sound) == pytest.approx(pitch(samples(worker.file(usual, ".mp3"))), rel=0.1)


def test_who_prefers_a_mans_voice_hears_one(worker: ReadingWorker) -> None:
    wanted, quick = worker.joined(voice=["male"]), worker.joined(voice=["en-GB-espeak", "male"], rate=1.25)
    worker.read()
    assert worker.heard(wanted).voice == "en-US-espeak"
    assert worker.heard(quick).voice == "en-GB-espeak"
    low, high = (
        pitch(samples(worker.file(worker.heard(each), ".mp3"))) for each in (wanted, Preferences.of(languages=["en"]))
    )
    assert high > 1.5 * low
    assert integrated_lufs(samples(worker.file(worker.heard(wanted), ".mp3")), Hertz(24_000)) == pytest.approx(
        -16, abs=1
    )


def test_nothing_is_made_that_nobody_wants_or_that_is_there_already(own_worker: ReadingWorker) -> None:
    own_worker.render()
    own_worker.readers.order_missing()
    own_worker.joined(voice=["female"])
    own_worker.joined(voice=["nobody-of-that-name"])
    own_worker.readers.order_missing()
    assert own_worker.queue.readings == []
    own_worker.joined(rate=1.25)
    own_worker.joined(rate=1.25, topics=["nothing of this"])
    own_worker.joined(rate=1.25, max_minutes=5)
    own_worker.readers.order_missing()
    own_worker.readers.order_missing()
    assert [job.reading for job, _ in own_worker.queue.readings] == [Reading(rate=1.25)]
    own_worker.read()
    own_worker.readers.order_missing()
    assert own_worker.queue.readings == []


def test_another_process_orders_it_under_the_same_name(own_worker: ReadingWorker) -> None:
    own_worker.render()
    own_worker.joined(rate=1.25)
    own_worker.readers.order_missing()
    other = ReadingWorker(own_worker.container)
    other.readers.order_missing()
    (one,), (another,) = own_worker.queue.readings, other.queue.readings
    assert (one[0].name, one[1]) == (another[0].name, another[1])


def test_an_edited_report_is_read_anew_and_until_then_heard_as_the_show_has_it(own_worker: ReadingWorker) -> None:
    """Nobody hears what an editor has corrected."""
    article = own_worker.render()
    wanted = own_worker.joined(rate=1.25)
    own_worker.read()
    before = own_worker.heard(wanted)
    assert own_worker.render(REPORT.replace(b"three builders", b"four builders")) == article
    usual = own_worker.heard(Preferences.of(languages=["en"]))
    assert own_worker.heard(wanted) == usual
    own_worker.read()
    after = own_worker.heard(wanted)
    assert after.revision not in {before.revision, usual.revision}
    clips = [
        {line["clip"] for line in json.loads(own_worker.file(each, ".script.json"))["lines"]}
        for each in (before, after)
    ]
    assert len(clips[1] - clips[0]) == 1


def test_reading_again_changes_nothing_and_a_withdrawn_report_is_not_read(own_worker: ReadingWorker) -> None:
    own_worker.render()
    wanted = own_worker.joined(rate=1.5)
    own_worker.readers.order_missing()
    ((job, _),) = own_worker.queue.readings
    own_worker.container.stages.read_aloud(job)
    made, generation = own_worker.heard(wanted), own_worker.container.library.generation()
    own_worker.container.stages.read_aloud(job)
    assert (own_worker.heard(wanted), own_worker.container.library.generation()) == (made, generation)
    own_worker.container.library.unpublish(job.article, job.language)
    own_worker.container.stages.read_aloud(replace(job, reading=Reading(rate=0.8)))
    assert own_worker.container.library.readings(Reading(rate=0.8)) == []


def test_a_voice_of_one_pace_is_stretched_and_keeps_its_pitch(own_worker: ReadingWorker, tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    phrases = (own_worker.container.voices / "en.toml").read_text().partition("[phrases]")[2]
    (voices / "en.toml").write_text(
        'language = "en"\nname = "English"\n[[voices]]\nname = "en-tone"\nengine = "tone"\nengine_voice = "en"\n'
        f"gain_db = 3.0\n[phrases]{phrases}"
    )
    container = Container(Settings(data=tmp_path / "tones", languages="en", voices=voices))  # type: ignore[arg-type]
    container.synthesizers = {"tone": ToneSynthesizer()}  # type: ignore[misc]
    worker = ReadingWorker(container)
    worker.render()
    wanted = worker.joined(rate=1.25)
    worker.read()
    usual, quick = worker.heard(Preferences.of(languages=["en"])), worker.heard(wanted)
    scripts = [json.loads(worker.file(each, ".script.json"))["lines"] for each in (usual, quick)]
    spoken = [sum(line["end"] - line["start"] for line in each) for each in scripts]
    assert spoken[0] / spoken[1] == pytest.approx(1.25, rel=0.03)
    sounds = [samples(worker.file(each, ".mp3")) for each in (usual, quick)]
    for slow, fast in zip(*scripts, strict=True):
        parts = [
            sound[int(line["start"] * 24_000) : int(line["end"] * 24_000)]
            for sound, line in zip(sounds, (slow, fast), strict=True)
        ]
        assert pitch(parts[1]) == pytest.approx(pitch(parts[0]), rel=0.05)
    container.close()
