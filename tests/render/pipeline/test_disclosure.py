"""Nobody is fooled: episodes say that a voice is synthetic and a translation a machine's, on air and in their files."""

import io
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from podcaster.units import LanguageTag
from support.report_desk import EN, ES, report_desk

VOICE = "This episode is read by a synthetic voice."
MACHINE = "This is a machine translation."
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def test_an_episode_says_in_its_opening_that_the_voice_is_synthetic(tmp_path: Path) -> None:
    with report_desk(tmp_path) as open_desk:
        open_desk.render(EN)

        kinds = [kind for kind, _ in open_desk.heard(EN)]
        assert kinds[:3] == ["opening", "disclosure", "title"]
        assert open_desk.heard(EN)[1] == ("disclosure", VOICE)


def test_a_translation_is_announced_apart_from_the_voice(tmp_path: Path) -> None:
    with report_desk(tmp_path) as open_desk:
        open_desk.render(ES)

        assert open_desk.heard(ES)[1:3] == [("disclosure", MACHINE), ("disclosure", VOICE)]


def test_a_show_may_say_it_at_the_end_and_in_its_own_words(tmp_path: Path) -> None:
    with report_desk(
        tmp_path, disclosure="closing", disclosure_wordings="es=Voz artificial de Meridiano."
    ) as open_desk:
        open_desk.render(ES)

        assert open_desk.heard(ES)[1][0] == "title"
        assert open_desk.heard(ES)[-3:-1] == [("disclosure", MACHINE), ("disclosure", "Voz artificial de Meridiano.")]


def test_where_it_is_not_spoken_the_files_still_say_it(tmp_path: Path) -> None:
    with report_desk(tmp_path, disclosure="off") as open_desk:
        open_desk.render(EN)

        assert "disclosure" not in dict(open_desk.heard(EN))
        assert VOICE in ID3(io.BytesIO(open_desk.file(EN, ".mp3"))).getall("COMM")[0].text[0]


@pytest.mark.parametrize("language", [EN, ES])
def test_every_file_of_an_episode_says_it_to_people_and_to_machines(tmp_path: Path, language: LanguageTag) -> None:
    with report_desk(tmp_path, formats=("mp3", "m4a", "opus")) as open_desk:
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
