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
from podcaster.audio.stored import blob_name, unpack
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


class Town:
    """A house with one report, and its queue."""

    def __init__(self, house: Container) -> None:
        self.house = house
        self.queue = Shelved()
        self.desk = replace(house.newsroom, queue=self.queue)  # type: ignore[arg-type]
        self.readers = ReadingScheduler(
            library=house.library,
            queue=self.queue,  # type: ignore[arg-type]
            context=lambda: house.edited_context,
            clock=now,
        )

    def render(self, body: bytes = REPORT) -> ArticleId:
        article = self.desk.submit(Submission(body=body, name="report.md")).article
        (job,) = self.queue.renders
        stages = self.house.stages
        for stage in (stages.translate, stages.speak, stages.assemble, stages.publish):
            stage(job, EN)
        stages.finish(job)
        self.queue.renders.clear()
        return article

    def joined(self, **choices: object) -> Preferences:
        wanted = Preferences.of(languages=["en"], **choices)  # type: ignore[arg-type]
        made = Listener.new("x" * 43 + str(choices), wanted, id=str(len(self.house.library.listeners())), now=now())
        self.house.library.add_listener(made)
        return wanted

    def heard(self, wanted: Preferences) -> Episode:
        """The episode in a listener's feed."""
        return PublishedEntries(self.house.library).selected(wanted)[0].episode

    def read(self) -> None:
        """Reads the ordered readings, as a worker does."""
        self.readers.order_missing()
        for job, _ in self.queue.readings:
            self.house.stages.read_aloud(job)
        self.queue.readings.clear()

    def file(self, episode: Episode, ending: str) -> bytes:
        return self.house.blobs.get(f"media/{episode.article}/{episode.language}/{episode.revision}{ending}")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    house = Container(Settings(data=tmp_path_factory.mktemp("readings"), languages="en"))  # type: ignore[arg-type]
    made = Town(house)
    made.render()
    yield made
    house.close()


@pytest.fixture
def own_town(tmp_path: Path) -> Iterator[Town]:
    house = Container(Settings(data=tmp_path / "data", languages="en"))  # type: ignore[arg-type]
    yield Town(house)
    house.close()


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
        repeated = np.correlate(part - part.mean(), part - part.mean(), "full")[length - 1 :]
        found.append(rate / (rate // 400 + int(np.argmax(repeated[rate // 400 : rate // 60]))))
    return float(np.median(found))


@pytest.mark.parametrize("rate", [each for each in RATES if each != 1])
def test_a_pace_is_heard_with_the_same_words_and_times_of_its_own(town: Town, rate: float) -> None:
    wanted = town.joined(rate=rate)
    usual = town.heard(Preferences.of(languages=["en"]))
    assert town.heard(wanted) == usual
    town.read()
    quick = town.heard(wanted)
    assert (quick.guid, quick.title, quick.published, quick.voice) == (
        usual.guid,
        usual.title,
        usual.published,
        usual.voice,
    )
    assert quick.revision != usual.revision
    mp3, script = town.file(quick, ".mp3"), json.loads(town.file(quick, ".script.json"))["lines"]
    before = json.loads(town.file(usual, ".script.json"))["lines"]
    assert len(mp3) == quick.enclosure_bytes
    said = ("kind", "source", "text", "spoken", "checks")
    assert [line["pause"] for line in script] == [round(line["pause"] / rate) for line in before]
    assert [[line[name] for name in said] for line in script] == [[line[name] for name in said] for line in before]
    spoken = [sum(line["end"] - line["start"] for line in each) for each in (before, script)]
    assert spoken[0] / spoken[1] == pytest.approx(rate, rel=0.06)
    assert usual.duration_ms / quick.duration_ms == pytest.approx(rate, rel=0.1)
    frames = [
        unpack(key := ContentKey(line["clip"]), town.house.blobs.get(blob_name(key)))[0].frames for line in script
    ]
    assert quick.duration_ms == 24 * sum(frames) == quick.chapters[-1].end_ms
    sound = samples(mp3)
    assert integrated_lufs(sound, Hertz(24_000)) == pytest.approx(-16, abs=1)
    assert true_peak_db(sound, Hertz(24_000)) < -1
    assert pitch(sound) == pytest.approx(pitch(samples(town.file(usual, ".mp3"))), rel=0.1)


def test_who_prefers_a_mans_voice_hears_one(town: Town) -> None:
    wanted, quick = town.joined(voice=["male"]), town.joined(voice=["en-GB-espeak", "male"], rate=1.25)
    town.read()
    assert town.heard(wanted).voice == "en-US-espeak"
    assert town.heard(quick).voice == "en-GB-espeak"
    low, high = (
        pitch(samples(town.file(town.heard(each), ".mp3"))) for each in (wanted, Preferences.of(languages=["en"]))
    )
    assert high > 1.5 * low
    assert integrated_lufs(samples(town.file(town.heard(wanted), ".mp3")), Hertz(24_000)) == pytest.approx(-16, abs=1)


def test_nothing_is_made_that_nobody_wants_or_that_is_there_already(own_town: Town) -> None:
    own_town.render()
    own_town.readers.order_missing()
    own_town.joined(voice=["female"])
    own_town.joined(voice=["nobody-of-that-name"])
    own_town.readers.order_missing()
    assert own_town.queue.readings == []
    own_town.joined(rate=1.25)
    own_town.joined(rate=1.25, topics=["nothing of this"])
    own_town.joined(rate=1.25, max_minutes=5)
    own_town.readers.order_missing()
    own_town.readers.order_missing()
    assert [job.reading for job, _ in own_town.queue.readings] == [Reading(rate=1.25)]
    own_town.read()
    own_town.readers.order_missing()
    assert own_town.queue.readings == []


def test_another_process_orders_it_under_the_same_name(own_town: Town) -> None:
    own_town.render()
    own_town.joined(rate=1.25)
    own_town.readers.order_missing()
    other = Town(own_town.house)
    other.readers.order_missing()
    (one,), (another,) = own_town.queue.readings, other.queue.readings
    assert (one[0].name, one[1]) == (another[0].name, another[1])


def test_an_edited_report_is_read_anew_and_until_then_heard_as_the_show_has_it(own_town: Town) -> None:
    """Nobody hears what an editor has corrected."""
    article = own_town.render()
    wanted = own_town.joined(rate=1.25)
    own_town.read()
    before = own_town.heard(wanted)
    assert own_town.render(REPORT.replace(b"three builders", b"four builders")) == article
    usual = own_town.heard(Preferences.of(languages=["en"]))
    assert own_town.heard(wanted) == usual
    own_town.read()
    after = own_town.heard(wanted)
    assert after.revision not in {before.revision, usual.revision}
    clips = [
        {line["clip"] for line in json.loads(own_town.file(each, ".script.json"))["lines"]} for each in (before, after)
    ]
    assert len(clips[1] - clips[0]) == 1


def test_reading_again_changes_nothing_and_a_withdrawn_report_is_not_read(own_town: Town) -> None:
    own_town.render()
    wanted = own_town.joined(rate=1.5)
    own_town.readers.order_missing()
    ((job, _),) = own_town.queue.readings
    own_town.house.stages.read_aloud(job)
    made, generation = own_town.heard(wanted), own_town.house.library.generation()
    own_town.house.stages.read_aloud(job)
    assert (own_town.heard(wanted), own_town.house.library.generation()) == (made, generation)
    own_town.house.library.unpublish(job.article, job.language)
    own_town.house.stages.read_aloud(replace(job, reading=Reading(rate=0.8)))
    assert own_town.house.library.readings(Reading(rate=0.8)) == []


def test_a_voice_of_one_pace_is_stretched_and_keeps_its_pitch(own_town: Town, tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    phrases = (own_town.house.voices / "en.toml").read_text().partition("[phrases]")[2]
    (voices / "en.toml").write_text(
        'language = "en"\nname = "English"\n[[voices]]\nname = "en-tone"\nengine = "tone"\nengine_voice = "en"\n'
        f"gain_db = 3.0\n[phrases]{phrases}"
    )
    house = Container(Settings(data=tmp_path / "tones", languages="en", voices=voices))  # type: ignore[arg-type]
    house.synthesizers = {"tone": ToneSynthesizer()}  # type: ignore[misc]
    town = Town(house)
    town.render()
    wanted = town.joined(rate=1.25)
    town.read()
    usual, quick = town.heard(Preferences.of(languages=["en"])), town.heard(wanted)
    scripts = [json.loads(town.file(each, ".script.json"))["lines"] for each in (usual, quick)]
    spoken = [sum(line["end"] - line["start"] for line in each) for each in scripts]
    assert spoken[0] / spoken[1] == pytest.approx(1.25, rel=0.03)
    sounds = [samples(town.file(each, ".mp3")) for each in (usual, quick)]
    for slow, fast in zip(*scripts, strict=True):
        parts = [
            sound[int(line["start"] * 24_000) : int(line["end"] * 24_000)]
            for sound, line in zip(sounds, (slow, fast), strict=True)
        ]
        assert pitch(parts[1]) == pytest.approx(pitch(parts[0]), rel=0.05)
    house.close()
