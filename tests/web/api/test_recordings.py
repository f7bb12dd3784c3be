"""An editor's own recording takes a voice's place: in one line, or in a whole report."""

import io
import wave
from collections.abc import Iterator

import av
import httpx
import numpy as np
import pytest

from podcaster.errors import Conflict
from podcaster.render.editing.recording import Recording
from podcaster.units import ArticleId, LanguageTag
from support.running_service import Service, running_service

RATE = 44_100


def wav(*seconds: float, rate: int = RATE) -> bytes:
    """Tones of these lengths with rests of 0.4 s between them."""
    rest = np.zeros(round(0.4 * rate))
    parts = [part for each in seconds for part in (0.3 * np.sin(np.arange(round(each * rate)) / 30), rest)][:-1]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(np.rint(np.concatenate(parts) * 32_767).astype(np.int16).tobytes())
    return file.getvalue()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One of its own: others count what is published in the shared one."""
    with running_service(tmp_path_factory.mktemp("recordings") / "a folder") as made:
        yield made


@pytest.fixture(scope="module")
def editor(service: Service) -> Iterator[httpx.Client]:
    with service.editor() as editor:
        yield editor


@pytest.fixture(scope="module")
def article(service: Service, editor: httpx.Client) -> str:
    text = "# A quay for Burela\n\nThe quay is full in the morning.\n\nA vote on a second quay is planned for the autumn of 2027."
    answer = editor.post("/api/articles", json={"markdown": text, "languages": ["en"]}).json()
    assert service.finished(answer["render"])["state"] == "done"
    return str(answer["article"])


def rendered(service: Service, editor: httpx.Client, article: str) -> list[dict[str, object]]:
    answer = editor.post(f"/api/articles/{article}/renders", json={"languages": ["en"]})
    assert service.finished(answer.json()["render"])["state"] == "done"
    lines: list[dict[str, object]] = editor.get(f"/api/articles/{article}/scripts/en").json()["lines"]
    return lines


def length(line: dict[str, object]) -> float:
    return float(line["end"]) - float(line["start"])  # type: ignore[arg-type]


def test_a_line_is_heard_as_it_was_recorded_and_the_transcript_keeps_time(
    service: Service, editor: httpx.Client, article: str
) -> None:
    before = editor.get(f"/api/articles/{article}/scripts/en").json()["lines"]
    line = next(each for each in before if each["source"] == "The quay is full in the morning.")
    place = f"/api/articles/{article}/scripts/en/lines/{line['index']}/recording"
    kept = editor.put(place, content=wav(3.5), headers={"content-type": "audio/wav"})
    assert (kept.status_code, kept.json()) == (200, {"lines": [line["index"]]})
    after = rendered(service, editor, article)
    made = after[line["index"]]
    assert length(made) == pytest.approx(3.5, abs=0.1)
    assert {"name": "recording", "passed": True, "detail": "desk"} in made["checks"]  # type: ignore[operator]
    assert made["text"] == line["text"]
    assert [each["clip"] == now["clip"] for each, now in zip(before, after, strict=True)].count(False) == 1
    told_apart(editor, article, line, made)
    assert editor.delete(place).json() == {"lines": [line["index"]]}
    assert rendered(service, editor, article)[line["index"]]["clip"] == line["clip"]


def told_apart(editor: httpx.Client, article: str, before: dict[str, object], after: dict[str, object]) -> None:
    """The two revisions are stored, and compared line by line in text and sound."""
    script = f"/api/articles/{article}/scripts/en"
    newest, earlier = editor.get(f"{script}/revisions").json()["revisions"]
    assert (newest["newest"], earlier["newest"]) == (True, False)
    (found,) = editor.get(f"{script}/revisions/{earlier['revision']}").json()["lines"]
    assert (found["source"], found["reworded"], found["sounds_otherwise"]) == (before["source"], False, True)
    assert (found["before"]["clip"], found["after"]["clip"]) == (before["clip"], after["clip"])
    takes = editor.get(f"{script}/lines/{after['index']}/takes").json()["takes"]
    assert [each["clip"] for each in takes] == [after["clip"], before["clip"]]
    lengths = [
        heard_s(editor.get(f"{script}/revisions/{each['revision']}/lines/{each['index']}/speech").content)
        for each in takes
    ]
    assert lengths == pytest.approx([length(after), length(before)], abs=0.9)
    unknown = editor.get(f"{script}/revisions/{'0' * 16}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "episode-unknown")
    assert editor.get(f"{script}/lines/9999/takes").json()["code"] == "line-unknown"


def heard_s(mp3: bytes) -> float:
    """Seconds of sound in an MP3."""
    with av.open(io.BytesIO(mp3)) as file:
        return sum(frame.samples / frame.sample_rate for frame in file.decode(audio=0))


def test_a_whole_report_is_recorded_at_once_and_cut_at_the_speakers_rests(
    service: Service, editor: httpx.Client, article: str
) -> None:
    place = f"/api/articles/{article}/scripts/en/recording"
    lines = editor.get(f"/api/articles/{article}/scripts/en").json()["lines"]
    spoken = [each for each in lines if each["kind"] in {"title", "paragraph"}]
    seconds = [len(each["spoken"]) / 15 for each in spoken]
    kept = editor.put(place, content=wav(*seconds), headers={"content-type": "audio/wav"})
    assert kept.json() == {"lines": [each["index"] for each in spoken]}
    after = rendered(service, editor, article)
    assert [length(after[each["index"]]) for each in spoken] == pytest.approx(seconds, abs=0.3)
    assert editor.delete(place).json() == kept.json()
    assert editor.delete(place).json() == {"lines": []}


@pytest.mark.parametrize(
    ("index", "sound", "refusal"),
    [
        (1, b"no sound at all", (422, "input-refused")),
        (0, wav(1.0), (422, "line-fixed")),
        (1, wav(85.0, rate=8_000), (422, "input-refused")),
        (999, wav(1.0), (404, "line-unknown")),
    ],
)
def test_what_cannot_be_used_is_refused(
    editor: httpx.Client, article: str, index: int, sound: bytes, refusal: tuple[int, str]
) -> None:
    place = f"/api/articles/{article}/scripts/en/lines/{index}/recording"
    answer = editor.put(place, content=sound, headers={"content-type": "audio/wav"})
    assert (answer.status_code, answer.json()["code"]) == refusal


def test_one_whole_recording_is_read_at_a_time() -> None:
    """Its samples take much memory."""
    desk = Recording(lines=None, blobs=None, decoded=None, encoder_db=None, recognizer=None)  # type: ignore[arg-type]
    with desk.whole, pytest.raises(Conflict, match="Another"):
        desk.record_episode(ArticleId("a"), LanguageTag("en"), b"", editor="desk")
