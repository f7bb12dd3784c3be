"""Nobody is fooled: episodes say that a voice is synthetic and a translation a machine's, on air and in their files."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from podcaster.model import Episode
from podcaster.ports import RenderJob, Submission
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.tiny_house import tiny_house

EN, ES = LanguageTag("en"), LanguageTag("es")
REPORT = b"# A harbour for Vigo\n\nThe ferries are full in the morning.\n\nA vote is planned for the autumn.\n"
VOICE = "This episode is read by a synthetic voice."
MACHINE = "This is a machine translation."
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


class Shelved:
    """A queue that nobody works on; it remembers what it was asked."""

    def __init__(self) -> None:
        self.jobs: list[RenderJob] = []

    def submit(self, job: RenderJob) -> None:
        self.jobs.append(job)

    def close(self) -> None:
        """There is nothing to close."""


@dataclass
class Desk:
    """A house with one report, rendered on demand."""

    house: Container

    def render(self, *languages: LanguageTag) -> None:
        queue = Shelved()
        self.house.__dict__["queue"] = queue
        self.house.__dict__.pop("newsroom", None)
        self.house.newsroom.submit(Submission(body=REPORT, name="report.md"), languages=languages)
        for job in queue.jobs:
            self.house.stages.begin(job)
            for language in job.languages:
                for stage in ("translate", "speak", "assemble", "publish"):
                    getattr(self.house.stages, stage)(job, language)
            self.house.stages.finish(job)

    def episode(self, language: LanguageTag) -> Episode:
        (found,) = [each.episode for each in self.house.library.episodes() if each.episode.language == language]
        return found

    def file(self, language: LanguageTag, ending: str) -> bytes:
        episode = self.episode(language)
        return self.house.blobs.get(f"media/{episode.article}/{language}/{episode.revision}{ending}")

    def heard(self, language: LanguageTag) -> list[tuple[str, str]]:
        return [(line["kind"], line["text"]) for line in json.loads(self.file(language, ".script.json"))["lines"]]


@contextmanager
def desk(folder: Path, **settings: object) -> Iterator[Desk]:
    with tiny_house(folder, "en", "es", **settings) as house:
        yield Desk(house)


def test_an_episode_says_in_its_opening_that_the_voice_is_synthetic(tmp_path: Path) -> None:
    with desk(tmp_path) as open_desk:
        open_desk.render(EN)

        kinds = [kind for kind, _ in open_desk.heard(EN)]
        assert kinds[:3] == ["opening", "disclosure", "title"]
        assert open_desk.heard(EN)[1] == ("disclosure", VOICE)


def test_a_translation_is_announced_apart_from_the_voice(tmp_path: Path) -> None:
    with desk(tmp_path) as open_desk:
        open_desk.render(ES)

        assert open_desk.heard(ES)[1:3] == [("disclosure", MACHINE), ("disclosure", VOICE)]


def test_a_show_may_say_it_at_the_end_and_in_its_own_words(tmp_path: Path) -> None:
    with desk(tmp_path, disclosure="closing", disclosure_wordings="es=Voz artificial de Meridiano.") as open_desk:
        open_desk.render(ES)

        assert open_desk.heard(ES)[1][0] == "title"
        assert open_desk.heard(ES)[-3:-1] == [("disclosure", MACHINE), ("disclosure", "Voz artificial de Meridiano.")]


def test_where_it_is_not_spoken_the_files_still_say_it(tmp_path: Path) -> None:
    with desk(tmp_path, disclosure="off") as open_desk:
        open_desk.render(EN)

        assert "disclosure" not in dict(open_desk.heard(EN))
        assert VOICE in ID3(io.BytesIO(open_desk.file(EN, ".mp3"))).getall("COMM")[0].text[0]


@pytest.mark.parametrize("language", [EN, ES])
def test_every_file_of_an_episode_says_it_to_people_and_to_machines(tmp_path: Path, language: LanguageTag) -> None:
    with desk(tmp_path, formats=("mp3", "m4a", "opus")) as open_desk:
        open_desk.render(language)
        said = VOICE if language == EN else f"{MACHINE} {VOICE}"

        id3 = ID3(io.BytesIO(open_desk.file(language, ".mp3")))
        assert id3.getall("COMM")[0].text == [said]
        fields = {frame.desc: frame.text for frame in id3.getall("TXXX")}
        assert fields == {"DigitalSourceType": [TRAINED], "AI-CONTENT": ["true"]}
        mp4 = MP4(io.BytesIO(open_desk.file(language, ".m4a")))
        assert mp4["desc"] == [said]
        assert bytes(mp4["----:com.apple.iTunes:DigitalSourceType"][0]).decode() == TRAINED
        opus = OggOpus(io.BytesIO(open_desk.file(language, ".opus")))
        assert (opus["DESCRIPTION"], opus["DIGITALSOURCETYPE"], opus["AI-CONTENT"]) == ([said], [TRAINED], ["true"])
