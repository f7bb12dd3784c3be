"""The promise of `ports.Library`, over SQLite and a real PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from podcaster.adapters.database import open_library
from podcaster.errors import ArticleUnknown, Conflict, EpisodeUnknown, RenderUnknown
from podcaster.model import (
    Article,
    Block,
    BlockKind,
    Chapter,
    Episode,
    LanguageReport,
    Render,
    RenderState,
)
from podcaster.ports import ApiKey, FeedPointer, Library
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId, Revision

NOW = datetime(2026, 3, 22, 9, 30, 15, 123456, tzinfo=UTC)
IN_LIMA = NOW.astimezone(timezone(timedelta(hours=-5)))
HOUR = timedelta(hours=1)
ES, PT = LanguageTag("es"), LanguageTag("pt-BR")


def article(name: str = "us-china", **changes: object) -> Article:
    made = Article(
        id=ArticleId(name),
        title="US/CHINA: Will “tariffs” hold? – 关税",
        language=LanguageTag("en"),
        body=(Block(kind=BlockKind.PARAGRAPH, text="Nobody knows: 🤷."),),
        authors=("Ana Díaz",),
        published=IN_LIMA,
        topics=("US", "China"),
        key_points=("It may.",),
        url="https://example.com/r",
        left_aside=("Share",),
    )
    return replace(made, **changes)  # type: ignore[arg-type] # names are checked by replace


def episode(name: str = "us-china", language: LanguageTag = ES, **changes: object) -> Episode:
    made = Episode(
        guid=f"guid-{name}-{language}",
        article=ArticleId(name),
        language=language,
        revision=Revision("0123456789abcdef"),
        title="EE. UU./China",
        authors=("Ana Díaz",),
        topics=("China",),
        published=NOW - HOUR,
        key_points=("Quizá.",),
        summary="Nadie lo sabe.",
        duration_ms=Milliseconds(240),
        enclosure_bytes=1920,
        chapters=(Chapter(start_ms=Milliseconds(0), end_ms=Milliseconds(240), title="Quizá"),),
        voice="es-1",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # names are checked by replace


def render(name: str = "r1", of: str = "us-china", **changes: object) -> Render:
    queued = LanguageReport(state=RenderState.QUEUED)
    made = Render(
        id=RenderId(name),
        article=ArticleId(of),
        state=RenderState.QUEUED,
        requested=NOW,
        languages={PT: queued, ES: queued},
    )
    return replace(made, **changes)  # type: ignore[arg-type] # names are checked by replace


def feed(generation: int, name: str = "es", digest: str = "d") -> FeedPointer:
    return FeedPointer(name=name, blob=f"feeds/{digest}.xml", digest=digest, generation=generation, changed=NOW)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returns or raises when all of them begin together."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[place] = act()
        except Exception as error:  # noqa: BLE001 # handed to the test
            results[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgres_url")
        return found
    return f"sqlite:///{tmp_path}/podcaster.db"


@pytest.fixture
def library(url: str) -> Iterator[Library]:
    opened = open_library(url)
    yield opened
    opened.close()


@pytest.fixture
def other(library: Library, url: str) -> Iterator[Library]:
    """The same library, as another process has it."""
    assert library.generation() == 0
    opened = open_library(url)
    yield opened
    opened.close()


class TestReports:
    def test_come_back_as_they_were(self, library: Library, other: Library) -> None:
        assert library.put_article(article(), NOW)
        stored = other.article(ArticleId("us-china"))
        assert stored.article == article()
        assert (stored.added, stored.changed) == (NOW, NOW)

    def test_are_changed_only_by_a_change(self, library: Library) -> None:
        library.put_article(article(), NOW)
        assert not library.put_article(article(), NOW + HOUR)
        assert library.article(ArticleId("us-china")).changed == NOW
        assert library.put_article(article(title="Corrected"), NOW + HOUR)
        stored = library.article(ArticleId("us-china"))
        assert (stored.article.title, stored.added, stored.changed) == ("Corrected", NOW, NOW + HOUR)

    def test_are_listed_newest_first_page_by_page(self, library: Library) -> None:
        for number in range(7):
            library.put_article(article(f"a{number}"), NOW + HOUR * (number // 2))
        assert [each.article.id for each in library.articles()] == ["a6", "a4", "a5", "a2", "a3", "a0", "a1"]
        pages, last = [], None
        while page := library.articles(limit=2, after=last):
            pages.append([each.article.id for each in page])
            last = page[-1].article.id
        assert pages == [["a6", "a4"], ["a5", "a2"], ["a3", "a0"], ["a1"]]
        assert library.articles(after=ArticleId("unknown")) == []

    def test_that_are_unknown_are_said_to_be(self, library: Library) -> None:
        with pytest.raises(ArticleUnknown, match="no-such"):
            library.article(ArticleId("no-such"))

    def test_need_a_moment_with_a_time_zone(self, library: Library) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            library.put_article(article(), datetime(2026, 1, 1))  # noqa: DTZ001 # the fault that is refused
        assert library.articles() == []

    def test_sort_by_the_moment_whatever_the_zone(self, library: Library) -> None:
        library.put_article(article("early"), NOW)
        library.put_article(article("late"), IN_LIMA + timedelta(microseconds=1))
        assert [each.article.id for each in library.articles()] == ["late", "early"]
        assert library.article(ArticleId("late")).added.utcoffset() == timedelta(0)


class TestRenders:
    @pytest.fixture(autouse=True)
    def _a_report(self, library: Library) -> None:
        library.put_article(article(), NOW)

    def test_come_back_with_their_languages_in_order(self, library: Library, other: Library) -> None:
        assert library.open_render(render()) == (render(), True)
        assert other.render(RenderId("r1")) == render()
        assert list(other.render(RenderId("r1")).languages) == [PT, ES]

    def test_need_a_report(self, library: Library) -> None:
        with pytest.raises(ArticleUnknown):
            library.open_render(render(of="no-such"))

    def test_of_an_unknown_id_are_said_to_be_unknown(self, library: Library) -> None:
        nothing = RenderId("no-such")
        with pytest.raises(RenderUnknown):
            library.render(nothing)
        with pytest.raises(RenderUnknown):
            library.note_language(nothing, ES, LanguageReport(state=RenderState.DONE))
        with pytest.raises(RenderUnknown):
            library.set_render_state(nothing, RenderState.DONE)

    def test_with_the_id_of_another_are_refused(self, library: Library) -> None:
        library.open_render(render())
        with pytest.raises(Conflict):
            library.open_render(render())
        with pytest.raises(Conflict):
            library.open_render(render(), idempotency_key="k", fingerprint="f")

    def test_asked_for_twice_with_one_key_are_one(self, library: Library, other: Library) -> None:
        library.open_render(render("r1"), idempotency_key="k", fingerprint="f")
        library.note_language(RenderId("r1"), ES, LanguageReport(state=RenderState.DONE))
        found, new = other.open_render(render("r2"), idempotency_key="k", fingerprint="f")
        assert (found.id, new) == ("r1", False)
        assert found.languages[ES].state is RenderState.DONE
        assert [each.id for each in library.renders(ArticleId("us-china"))] == ["r1"]

    def test_of_another_request_may_not_use_the_key(self, library: Library) -> None:
        library.open_render(render("r1"), idempotency_key="k", fingerprint="f")
        with pytest.raises(Conflict, match="Idempotency-Key"):
            library.open_render(render("r2"), idempotency_key="k", fingerprint="g")

    def test_asked_for_fifty_times_at_once_are_one(self, library: Library, other: Library) -> None:
        def ask(number: int) -> Callable[[], object]:
            door = library if number % 2 else other
            return lambda: door.open_render(render(f"r{number}"), idempotency_key="k", fingerprint="f")

        answers = at_once(*(ask(number) for number in range(50)))
        assert [new for _, new in answers].count(True) == 1  # type: ignore[misc, has-type, attr-defined] # an error fails here
        assert len({found.id for found, _ in answers}) == 1  # type: ignore[misc, has-type, attr-defined] # the same
        assert len(library.renders(ArticleId("us-china"))) == 1

    def test_without_a_key_are_each_their_own(self, library: Library) -> None:
        library.open_render(render("r1"))
        library.open_render(render("r2", requested=NOW + HOUR))
        library.open_render(render("r3", requested=NOW - HOUR))
        assert [each.id for each in library.renders(ArticleId("us-china"))] == ["r2", "r1", "r3"]
        assert [each.id for each in library.unfinished_renders()] == ["r3", "r1", "r2"]

    def test_keep_what_is_noted_of_a_language(self, library: Library) -> None:
        library.open_render(render())
        noted = LanguageReport(
            state=RenderState.FAILED,
            lines=24,
            translated=20,
            spoken=3,
            reused=21,
            seconds=1.25,
            warnings=("¿?",),
            error="e",
        )
        library.note_language(RenderId("r1"), ES, noted)
        library.note_language(RenderId("r1"), LanguageTag("ca"), noted)
        kept = library.render(RenderId("r1")).languages
        assert list(kept) == [PT, ES, "ca"]
        assert kept[ES] == kept[LanguageTag("ca")] == noted
        assert kept[PT] == LanguageReport(state=RenderState.QUEUED)

    def test_lose_no_language_when_many_report_at_once(self, library: Library, other: Library) -> None:
        library.open_render(render())
        tags = [LanguageTag(f"x{number}") for number in range(8)]

        def note(tag: LanguageTag, door: Library) -> Callable[[], object]:
            def act() -> None:
                for lines in range(1, 6):
                    door.note_language(RenderId("r1"), tag, LanguageReport(state=RenderState.RUNNING, lines=lines))

            return act

        assert at_once(*(note(tag, (library, other)[n % 2]) for n, tag in enumerate(tags))) == [None] * 8
        kept = library.render(RenderId("r1")).languages
        assert [kept[tag].lines for tag in tags] == [5] * 8

    @pytest.mark.parametrize("final", [state for state in RenderState if state.final])
    def test_stay_as_they_ended(self, library: Library, final: RenderState) -> None:
        library.open_render(render())
        assert library.set_render_state(RenderId("r1"), RenderState.RUNNING)
        assert library.set_render_state(RenderId("r1"), final)
        ended = library.render(RenderId("r1"))
        assert not library.set_render_state(RenderId("r1"), RenderState.RUNNING)
        library.note_language(RenderId("r1"), ES, LanguageReport(state=RenderState.DONE))
        assert library.render(RenderId("r1")) == ended
        assert library.unfinished_renders() == []

    def test_end_once_when_two_end_them(self, library: Library, other: Library) -> None:
        library.open_render(render())
        answers = at_once(
            lambda: library.set_render_state(RenderId("r1"), RenderState.DONE),
            lambda: other.set_render_state(RenderId("r1"), RenderState.CANCELLED),
        )
        assert sorted(map(str, answers)) == ["False", "True"]


class TestEpisodes:
    def test_come_back_as_they_were(self, library: Library, other: Library) -> None:
        assert library.publish(episode(), NOW)
        found = other.episode(ArticleId("us-china"), ES)
        assert found.episode == episode()
        assert (found.first_published, found.changed) == (NOW, NOW)

    def test_that_are_not_published_are_said_not_to_be(self, library: Library) -> None:
        library.publish(episode(), NOW)
        with pytest.raises(EpisodeUnknown):
            library.episode(ArticleId("us-china"), PT)

    def test_published_again_unchanged_change_nothing(self, library: Library) -> None:
        library.publish(episode(), NOW)
        assert not library.publish(episode(), NOW + HOUR)
        assert library.episode(ArticleId("us-china"), ES).changed == NOW
        assert library.generation() == 1

    def test_keep_the_first_moment_through_every_revision(self, library: Library) -> None:
        library.publish(episode(), NOW)
        assert library.publish(episode(revision=Revision("f" * 16)), NOW + HOUR)
        found = library.episode(ArticleId("us-china"), ES)
        assert (found.episode.revision, found.first_published, found.changed) == ("f" * 16, NOW, NOW + HOUR)
        assert library.generation() == 2
        assert len(library.episodes()) == 1

    def test_taken_out_are_out_until_they_are_published_again(self, library: Library) -> None:
        library.publish(episode(), NOW)
        assert library.unpublish(ArticleId("us-china"), ES)
        assert not library.unpublish(ArticleId("us-china"), ES)
        assert not library.unpublish(ArticleId("no-such"), ES)
        assert (library.episodes(), library.languages(), library.generation()) == ([], [], 2)
        with pytest.raises(EpisodeUnknown):
            library.episode(ArticleId("us-china"), ES)
        assert library.publish(episode(), NOW + HOUR)
        assert library.episode(ArticleId("us-china"), ES).first_published == NOW
        assert library.generation() == 3

    def test_are_listed_newest_report_first(self, library: Library) -> None:
        library.publish(episode("b", guid="2"), NOW)
        library.publish(episode("c", guid="1"), NOW)
        library.publish(episode("a", published=NOW), NOW)
        library.publish(episode("d", published=NOW - 2 * HOUR), NOW + HOUR)
        library.publish(episode("e"), NOW + HOUR)
        library.publish(episode("a", PT, published=IN_LIMA - 3 * HOUR), NOW)
        listed = [(each.episode.article, each.episode.language) for each in library.episodes()]
        assert listed == [("a", ES), ("e", ES), ("c", ES), ("b", ES), ("d", ES), ("a", PT)]
        assert [each.episode.article for each in library.episodes(language=ES, limit=2)] == ["a", "e"]
        assert [each.episode.language for each in library.episodes(article=ArticleId("a"))] == [ES, PT]
        assert library.episodes(language=LanguageTag("ca")) == []
        assert library.languages() == [ES, PT]

    def test_need_moments_with_a_time_zone(self, library: Library) -> None:
        naive = datetime(2026, 1, 1)  # noqa: DTZ001 # the fault that is refused
        with pytest.raises(ValueError, match="no time zone"):
            library.publish(episode(), naive)
        with pytest.raises(ValueError, match="no time zone"):
            library.publish(episode(published=naive), NOW)
        assert library.episodes() == []

    def test_published_by_many_at_once_count_once_each(self, library: Library, other: Library) -> None:
        def publish(number: int) -> Callable[[], object]:
            door = library if number % 2 else other
            return lambda: door.publish(episode(f"a{number // 4}"), NOW)

        answers = at_once(*(publish(number) for number in range(20)))
        assert sorted(map(str, answers)) == ["False"] * 15 + ["True"] * 5
        assert library.generation() == 5
        assert len(library.episodes()) == 5

    def test_are_all_seen_by_whoever_saw_the_generation(self, library: Library, other: Library) -> None:
        """A feed may show more than its generation says, never less."""
        seen: list[tuple[int, int]] = []

        def publish(door: Library, name: str) -> Callable[[], object]:
            return lambda: [door.publish(episode(f"{name}{n}"), NOW) for n in range(15)]

        def read() -> None:
            for _ in range(40):
                generation = library.generation()
                seen.append((generation, len(library.episodes())))

        answers = at_once(publish(library, "a"), publish(other, "b"), read)
        assert answers == [[True] * 15, [True] * 15, None]
        assert all(generation <= count for generation, count in seen)
        assert library.generation() == 30


class TestFeeds:
    def test_show_what_they_were_pointed_at(self, library: Library, other: Library) -> None:
        assert library.feeds() == {}
        assert library.swap_feed(feed(0))
        assert library.swap_feed(feed(7, "es/china"))
        assert other.feeds() == {"es": feed(0), "es/china": feed(7, "es/china")}

    def test_never_go_back(self, library: Library) -> None:
        assert library.swap_feed(feed(3, digest="new"))
        assert not library.swap_feed(feed(3, digest="other"))
        assert not library.swap_feed(feed(2, digest="old"))
        assert library.feeds()["es"].digest == "new"
        assert library.swap_feed(feed(4, digest="newer"))

    def test_never_go_back_between_two_publishers(self, library: Library, other: Library) -> None:
        seen: list[int] = []

        def swap(door: Library, numbers: range) -> Callable[[], object]:
            return lambda: [door.swap_feed(feed(number, digest=str(number))) for number in numbers]

        def read() -> None:
            for _ in range(40):
                seen.extend(pointer.generation for pointer in library.feeds().values())

        at_once(swap(library, range(1, 40, 2)), swap(other, range(0, 40, 2)), read)
        assert seen == sorted(seen)
        assert library.feeds()["es"] == feed(39, digest="39")


class TestKeys:
    def test_are_found_by_the_digest_of_their_secret(self, library: Library, other: Library) -> None:
        key = ApiKey(name="desk", digest="d1", scope="edit", created=NOW)
        library.add_key(key)
        assert other.key_by_digest("d1") == key
        assert other.key_by_digest("d2") is None
        assert other.keys() == [key]

    def test_have_a_name_of_their_own(self, library: Library) -> None:
        library.add_key(ApiKey(name="desk", digest="d1", scope="edit", created=NOW))
        with pytest.raises(Conflict, match="desk"):
            library.add_key(ApiKey(name="desk", digest="d2", scope="admin", created=NOW))
        assert library.key_by_digest("d2") is None

    def test_end_once_and_stay_known(self, library: Library) -> None:
        library.add_key(ApiKey(name="desk", digest="d1", scope="edit", created=NOW))
        assert library.revoke_key("desk", NOW + HOUR)
        assert not library.revoke_key("desk", NOW + 2 * HOUR)
        assert not library.revoke_key("nobody", NOW)
        revoked = library.key_by_digest("d1")
        assert revoked is not None
        assert revoked.revoked == NOW + HOUR

    def test_tell_when_they_were_used(self, library: Library) -> None:
        for name in ("b", "a"):
            library.add_key(ApiKey(name=name, digest=name, scope="read", created=NOW))
        library.touch_key("b", NOW + HOUR)
        library.touch_key("unknown", NOW)
        kept = library.keys()
        assert [(key.name, key.last_used) for key in kept] == [("a", None), ("b", NOW + HOUR)]
