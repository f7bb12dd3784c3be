"""The command line, typed as a person would: files in, files out, one line when something is wrong."""

import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import av
import feedparser
import mutagen.mp3
import numpy as np
import podcastparser
import pytest
import webvtt
from lxml import etree
from PIL import Image

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.loudness import integrated_lufs, true_peak_db
from podcaster.audio.stored_clips import blob_name, unpack
from podcaster.model import Article
from podcaster.settings import load
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support import command_line
from support.paths import GOLDEN
from support.quick_voices import quick_voices
from support.running_service import running_service
from support.waiting import until

ARTICLES = GOLDEN / "article"
REPORT = ARTICLES / "headings-and-list.txt"
LANGUAGES = ("en", "es", "pt-BR", "ca", "gl")


def podcaster(
    folder: Path, *arguments: object, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    own = {"PODCASTER_DATA": str(folder / "daten 數據"), "PODCASTER_VOICES": str(quick_voices())}
    return command_line.podcaster(folder, *arguments, stdin=stdin, **{**own, **environment})


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report in five languages, in a folder with a space in its name and under a Chinese locale."""
    folder = tmp_path_factory.mktemp("cli") / "a folder"
    folder.mkdir()
    options = [option for language in LANGUAGES[1:] for option in ("--to", language)]
    environment = {
        "PODCASTER_DATA": folder / "daten 數據",
        "PODCASTER_VOICES": quick_voices(),
        "LC_ALL": "zh_CN.GB18030",
        "LANG": "zh_CN.GB18030",
    }
    done = subprocess.run(
        [sys.executable, "-m", "podcaster", "render", REPORT, *options, "--out", "out"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return folder


def episodes(rendered: Path) -> dict[str, Path]:
    return {path.parent.name: path for path in (rendered / "out").glob("*/*/episode.mp3")}


def samples(mp3: Path) -> np.ndarray:
    with av.open(str(mp3)) as container:
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    joined = np.concatenate(parts)
    return joined.astype(np.float64) if joined.dtype.kind == "f" else joined / 32_768


def test_every_language_has_all_its_files_and_a_feed(rendered: Path) -> None:
    assert set(episodes(rendered)) == set(LANGUAGES)
    for mp3 in episodes(rendered).values():
        names = {path.name for path in mp3.parent.iterdir()}
        assert {
            "episode.mp3", "script.json", "transcript.vtt", "transcript.srt", "transcript.json", "chapters.json"
        } <= names  # fmt: skip
    assert {path.stem for path in (rendered / "out" / "feeds").iterdir()} == set(LANGUAGES)


def test_an_episode_lasts_as_long_as_its_clips_to_the_sample(rendered: Path) -> None:
    store = rendered / "daten 數據" / "blobs"
    for mp3 in episodes(rendered).values():
        script = json.loads((mp3.parent / "script.json").read_text(encoding="utf-8"))
        clips = [unpack(line["clip"], (store / blob_name(line["clip"])).read_bytes())[0] for line in script["lines"]]
        assert len(samples(mp3)) == 576 * sum(clip.frames for clip in clips)


def test_every_cue_starts_with_the_voice_within_sixty_milliseconds(rendered: Path) -> None:
    for mp3 in episodes(rendered).values():
        heard = np.abs(samples(mp3)) > 0.01
        script = json.loads((mp3.parent / "script.json").read_text(encoding="utf-8"))
        for line in script["lines"]:
            start = int((line["start"] - 0.09) * SAMPLE_RATE)
            onset = start + int(np.argmax(heard[start:]))
            assert abs(onset / SAMPLE_RATE - line["start"]) < 0.06, (mp3, line["text"])


def test_every_language_is_as_loud_as_a_podcast_should_be(rendered: Path) -> None:
    for mp3 in episodes(rendered).values():
        assert abs(integrated_lufs(samples(mp3), SAMPLE_RATE) + 16.0) <= 1.0, mp3
        assert true_peak_db(samples(mp3), SAMPLE_RATE) <= -1.0, mp3


def test_every_source_sentence_is_in_every_language_once_and_in_order(rendered: Path) -> None:
    sources = []
    for mp3 in episodes(rendered).values():
        script = json.loads((mp3.parent / "script.json").read_text(encoding="utf-8"))
        assert [line["index"] for line in script["lines"]] == list(range(len(script["lines"])))
        frame = {"opening", "disclosure", "byline", "lead_in", "closing"}
        sources.append([line["source"] for line in script["lines"] if line["kind"] not in frame])
    assert all(source == sources[0] for source in sources)


def test_feeds_of_a_folder_recommend_one_another(rendered: Path) -> None:
    for language in LANGUAGES:
        feed = etree.parse(rendered / "out" / "feeds" / f"{language}.xml")  # our own output
        recommended = [each.get("feedUrl") for each in feed.iterfind(".//{*}podroll/{*}remoteItem")]
        assert sorted(recommended) == sorted(
            f"http://127.0.0.1:8000/feeds/{other}.xml" for other in LANGUAGES if other != language
        )


def test_feeds_and_transcripts_are_read_by_what_others_wrote(rendered: Path) -> None:
    for language, mp3 in episodes(rendered).items():
        feed = rendered / "out" / "feeds" / f"{language}.xml"
        found = feedparser.parse(feed.read_bytes())
        assert not found.bozo
        other = podcastparser.parse("http://127.0.0.1/feed.xml", io.BytesIO(feed.read_bytes()))
        assert [entry.id for entry in found.entries] == [entry["guid"] for entry in other["episodes"]]
        assert int(found.entries[0].enclosures[0].length) == mp3.stat().st_size
        captions = webvtt.read(str(mp3.parent / "transcript.vtt"))
        script = json.loads((mp3.parent / "script.json").read_text(encoding="utf-8"))
        assert len(captions) == len(script["lines"])


def test_every_episode_carries_its_cover(rendered: Path) -> None:
    pictures = set()
    for mp3 in episodes(rendered).values():
        picture = mutagen.mp3.MP3(mp3).tags.getall("APIC")[0]
        with Image.open(io.BytesIO(picture.data)) as image:
            assert image.size == (1000, 1000)
        pictures.add(picture.data)
    assert len(pictures) == len(LANGUAGES)


def test_every_episode_carries_its_transcript_in_its_language(rendered: Path) -> None:
    """ID3's lyrics: what players without a feed show."""
    for language, mp3 in episodes(rendered).items():
        (lyrics,) = mutagen.mp3.MP3(mp3).tags.getall("USLT")
        lines = json.loads((mp3.parent / "script.json").read_text(encoding="utf-8"))["lines"]
        assert lyrics.lang == {"en": "eng", "es": "spa", "ca": "cat", "pt-BR": "por", "gl": "glg"}[language]
        assert lyrics.text.split("\n") == [line["text"] for line in lines]


def test_a_second_run_makes_nothing_and_gives_the_same_bytes(rendered: Path) -> None:
    before = {path: path.read_bytes() for path in episodes(rendered).values()}
    done = podcaster(rendered, "render", REPORT, "--to", "es", "--to", "ca", "--out", "out")
    assert done.returncode == 0
    assert " 0 translated, 0 spoken," in done.stdout
    assert all(path.read_bytes() == content for path, content in before.items())


def test_a_language_that_cannot_be_made_is_reported_and_the_others_are_there(tmp_path: Path) -> None:
    done = podcaster(tmp_path, "render", REPORT, "--to", "zh", "--out", "out")
    assert done.returncode == 1
    assert "from en into zh" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.parent.name for path in (tmp_path / "out").glob("*/*/episode.mp3")] == ["en"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "none.html", "--out", "out"], "none.html"),
        (["render", ARTICLES / "all-boilerplate.html", "--out", "out"], "no text of a report"),
        (["render", REPORT, "--to", "klingon", "--out", "out"], "klingon"),
        (["render", "http://169.254.169.254/", "--out", "out"], "not fetched"),
        (["render", "http://127.0.0.1:1/", "--out", "out"], "PODCASTER_ALLOW_LOOPBACK"),
        (["articles", "show", "none"], "none"),
        (["keys", "revoke", "none"], "none"),
        (["keys", "add", "a", "--scope", "everything"], "everything"),
    ],
)
def test_bad_input_is_one_line_and_status_one(tmp_path: Path, arguments: list[object], said: str) -> None:
    done = podcaster(tmp_path, *arguments)
    assert done.returncode == 1, done.stdout
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list((tmp_path / "out").glob("*/*/episode.mp3"))


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n" + bytes(500), b"x" * 30_000_000])
def test_what_is_no_report_is_refused_from_standard_input_too(tmp_path: Path, body: bytes) -> None:
    done = podcaster(tmp_path, "render", "-", "--out", "out", stdin=body)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_wrong_usage_is_status_two(tmp_path: Path) -> None:
    assert podcaster(tmp_path, "render", "--no-such-option").returncode == 2


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = podcaster(tmp_path, "doctor", PODCASTER_LANGAUGES="es")
    assert done.returncode == 1
    assert "PODCASTER_LANGUAGES" in done.stderr


def test_read_says_what_would_be_read_out_as_json_lines(tmp_path: Path) -> None:
    done = podcaster(tmp_path, "read", REPORT, ARTICLES / "all-boilerplate.html", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert set(first) == {
        "source", "title", "authors", "published", "language", "topics", "key_points", "body", "url", "image"
    }  # fmt: skip
    assert first["title"] == "Ports after the storm"
    assert set(second) == {"source", "error"}
    assert done.returncode == 1


def test_script_says_what_would_be_said_line_by_line(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("# The lake\n\nThe lake holds 4,300 fish. The keeper 王小明 spoke of $6bn.\n", encoding="utf-8")
    done = podcaster(tmp_path, "script", report, "--to", "en", "--json")
    script = json.loads(done.stdout)
    assert set(script) == {"article", "language", "lines"}
    assert set(script["lines"][0]) == {"index", "kind", "source", "text", "spoken", "pause", "checks"}
    assert script["lines"][4]["spoken"] == "The keeper Wang Xiaoming spoke of 6 billion dollars."
    shown = podcaster(tmp_path, "script", report, "--to", "en").stdout
    assert "said: The keeper Wang Xiaoming spoke of 6 billion dollars." in shown
    assert "script: said in Latin letters: 王小明" in shown


def test_the_doctor_says_how_each_language_is_made(tmp_path: Path) -> None:
    done = podcaster(tmp_path, "doctor", PODCASTER_LANGUAGES="en,es")
    assert "es-espeak" in done.stdout


def test_the_demo_renders_every_sample_without_serving(tmp_path: Path) -> None:
    made = podcaster(tmp_path, "demo", "--no-serve", PODCASTER_LANGUAGES="en")
    assert made.returncode == 0, made.stderr
    listed = [json.loads(line) for line in podcaster(tmp_path, "articles", "list", "--json").stdout.splitlines()]
    assert len(listed) == 4
    assert "en       published" in podcaster(tmp_path, "articles", "show", listed[0]["article"]).stdout


def test_drafts_wait_for_an_editor_unless_a_setting_publishes_them(tmp_path: Path, report: Article) -> None:
    data, voices = tmp_path / "daten 數據", quick_voices()
    settings = {"PODCASTER_DATA": str(data), "PODCASTER_VOICES": str(voices), "PODCASTER_LANGUAGES": "es"}
    with closing(Container(load(settings, tmp_path))) as container:
        (made,) = container.synchronous_render.publish(report, [LanguageTag("es")])
    assert made.error is None
    listed = podcaster(tmp_path, "articles", "list", "--json").stdout.splitlines()
    article = json.loads(listed[0])["article"]
    assert len(listed) == 1
    assert "es       published" not in podcaster(tmp_path, "articles", "show", article).stdout
    assert podcaster(tmp_path, "articles", "publish", article, "-l", "es").returncode == 0
    assert "es       published" in podcaster(tmp_path, "articles", "show", article).stdout
    assert podcaster(tmp_path, "articles", "unpublish", article, "-l", "es").returncode == 0
    assert "es       published" not in podcaster(tmp_path, "articles", "show", article).stdout
    assert podcaster(tmp_path, "articles", "remove", article).returncode == 0
    assert podcaster(tmp_path, "articles", "show", article).returncode == 1
    assert podcaster(tmp_path, "articles", "list", "--json").stdout == ""


def test_the_demo_serves_while_it_renders(tmp_path: Path) -> None:
    """Feeds answer at once; an episode is in one as soon as it is made."""
    with (
        running_service(tmp_path / "demo", verb="demo", PODCASTER_LANGUAGES="en") as service,
        service.client() as client,
    ):
        assert client.get("/feeds/en.xml").status_code == 200
        until(lambda: "<item>" in client.get("/feeds/en.xml").text, seconds=100)
