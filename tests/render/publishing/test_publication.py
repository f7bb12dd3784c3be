"""An episode is published, held back or scheduled; whoever decides at the same time, one of these holds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.errors import EpisodeUnknown
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.scheduler import PublicationScheduler
from podcaster.settings import Settings
from podcaster.units import LanguageTag, RenderId
from podcaster.wiring import Container
from support.databases import data_folder
from support.examples import NOW, article_of, episode_of, render_of

ES = LanguageTag("es")


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(Settings(data=data_folder(tmp_path), languages=("es",), publish_drafts=True))
    made.library.put_article(article_of(), NOW)
    yield made
    made.close()


def episode() -> object:
    return replace(episode_of("es"), article=article_of().id, language=ES)


def is_published(publication: Publication) -> bool:
    try:
        publication.library.episode(article_of().id, ES)
    except EpisodeUnknown:
        return False
    return True


def test_a_withdrawal_in_the_middle_of_a_publication_leaves_the_episode_held(container: Container) -> None:
    publication, made = container.publication, episode()

    class Withdrawing:
        """The feed publisher, in front of which an editor withdraws."""

        def update_feeds(self, *episodes: object) -> None:
            container.feed_publisher.update_feeds(*episodes)
            if is_published(publication):
                publication.withdraw(article_of().id, ES)

    replace(publication, feed_publisher=Withdrawing()).offer(made)
    assert not is_published(publication)
    assert publication.newest(article_of().id, ES) == made
    publication.release(article_of().id, ES)
    assert is_published(publication)
    assert list(container.blobs.names(f"held/{article_of().id}/")) == []


def test_a_revision_that_is_published_in_the_middle_of_a_withdrawal_is_withdrawn_and_held(container: Container) -> None:
    publication = container.publication
    publication.offer(episode())
    newer = replace(episode(), title="A newer one")

    class Publishing:
        """The library, in which another revision is published once the first is held."""

        def __getattr__(self, name: str) -> object:
            return getattr(container.library, name)

        def drop_schedule(self, *place: object) -> object:
            publication.offer(newer)
            return container.library.drop_schedule(*place)

    replace(publication, library=Publishing()).withdraw(article_of().id, ES)
    assert not is_published(publication)
    assert publication.newest(article_of().id, ES) == newer
    assert len(list(container.blobs.names(f"held/{article_of().id}/"))) == 1


def test_a_draft_that_is_held_while_an_earlier_one_is_released_stays_held(container: Container) -> None:
    held = replace(container.publication, publish_drafts=False)
    held.offer(replace(episode(), draft=True))
    newer = replace(episode(), draft=True, title="A newer one")

    class Holding:
        """The blobs, to which a newer draft is added once the first is read."""

        def __getattr__(self, name: str) -> object:
            return getattr(container.blobs, name)

        def get(self, name: str) -> bytes:
            found = container.blobs.get(name)
            held.offer(newer)
            return found

    assert replace(held, blobs=Holding()).release(article_of().id, ES).title != "A newer one"
    assert held.newest(article_of().id, ES) == newer


def test_what_is_withdrawn_while_a_render_makes_its_next_revision_stays_withdrawn(container: Container) -> None:
    publication, article, library = container.publication, article_of(), container.library
    publication.offer(episode())
    library.open_render(render_of(article))
    publication.withdraw(article.id, ES)
    newer = replace(episode(), title="A newer one")
    assert ["withdrawn" in each for each in publication.offer(newer, render=render_of(article).id)] == [True]
    assert not is_published(publication)
    library.open_render(replace(render_of(article), id=RenderId("r2")))
    assert publication.offer(newer, render=RenderId("r2")) == []
    assert is_published(publication)


def test_the_newest_of_what_is_held_is_released(container: Container) -> None:
    publication = container.publication
    publication.offer(episode())
    publication.withdraw(article_of().id, ES)
    held = replace(publication, publish_drafts=False)
    newer = replace(episode(), draft=True, title="A newer one")
    held.offer(newer)
    assert publication.release(article_of().id, ES).title == "A newer one"
    assert list(container.blobs.names(f"held/{article_of().id}/")) == []


def test_a_schedule_that_an_editor_moves_while_it_is_due_stands(container: Container) -> None:
    held = replace(container.publication, publish_drafts=False, clock=lambda: NOW)
    held.offer(replace(episode(), draft=True))
    held.schedule(article_of().id, ES, NOW + timedelta(hours=1), editor="desk")
    later = NOW + timedelta(hours=5)

    class Moved:
        """The library, in which an editor moves the time once it has been read as due."""

        def __getattr__(self, name: str) -> object:
            return getattr(container.library, name)

        def schedules(self, **asked: object) -> object:
            due = container.library.schedules(**asked)
            held.schedule(article_of().id, ES, later, editor="desk")
            return due

    scheduler = PublicationScheduler(library=Moved(), publication=held, clock=lambda: NOW + timedelta(hours=2))
    scheduler.publish_due()
    assert [each.at for each in held.scheduled(article_of().id)] == [later]


def test_a_damaged_draft_keeps_no_other_that_is_due_from_being_published(container: Container) -> None:
    held, later = replace(container.publication, publish_drafts=False, clock=lambda: NOW), NOW + timedelta(hours=1)
    for language in ("ca", "es"):
        held.offer(replace(episode(), language=LanguageTag(language), guid=language, draft=True))
        held.schedule(article_of().id, LanguageTag(language), later, editor="desk")
    (damaged,) = [name for name in container.blobs.names(f"held/{article_of().id}/") if "/ca." in name]
    container.blobs.put(damaged, b"{")
    PublicationScheduler(library=container.library, publication=held, clock=lambda: later).publish_due()
    assert is_published(held)
    assert [each.language for each in held.scheduled(article_of().id)] == ["ca"]


def test_a_clock_that_is_moved_a_day_back_loses_no_draft_and_no_feed_goes_back(container: Container) -> None:
    held = replace(container.publication, publish_drafts=False, clock=lambda: NOW)
    held.offer(replace(episode(), draft=True, title="Before"))
    yesterday = replace(held, clock=lambda: NOW - timedelta(days=1))
    yesterday.offer(replace(episode(), draft=True, title="After"))
    assert yesterday.release(article_of().id, ES).title == "After"
    generation = container.library.generation()
    replace(yesterday, publish_drafts=True).offer(replace(episode(), title="And after that"))
    assert container.library.generation() == generation + 1
    pointer = container.library.feeds()["es"]
    assert pointer.generation == generation + 1
    assert b"And after that" in container.blobs.get(pointer.blob)
