"""The promise of the FeedRepository and of WebsubPings, over SQLite and a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from podcaster.adapters.database import SqlLibrary
from podcaster.feed.websub_ping import FeedPing, first_ping
from podcaster.model import Episode
from podcaster.ports import ArchivePage, FeedPointer, FeedPosition
from podcaster.units import ArticleId, LanguageTag
from support.examples import DAY, NOW, episode_of

ES = LanguageTag("es")
HUB = "https://hub.example/"


def report(place: int, **changes: object) -> Episode:
    values = {"guid": f"urn:{place:03}", "published": DAY + timedelta(hours=place % 7), **changes}
    return episode_of(f"report-{place}", **values)


def place_of(episode: Episode) -> FeedPosition:
    return FeedPosition(episode.published, NOW, episode.guid)


def pointer(name: str, digest: str = "a", generation: int = 1, shape: str = "") -> FeedPointer:
    return FeedPointer(
        name=name, blob=f"feeds/{name}/{digest}.xml", digest=digest, generation=generation, changed=NOW, shape=shape
    )


def page(number: int, newest: FeedPosition) -> ArchivePage:
    return ArchivePage(feed="es", number=number, newest=newest, pointer=pointer(f"es/archive/{number}"))


def test_episodes_stand_in_each_of_their_feeds_in_one_order(library: SqlLibrary) -> None:
    made = [report(place) for place in range(20)]
    for each in made:
        library.publish(each, NOW)
    library.unpublish(made[3].article, ES)
    live = sorted((each for each in made if each is not made[3]), key=lambda each: (each.published, each.guid))
    for feed in ("es", "es/eu", "es/by/ann-other"):
        found = [library.nth_place(feed, n) for n in range(20)]
        assert found == [*map(place_of, live), None]
        above, up_to = place_of(live[4]), place_of(live[9])
        items = library.feed_items(feed, "shape", above=above, up_to=up_to)
        assert [each.guid for each in items] == [each.guid for each in reversed(live[5:10])]
        assert library.nth_place(feed, 1, above=above, up_to=up_to) == place_of(live[6])
    assert library.feed_items("es/norway", "shape") == []


def test_an_item_is_kept_for_its_shape_until_its_episode_changes(library: SqlLibrary) -> None:
    first, second = report(1), report(2)
    for each in (first, second):
        library.publish(each, NOW)
    library.keep_items("one", [(first, "<item>1</item>"), (second, "<item>2</item>")])
    assert [(each.xml, each.episode) for each in library.feed_items("es", "one")] == [
        ("<item>2</item>", None),
        ("<item>1</item>", None),
    ]
    assert [each.episode for each in library.feed_items("es", "two")] == [second, first]
    library.publish(replace(first, title="Otro"), NOW)
    assert [each.xml for each in library.feed_items("es", "one")] == ["<item>2</item>", ""]
    library.keep_items("one", [(first, "<item>too late</item>")])
    assert [each.xml for each in library.feed_items("es", "one")] == ["<item>2</item>", ""]


def test_a_page_is_found_by_every_place_on_it(library: SqlLibrary) -> None:
    places = [place_of(report(place, published=DAY + timedelta(hours=place))) for place in range(10)]
    assert library.archive_page("es", places[0]) is None
    assert library.archive_below("es", None) is None
    for number, end in ((1, 2), (2, 8), (3, 5)):
        assert library.next_page_number("es") == number
        assert library.add_page(page(number, places[end]))
    assert not library.add_page(page(3, places[9]))
    found = [library.archive_page("es", each) for each in places]
    assert [each.number if each else None for each in found] == [1, 1, 1, 3, 3, 3, 2, 2, 2, None]
    below = [library.archive_below("es", each) for each in (None, places[8], places[5], places[2])]
    assert [each.number if each else None for each in below] == [2, 3, 1, None]
    assert library.feed("es/archive/3") == pointer("es/archive/3")
    library.retire_page(page(2, places[8]))
    assert (library.archive_page("es", places[7]), library.feed("es/archive/2")) == (None, None)
    assert library.next_page_number("es") == 4


def test_a_page_never_goes_back_and_is_no_feed(library: SqlLibrary) -> None:
    newest = place_of(report(1))
    library.add_page(page(1, newest))
    newer = replace(page(1, newest), pointer=pointer("es/archive/1", "b", 7))
    assert library.swap_page(newer)
    assert not library.swap_page(replace(newer, pointer=pointer("es/archive/1", "c", 6)))
    assert library.feed("es/archive/1") == newer.pointer
    assert library.feeds() == {}


def test_what_is_said_of_a_show_is_a_reason_to_swap_within_a_generation(library: SqlLibrary) -> None:
    assert library.swap_feed(pointer("es", "a", 4, "old"))
    assert not library.swap_feed(pointer("es", "b", 4, "old"))
    assert library.swap_feed(pointer("es", "b", 4, "new"))
    assert not library.swap_feed(pointer("es", "c", 3, "newer"))


def test_a_languages_first_publication_is_remembered(library: SqlLibrary) -> None:
    library.publish(report(1), NOW)
    library.publish(replace(report(1), title="Otro"), NOW + timedelta(days=1))
    library.unpublish(ArticleId("report-1"), ES)
    assert library.first_published(ArticleId("report-1"), ES) == NOW
    assert library.first_published(ArticleId("report-2"), ES) is None


def test_a_ping_is_kept_for_each_hub_where_bytes_changed_and_claimed_once(library: SqlLibrary) -> None:
    later, end = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    library.swap_feed(pointer("es", "a", 1), tell=[first_ping(HUB, "es", NOW)])
    library.swap_feed(pointer("es", "a", 2), tell=[first_ping(HUB, "es", later)])
    assert library.claim_ping(HUB, NOW, end) is None
    assert library.claim_ping("https://another.example/", later, end) is None
    with ThreadPoolExecutor(6) as crowd:
        claimed = list(crowd.map(lambda _: library.claim_ping(HUB, later, end), range(6)))
    [ping] = [each for each in claimed if each is not None]
    assert ping == first_ping(HUB, "es", NOW)
    library.settle_ping(ping, None)
    assert library.claim_ping(HUB, end + timedelta(days=1), end + timedelta(days=2)) is None


def test_a_ping_that_a_change_joined_is_not_settled_with_the_one_before(library: SqlLibrary) -> None:
    later = NOW + timedelta(minutes=1)
    library.swap_feed(pointer("es", "a", 1), tell=[first_ping(HUB, "es", NOW)])
    ping = library.claim_ping(HUB, later, later + timedelta(minutes=1))
    assert isinstance(ping, FeedPing)
    library.swap_feed(pointer("es", "b", 2), tell=[first_ping(HUB, "es", later)])
    library.settle_ping(ping, None)
    again = library.claim_ping(HUB, later + timedelta(minutes=1), later + timedelta(minutes=2))
    assert again is not None
    assert (again.change, again.changed) == (2, later)


def test_languages_are_those_with_an_episode(library: SqlLibrary) -> None:
    for language in ("pt", "es", "en"):
        library.publish(episode_of("one", language=language), NOW)
    library.unpublish(ArticleId("one"), LanguageTag("es"))
    assert library.languages() == ["en", "pt"]
