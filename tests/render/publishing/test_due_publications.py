"""A scheduled episode that cannot be published waits ever longer, is said once, and is out soon after it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from podcaster.errors import DraftDamaged, EpisodeUnknown, StorageFailed
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.scheduler import PublicationScheduler
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.databases import data_folder
from support.examples import NOW, article_of, episode_of

ES = LanguageTag("es")
DUE = NOW + timedelta(hours=1)


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(Settings(data=data_folder(tmp_path), languages=("es",)))
    made.library.put_article(article_of(), NOW)
    yield made
    made.close()


class Failing:
    """A publication of which every release is counted, and fails while there is an error."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self.tries = 0
        self.error: Exception | None = None

    def release(self, *which: object, **more: object) -> object:
        self.tries += 1
        if self.error:
            raise self.error
        return self._publication.release(*which, **more)

    def drafts(self, *which: object) -> object:
        return self._publication.drafts(*which)


@dataclass
class Due:
    """A scheduler, whose clock goes on by a second with each look."""

    container: Container
    publication: Failing
    scheduler: PublicationScheduler
    seconds: float = 0.0

    @property
    def out(self) -> bool:
        try:
            self.container.library.episode(article_of().id, ES)
        except EpisodeUnknown:
            return False
        return True

    def look(self, seconds: int) -> int:
        """Look once a second; after how many seconds the episode was out."""
        for second in range(seconds):
            if self.out:
                return second
            self.seconds += 1
            self.scheduler.publish_due()
        return seconds


@pytest.fixture
def due(container: Container) -> Due:
    publication = replace(container.publication, clock=lambda: NOW)
    publication.offer(draft())
    publication.schedule(article_of().id, ES, DUE, editor="desk")
    failing = Failing(publication)
    made = Due(container, failing, None)  # type: ignore[arg-type] # it needs the clock of the other
    made.scheduler = PublicationScheduler(
        library=container.library, publication=failing, clock=lambda: DUE, monotonic=lambda: made.seconds
    )
    return made


def draft() -> object:
    return replace(episode_of("es"), article=article_of().id, language=ES, draft=True)


def damage(container: Container) -> tuple[str, bytes]:
    (name,) = container.blobs.names(f"held/{article_of().id}/")
    whole = container.blobs.get(name)
    container.blobs.put(name, b"{")
    return name, whole


def test_a_broken_draft_is_tried_ever_more_rarely_and_said_once(container: Container, due: Due) -> None:
    damage(container)
    with capture_logs() as logs:
        due.look(3600)
    assert not due.out
    assert 10 <= due.publication.tries <= 30
    assert [each["event"] for each in logs] == ["cannot publish what is due"]
    assert "damaged" in logs[0]["error"]
    (scheduled,) = container.library.schedules()
    assert scheduled.at == DUE
    assert "damaged" in scheduled.error


def test_another_error_is_said_again(container: Container, due: Due) -> None:
    due.publication.error = StorageFailed("The store is away.", "Wait.")
    with capture_logs() as logs:
        due.look(600)
        due.publication.error = StorageFailed("The disk is full.", "Make room.")
        due.look(600)
        due.publication.error = None
        assert due.look(60) < 45
    assert [each["event"] for each in logs] == ["cannot publish what is due"] * 2 + ["published by schedule"]
    assert container.library.schedules() == []


def test_a_draft_that_is_made_anew_is_out_within_seconds(container: Container, due: Due) -> None:
    damage(container)
    due.look(3600)
    replace(container.publication, clock=lambda: DUE).offer(draft())
    assert due.look(60) <= 10


def test_a_draft_whose_file_is_restored_is_out_within_seconds(container: Container, due: Due) -> None:
    name, whole = damage(container)
    due.look(3600)
    container.blobs.put(name, whole)
    assert due.look(60) <= 10


def test_a_new_time_is_kept_at_once_and_forgets_the_error(container: Container, due: Due) -> None:
    due.publication.error = StorageFailed("The store is away.", "Wait.")
    due.look(3600)
    due.publication.error = None
    earlier = replace(container.publication, clock=lambda: NOW)
    earlier.schedule(article_of().id, ES, DUE - timedelta(minutes=1), editor="desk")
    assert container.library.schedules()[0].error == ""
    assert due.look(60) <= 1


def test_a_library_that_does_not_answer_is_said_once_and_asked_more_rarely(container: Container, due: Due) -> None:
    class Away:
        """A library that does not answer."""

        asked = 0

        def schedules(self, **_: object) -> object:
            self.asked += 1
            raise StorageFailed("The database cannot be reached.", "Start it.")

    away = Away()
    scheduler = replace(due.scheduler, library=away)
    with capture_logs() as logs:
        for _ in range(600):
            due.seconds += 1
            scheduler.look()
    assert len(logs) == 1
    assert 600 / 30 <= away.asked < 60


def test_a_damaged_draft_is_named_to_whoever_asks_for_it(container: Container, due: Due) -> None:
    damage(container)
    with pytest.raises(DraftDamaged, match=r"damaged.*[Rr]ender"):
        container.publication.newest(article_of().id, ES)
