"""A process that dies between a change of the library and the feeds that show it leaves them to whoever works."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.errors import EpisodeUnknown
from podcaster.feed.addresses import takedown_mark
from podcaster.feed.section import sections_of
from podcaster.model import Episode
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.takedowns import Takedowns
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.databases import data_folder
from support.examples import NOW, article_of, episode_of
from support.waiting import until

ES = LanguageTag("es")
LATER = NOW + timedelta(minutes=5)


class Killed(BaseException):
    """The end of the process."""


class DeadlyFeeds:
    """The process dies before it has written a feed."""

    def update_feeds(self, *_: object) -> None:
        raise Killed


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(Settings(data=data_folder(tmp_path), languages=("es",), publish_drafts=True))
    made.library.put_article(article_of(), NOW)
    yield made
    made.close()


def episode() -> Episode:
    return replace(episode_of("es"), article=article_of().id, language=ES, topics=("Ports",))


def publication(container: Container) -> Publication:
    return replace(container.publication, clock=lambda: NOW)


def killed(container: Container) -> Publication:
    return replace(publication(container), feed_publisher=DeadlyFeeds())


def documents(container: Container) -> dict[str, bool]:
    """Whether each feed shows the episode."""
    names = [str(ES), *(section.feed for section in sections_of(episode()))]
    feeds = container.library.feeds()
    return {name: name in feeds and episode().guid.encode() in container.blobs.get(feeds[name].blob) for name in names}


def finish(container: Container) -> int:
    return replace(container.publication, clock=lambda: LATER).finish_interrupted()


def test_a_release_that_was_cut_off_is_in_every_feed_later(container: Container) -> None:
    held = publication(container)
    held.offer(episode(), hold=True)
    with pytest.raises(Killed):
        killed(container).release(article_of().id, ES)
    assert container.library.episode(article_of().id, ES)
    assert len(documents(container)) > 1
    assert not any(documents(container).values())
    assert finish(container) == 1
    assert all(documents(container).values())
    assert finish(container) == 0


def test_a_withdrawal_that_was_cut_off_is_out_of_every_feed_later(container: Container) -> None:
    publication(container).offer(episode())
    assert all(documents(container).values())
    with pytest.raises(Killed):
        killed(container).withdraw(article_of().id, ES)
    assert all(documents(container).values())
    assert finish(container) == 1
    assert not any(documents(container).values())


def test_a_removal_that_was_cut_off_before_its_mark_is_finished_too(container: Container) -> None:
    publication(container).offer(episode())
    container.library.remove_article(article_of().id, NOW, before=None)
    assert container.blobs.size(takedown_mark(article_of().id, ES)) is None
    assert finish(container) == 1
    assert not any(documents(container).values())
    assert Takedowns(library=container.library, blobs=container.blobs, clock=lambda: NOW)._is_marked(
        article_of().id, ES
    )


def test_a_topic_that_a_revision_gave_up_loses_it_though_the_publication_was_cut_off(container: Container) -> None:
    publication(container).offer(episode())
    with pytest.raises(Killed):
        killed(container).offer(replace(episode(), topics=("Ferries",), revision="r2"))
    assert finish(container) == 1
    shown = documents(container)
    assert shown.pop("es")
    assert not shown["es/ports"]


def test_what_is_being_published_at_this_moment_is_left_to_who_publishes(container: Container) -> None:
    with pytest.raises(Killed):
        killed(container).offer(episode())
    assert replace(container.publication, clock=lambda: NOW).finish_interrupted() == 0
    assert finish(container) == 1


def test_a_publication_that_went_well_leaves_nothing_to_do(container: Container) -> None:
    publication(container).offer(episode())
    publication(container).withdraw(article_of().id, ES)
    publication(container).release(article_of().id, ES)
    assert container.library.unshown() == []


def test_a_number_is_never_given_again(container: Container) -> None:
    """Who has shown a change drops it by its number, behind another that came meanwhile."""
    numbers = []
    for revision in ("r1", "r2"):
        with pytest.raises(Killed):
            killed(container).offer(replace(episode(), revision=revision))
        numbers.append(max(each.number for each in container.library.unshown()))
        container.library.forget_unshown(each.number for each in container.library.unshown())
    assert numbers[1] > numbers[0] + 1  # the replaced revision and the new one


def test_a_worker_finishes_it_by_itself(container: Container) -> None:
    long_ago = replace(container.publication, clock=lambda: NOW, feed_publisher=DeadlyFeeds())
    with pytest.raises(Killed):
        long_ago.offer(episode())
    with container.polling.working():
        until(lambda: all(documents(container).values()))
    with pytest.raises(EpisodeUnknown):
        container.library.episode(article_of("Another").id, ES)
