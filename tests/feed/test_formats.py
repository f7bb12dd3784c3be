"""Episodes in other forms than MP3: where an operator asks for them, in folder and feed, and nowhere else."""

import json
from pathlib import Path

import pytest
from lxml import etree
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from podcaster.episode.serialisation import from_record, to_record
from podcaster.errors import SettingsWrong
from podcaster.feed.addresses import Addresses
from podcaster.feed.rss import FeedEntry, render_feed
from podcaster.model import AlternateAudio, AudioFormat, Episode, Show
from podcaster.settings import load
from podcaster.units import LanguageTag, Milliseconds
from support.command_line import podcaster
from support.examples import NOW, episode_of
from support.quick_voices import quick_voices

NAMESPACES = {"podcast": "https://podcastindex.org/namespace/1.0"}
REPORT = (
    "# A harbour for Vigo\n\nBy Marta Reis\n4 May 2026\n\nThe ferries are full in the morning, and again at night.\n"
)
ALTERNATES = (
    AlternateAudio(format=AudioFormat.AAC, length_bytes=168_000),
    AlternateAudio(format=AudioFormat.OPUS, length_bytes=90_000),
)


def offered(episode: Episode, addresses: Addresses) -> list[dict[str, str]]:
    show = Show(
        language=LanguageTag("es"), title="T", description="D", base_url=addresses.base_url, author="A", email="a@b.example"
    )  # fmt: skip
    xml = render_feed(show, [FeedEntry(episode=episode, changed=NOW)], name="es", addresses=addresses)
    found = etree.fromstring(xml).iterfind("channel/item/podcast:alternateEnclosure", NAMESPACES)
    return [{**each.attrib, **each.find("podcast:source", NAMESPACES).attrib} for each in found]  # type: ignore[union-attr]


def test_a_feed_offers_every_form_that_was_made_and_no_other() -> None:
    episode = episode_of(duration_ms=Milliseconds(24_000), alternates=ALTERNATES)
    served = Addresses.served("https://pod.example")
    media = "https://pod.example/media/a-report-12345678/es/0123456789abcdef"
    assert offered(episode, served) == [
        {"type": "audio/mp4", "length": "168000", "bitrate": "56000", "codecs": "mp4a.40.2", "title": "AAC", "uri": f"{media}.m4a"},
        {"type": "audio/ogg", "length": "90000", "bitrate": "30000", "codecs": "opus", "title": "OPUS", "uri": f"{media}.opus"},
    ]  # fmt: skip
    assert offered(episode_of(), served) == []
    assert offered(episode, Addresses.folder("https://pod.example"))[1]["uri"].endswith("/es/episode.opus")


def test_an_episode_keeps_its_forms_and_one_of_before_has_none() -> None:
    episode = episode_of(alternates=ALTERNATES)
    record = json.loads(json.dumps(to_record(episode)))
    assert from_record(record) == episode
    del record["alternates"]
    assert from_record(record).alternates == ()


def test_a_form_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(SettingsWrong, match="PODCASTER_FORMATS"):
        load({"PODCASTER_FORMATS": "mp3,flac"}, Path("/nonexistent"))


@pytest.mark.parametrize(
    ("formats", "endings"), [("mp3", set()), ("mp3,m4a", {".m4a"}), ("m4a,opus", {".m4a", ".opus"})]
)
def test_a_rendered_folder_has_the_forms_that_were_asked_for(tmp_path: Path, formats: str, endings: set[str]) -> None:
    (tmp_path / "report.md").write_text(REPORT)
    settings = {"PODCASTER_DATA": tmp_path / "data", "PODCASTER_FORMATS": formats, "PODCASTER_VOICES": quick_voices()}
    for _ in range(2):
        podcaster(tmp_path, "render", "report.md", "--to", "en", "--out", "out", check=True, **settings)
        (episode,) = (tmp_path / "out").glob("[!.]*/en")
        files = {file.suffix: file for file in episode.iterdir() if file.stem == "episode" and file.suffix != ".json"}
        assert set(files) == {".mp3"} | endings
    feed = etree.parse(str(tmp_path / "out/feeds/en.xml"))
    lengths = [each.get("length") for each in feed.iterfind("channel/item/podcast:alternateEnclosure", NAMESPACES)]
    assert lengths == [str(files[ending].stat().st_size) for ending in sorted(endings)]
    if ".opus" in endings:
        assert OggOpus(files[".opus"])["lyrics"][0].endswith(MP4(files[".m4a"])["\xa9lyr"][0])
