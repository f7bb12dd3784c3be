"""Whatever editors and the clock do, pruning deletes nothing that a feed, a held draft or a briefing points at."""

import json
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from podcaster.adapters.blobs import open_blobs
from podcaster.episode import serialisation as record
from podcaster.errors import ArticleUnknown, EpisodeUnknown
from podcaster.model import Episode, Reading, RenderState, Wording
from podcaster.render.editing.articles import ArticleEditing
from podcaster.render.pipeline.speech.own_recordings import present
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.takedowns import Takedowns
from podcaster.render.retention.pruning import Expired, Periods, PrunedKind, Pruning
from podcaster.units import ContentKey, LanguageTag, RenderId
from support.databases import new_library
from support.examples import NOW, article_of, episode_of, render_of
from support.small_service import feed_publisher_on, revision_of

LANGUAGES = (LanguageTag("es"), LanguageTag("en"))
ARTICLES = [article_of(title) for title in ("A cable levy", "A dry autumn")]
ENDINGS = (".mp3", ".vtt", ".json", ".script.json")
READING = Reading(rate=1.25)


class DatedBlobs:
    """Blobs in a folder, dated by a clock that the test moves."""

    def __init__(self, folder: Path, now: list[datetime]) -> None:
        self._folder, self._now = folder, now
        self._blobs = open_blobs(folder)

    def __getattr__(self, name: str) -> object:
        return getattr(self._blobs, name)

    def put(self, name: str, data: bytes) -> None:
        self._blobs.put(name, data)
        moment = self._now[-1].timestamp()
        os.utime(self._folder / name, (moment, moment))


@dataclass
class History:
    """A newsroom over real stores."""

    folder: Path
    now: list[datetime] = field(default_factory=lambda: [NOW])
    handed_out: list[tuple[datetime, Episode]] = field(default_factory=list)
    """Episodes that briefings could name, and the last time that they could."""

    def __post_init__(self) -> None:
        self.library = new_library(self.folder)
        self.blobs = DatedBlobs(self.folder / "blobs", self.now)
        self.press = replace(feed_publisher_on(self.library, self.blobs), clock=self.clock)  # type: ignore[arg-type]
        stores = {"library": self.library, "blobs": self.blobs, "clock": self.clock}
        self.publication = Publication(**stores, feed_publisher=self.press, publish_drafts=False)  # type: ignore[arg-type]
        self.editing = ArticleEditing(**stores, feed_publisher=self.press, stop=lambda _: None)  # type: ignore[arg-type]
        self.pruning = Pruning(**stores, takedowns=Takedowns(**stores), periods=Periods())  # type: ignore[arg-type]
        for article in ARTICLES:
            self.library.put_article(article, NOW)

    def clock(self) -> datetime:
        return self.now[-1]

    def step(self, action: str, article: int, language: int, number: int) -> None:
        getattr(self, action)(ARTICLES[article], LANGUAGES[language], number)
        # Every later run of the clock finds the same second: no two things happen at one time.
        self.now.append(self.clock() + timedelta(seconds=1))
        self._hand_out()

    def offer(self, article: object, language: LanguageTag, number: int, *, draft: bool = False) -> None:
        episode = episode_of(
            article.id,  # type: ignore[attr-defined]
            language,
            guid=f"urn:{article.id}:{language}",  # type: ignore[attr-defined]
            revision=revision_of(number),
            draft=draft,
        )
        self._store(episode)
        self.publication.offer(episode)

    def hold(self, article: object, language: LanguageTag, number: int) -> None:
        self.offer(article, language, number, draft=True)

    def read(self, article: object, language: LanguageTag, number: int) -> None:
        for episode in self._live():
            other = replace(episode, revision=revision_of(100 + number))
            self._store(other)
            self.library.publish_reading(other, READING, of=episode.revision, now=self.clock())

    def withdraw(self, article: object, language: LanguageTag, number: int) -> None:
        self._may(self.publication.withdraw, article.id, language)  # type: ignore[attr-defined]

    def release(self, article: object, language: LanguageTag, number: int) -> None:
        self._may(self.publication.release, article.id, language)  # type: ignore[attr-defined]

    def remove(self, article: object, language: LanguageTag, number: int) -> None:
        self._may(lambda: self.editing.remove(article.id, expected=None))  # type: ignore[attr-defined]

    def bring_back(self, article: object, language: LanguageTag, number: int) -> None:
        self.library.put_article(replace(article, title=f"Again {number}"), self.clock())  # type: ignore[type-var]

    def under_way(self, article: object, language: LanguageTag, number: int) -> None:
        """A render that has made an episode and not published it yet, and one that was cancelled."""
        if self.library.is_removed(article.id):  # type: ignore[attr-defined]
            return
        for name, state in ((f"r{number}", None), (f"c{number}", RenderState.CANCELLED)):
            render = replace(render_of(article, name, self.clock()), article=article.id)  # type: ignore[arg-type, attr-defined]
            self.library.open_render(render)
            episode = episode_of(article.id, language, revision=revision_of(200 + number))  # type: ignore[attr-defined]
            self._store(episode)
            self.blobs.put(f"work/{name}/{language}.episode.json", json.dumps(record.to_record(episode)).encode())
            if state is not None:
                self.library.set_render_state(RenderId(name), state)

    def wait(self, article: object, language: LanguageTag, number: int) -> None:
        self.now.append(self.clock() + timedelta(hours=7 * 2**number))

    def prune(self, article: object = None, language: object = None, number: int = 0) -> None:
        for _ in range(1 + number % 2):
            self.pruning.settle_takedowns()
            self.pruning.remove(self.pruning.find())
        self.check()

    def check(self) -> None:
        for episode in self._pointed_at():
            self._assert_whole(episode, ENDINGS)
        for until, episode in self.handed_out:
            if self.clock() - until <= timedelta(days=5):
                self._assert_whole(episode, [".script.json"])
        for pointer in self.library.feeds().values():
            feed = self.blobs.get(pointer.blob).decode()  # type: ignore[operator]
            for path in re.findall(r'url="http://podcasts.example/(media/[^"]+\.mp3)"', feed):
                assert self.blobs.size(path) is not None, path  # type: ignore[operator]
                assert self.blobs.size(f"gone/{'/'.join(path.split('/')[1:3])}") is None, path  # type: ignore[operator]

    def spent(self) -> Iterable[Expired]:
        return [each for each in self.pruning.find() if each.files]

    def _pointed_at(self) -> list[Episode]:
        held = []
        for article in ARTICLES:
            for language in LANGUAGES:
                if not self.library.is_removed(article.id):
                    self._may(lambda *place: held.append(self.publication.newest(*place)), article.id, language)
        read = [each.episode for each in self.library.readings(READING)]
        under_way = [
            record.from_record(json.loads(self.blobs.get(name)))  # type: ignore[operator]
            for render in self.library.unfinished_renders()
            for name in self.blobs.names(f"work/{render.id}/")  # type: ignore[operator]
        ]
        return [*self._live(), *held, *read, *under_way]

    def _live(self) -> list[Episode]:
        return [each.episode for each in self.library.episodes()]

    def _hand_out(self) -> None:
        known = {(each.article, each.language, each.revision) for each in self._live()}
        still = [(self.clock(), each) for each in self._live()]
        before = [
            (at, each) for at, each in self.handed_out if (each.article, each.language, each.revision) not in known
        ]
        kept = [(at, each) for at, each in before if not self.library.is_removed(each.article)]
        self.handed_out = [*kept, *still]

    def _store(self, episode: Episode) -> None:
        name = f"media/{episode.article}/{episode.language}/{episode.revision}"
        clip = f"{int(episode.revision, 16):064x}"
        self.blobs.put(f"clips/{clip[:2]}/{clip}", b"sound")
        self.blobs.put(name.replace("media/", "peaks/") + ".json", b"{}")
        for ending in ENDINGS:
            self.blobs.put(name + ending, json.dumps({"lines": [{"clip": clip}]}).encode())

    def _assert_whole(self, episode: Episode, endings: Iterable[str]) -> None:
        name = f"media/{episode.article}/{episode.language}/{episode.revision}"
        for ending in endings:
            assert self.blobs.size(name + ending) is not None, name + ending  # type: ignore[operator]
        clip = f"{int(episode.revision, 16):064x}"
        assert self.blobs.size(f"clips/{clip[:2]}/{clip}") is not None, clip  # type: ignore[operator]

    @staticmethod
    def _may(act: object, *place: object) -> None:
        try:
            act(*place)  # type: ignore[operator]
        except (EpisodeUnknown, ArticleUnknown):
            return


ACTIONS = (
    "offer", "offer", "hold", "read", "withdraw", "release", "remove", "bring_back", "under_way", "wait", "wait", "prune",
)  # fmt: skip
STEPS = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 1), st.integers(0, 1), st.integers(0, 11))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a history takes minutes
)
@given(st.lists(STEPS, min_size=4, max_size=16))
def test_nothing_that_is_pointed_at_is_ever_deleted(steps: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder))
        for place, (action, article, language, number) in enumerate(steps):
            history.step(action, article, language, place if action == "under_way" else number)
        history.prune()
        history.now.append(history.clock() + timedelta(days=3000))
        history.prune()
        assert history.spent() == []  # once is enough
        history.library.close()


def made(folder: Path) -> History:
    history = History(folder)
    history.step("offer", 0, 0, 1)
    return history


def test_each_kind_has_its_time(tmp_path: Path) -> None:
    """A replaced revision, its feed, a superseded draft, a cancelled render's work, a removed report, a clip of nothing."""
    history = made(tmp_path)
    for action, article, number in (
        ("offer", 0, 2),
        ("hold", 0, 3),
        ("hold", 0, 4),
        ("offer", 1, 5),
        ("under_way", 0, 6),
    ):
        history.step(action, article, 0, number)
    history.step("remove", 1, 0, 0)
    kinds: dict[float, set[PrunedKind]] = {}
    for hours in (0.5, 2, 25, 24 * 31, 24 * 400):
        history.now.append(NOW + timedelta(hours=hours))
        kinds[hours] = {each.kind for each in history.spent()}
    assert kinds == {
        0.5: set(),
        2: {PrunedKind.FEEDS},
        25: {PrunedKind.FEEDS, PrunedKind.WORK, PrunedKind.REVISIONS},
        24 * 31: {PrunedKind.FEEDS, PrunedKind.WORK, PrunedKind.REVISIONS, PrunedKind.DRAFTS, PrunedKind.REMOVED},
        24 * 400: set(PrunedKind),
    }


def test_a_file_that_is_made_again_meanwhile_is_left(tmp_path: Path) -> None:
    """An editor goes back to the wording of an earlier revision while pruning is under way."""
    history = made(tmp_path)
    history.step("offer", 0, 0, 2)
    history.now.append(NOW + timedelta(days=60))
    found = history.pruning.find()
    history.step("offer", 0, 0, 1)
    history.pruning.remove(found)
    history.check()


def test_a_wrong_mark_is_mended(tmp_path: Path) -> None:
    """A process was killed between the library's change and the mark, or an earlier version set none."""
    history = made(tmp_path)
    mark = f"gone/{ARTICLES[0].id}/es"
    history.blobs.put(mark, b"")
    history.pruning.run()
    assert history.blobs.size(mark) is None  # type: ignore[operator]
    history.library.unpublish(ARTICLES[0].id, LANGUAGES[0])
    history.pruning.run()
    assert history.blobs.size(mark) is not None  # type: ignore[operator]


def test_a_recording_that_no_line_has_goes_with_previews_and_waveforms_of_what_is_gone(tmp_path: Path) -> None:
    history = made(tmp_path)
    kept, dropped = ContentKey("ab" * 32), ContentKey("cd" * 32)
    files = {key: f"recordings/{key[:2]}/{key}.pcm" for key in (kept, dropped)}
    wording = Wording(
        article=ARTICLES[0].id, language=LANGUAGES[0], source="A line.", text=None, spoken=None, recording=kept,
        changed=NOW, editor="desk",
    )  # fmt: skip
    history.library.put_wording(wording)
    for name in (*files.values(), "voice-previews/ef.mp3"):
        history.blobs.put(name, b"sound")
    history.step("offer", 0, 0, 2)
    history.now.append(NOW + timedelta(days=400))
    history.prune()
    assert set(history.blobs.names("recordings/")) == {files[kept]}  # type: ignore[operator]
    assert set(history.blobs.names("voice-previews/")) == set()  # type: ignore[operator]
    peaks = [name.rpartition("/")[2] for name in history.blobs.names("peaks/")]  # type: ignore[operator]
    assert peaks == [f"{revision_of(2)}.json"]


def test_a_removed_report_s_recordings_go_with_it_unless_another_report_has_them(tmp_path: Path) -> None:
    history = made(tmp_path)
    own, shared = ContentKey("ab" * 32), ContentKey("cd" * 32)
    for article, source, key in ((0, "Own.", own), (0, "Shared.", shared), (1, "Shared.", shared)):
        wording = Wording(
            article=ARTICLES[article].id, language=LANGUAGES[0], source=source, text=None, spoken=None, recording=key,
            changed=NOW, editor="desk",
        )  # fmt: skip
        history.library.put_wording(wording)
        history.blobs.put(f"recordings/{key[:2]}/{key}.pcm", b"sound")
    history.step("remove", 0, 0, 0)
    kept = []
    for days in (29, 32):
        history.now.append(NOW + timedelta(days=days))
        history.prune()
        kept.append(sorted(name.split("/")[1] for name in history.blobs.names("recordings/")))  # type: ignore[operator]
    assert kept == [["ab", "cd"], ["cd"]]
    gone = present(history.library.wordings(ARTICLES[0].id, LANGUAGES[0]), history.blobs)  # type: ignore[arg-type]
    assert {source: each.recording for source, each in gone.items()} == {"Own.": None, "Shared.": shared}
