"""The rules of PSP-1, Apple and the podcast namespace, one test each, and what holds whatever an episode says."""

import locale
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from podcaster.errors import SettingsWrong
from podcaster.feed import category
from podcaster.feed.addresses import Addresses, EpisodeFileKind
from podcaster.feed.podcast_namespace import podcast_guid
from podcaster.feed.rss import FeedEntry, insert_items, render_channel, render_feed, render_items
from podcaster.model import Chapter, Episode, Show
from podcaster.units import LanguageTag, Milliseconds
from support.examples import DAY, NOW, episode_of

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
SERVED = Addresses.served("https://pod.example/")
FOLDER = Addresses.folder("https://pod.example")
SHOW = Show(
    language=LanguageTag("es"),
    title="Informes",
    description="Cada informe, leído.",
    base_url="https://pod.example",
    author="Casa",
    email="podcasts@example.com",
    image="https://pod.example/cover.jpg",
)
EPISODE = episode_of(
    chapters=(Chapter(start_ms=Milliseconds(0), end_ms=Milliseconds(24_000), title="El informe"),),
    image="https://reports.example/a.jpg",
)
MEDIA = "https://pod.example/media/a-report-12345678/es/0123456789abcdef"
ANY_TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["]]>", "<b>&amp;</b>", "\x00\x0b\ufffe\ud800", "قال «نعم»", "👨‍👩‍👧 🇳🇴", "palabra " * 500, "字" * 4000]
)


def channel(show: Show, *episodes: Episode, addresses: Addresses = SERVED) -> etree._Element:
    entries = [FeedEntry(episode=episode, changed=NOW) for episode in episodes]
    xml = render_feed(show, entries, name="es", addresses=addresses)
    return etree.fromstring(xml)  # our own output


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path, NAMESPACES)]


def attributes(element: etree._Element, path: str) -> list[dict[str, str]]:
    return [dict(found.attrib) for found in element.iterfind(path, NAMESPACES)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("channel/title", "Informes"),
        ("channel/description", "Cada informe, leído."),
        ("channel/link", "https://pod.example/"),
        ("channel/language", "es"),
        ("channel/itunes:author", "Casa"),
        ("channel/itunes:explicit", "false"),
        ("channel/itunes:type", "episodic"),
        ("channel/itunes:owner/itunes:email", "podcasts@example.com"),
        ("channel/itunes:summary", "Cada informe, leído."),
        ("channel/podcast:guid", podcast_guid("https://pod.example/feeds/es.xml")),
        ("channel/podcast:locked", "yes"),
        ("channel/podcast:medium", "podcast"),
        ("channel/item/title", "Un informe"),
        ("channel/item/link", "https://pod.example/episodes/a-report-12345678/es"),
        ("channel/item/description", "Un punto."),
        ("channel/item/guid", EPISODE.guid),
        ("channel/item/pubDate", "Sun, 03 May 2026 00:00:00 +0000"),
        ("channel/item/itunes:duration", "24"),
        ("channel/item/itunes:explicit", "false"),
        ("channel/item/itunes:episodeType", "full"),
        ("channel/item/podcast:person", "Ann Other"),
        ("channel/item/category", "EU"),
    ],
)
def test_an_element_that_the_rules_ask_for_is_there_once(path: str, value: str) -> None:
    assert texts(channel(SHOW, EPISODE), path) == [value]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("channel/atom:link", {"href": SERVED.feed("es"), "rel": "self", "type": "application/rss+xml"}),
        ("channel/itunes:image", {"href": "https://pod.example/cover.jpg"}),
        ("channel/itunes:category", {"text": "News"}),
        ("channel/podcast:locked", {"owner": "podcasts@example.com"}),
        ("channel/item/guid", {"isPermaLink": "false"}),
        ("channel/item/enclosure", {"url": f"{MEDIA}.mp3", "length": "200000", "type": "audio/mpeg"}),
        ("channel/item/podcast:chapters", {"url": f"{MEDIA}.chapters.json", "type": "application/json+chapters"}),
        ("channel/item/podcast:person", {"role": "author", "group": "writing"}),
        (
            "channel/item/podcast:image[@purpose='social']",
            {"href": "https://reports.example/a.jpg", "purpose": "social"},
        ),
        ("channel/item/itunes:image", {"href": "https://pod.example/covers/es/eu.jpg"}),
    ],
)
def test_an_element_has_the_attributes_that_the_rules_ask_for(path: str, value: dict[str, str]) -> None:
    assert attributes(channel(SHOW, EPISODE), path) == [value]


def test_a_transcript_is_offered_in_every_form_and_says_its_language() -> None:
    found = attributes(channel(SHOW, EPISODE), "channel/item/podcast:transcript")
    assert [each["type"] for each in found] == ["text/vtt", "application/x-subrip", "application/json", "text/html"]
    assert {each["language"] for each in found} == {"es"}
    assert [each.get("rel") for each in found] == ["captions", "captions", "captions", None]


def test_a_folder_offers_the_files_that_it_has() -> None:
    found = attributes(channel(SHOW, EPISODE, addresses=FOLDER), "channel/item/podcast:transcript")
    assert [each["url"] for each in found] == [
        f"https://pod.example/a-report-12345678/es/transcript.{ending}" for ending in ("vtt", "srt", "json")
    ]
    assert FOLDER.audio(EPISODE) == "https://pod.example/a-report-12345678/es/episode.mp3"
    assert FOLDER.file(EPISODE, EpisodeFileKind.HTML) is None


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("http://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_podcast_guid_is_the_one_that_the_standard_gives_as_its_example(url: str, guid: str) -> None:
    assert podcast_guid(url) == guid


def test_the_build_date_is_the_newest_change_and_never_the_time_of_the_run() -> None:
    entries = [FeedEntry(episode=EPISODE, changed=NOW - timedelta(days=age)) for age in (3, 1, 2)]
    feed = etree.fromstring(render_feed(SHOW, entries, name="es", addresses=SERVED))  # our own output
    [built] = texts(feed, "channel/lastBuildDate")
    assert parsedate_to_datetime(built) == NOW - timedelta(days=1)
    assert texts(channel(SHOW), "channel/lastBuildDate") == []


def test_dates_are_written_without_touching_the_locale_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feedgen would set it under every other thread, for each date."""

    def refuse(*_: object) -> None:
        pytest.fail("the process's locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert parsedate_to_datetime(texts(channel(SHOW, EPISODE), "channel/item/pubDate")[0]) == DAY


def test_an_episode_without_a_summary_is_described_by_its_title_and_not_by_all_its_notes() -> None:
    feed = channel(SHOW, episode_of(summary="", key_points=("palabra " * 600,)))
    assert texts(feed, "channel/item/description") == ["Un informe"]


def test_a_link_in_another_alphabet_becomes_a_uri() -> None:
    feed = channel(SHOW, episode_of(link="https://reports.example/ar/سد?a=%20b&c"), addresses=FOLDER)
    assert texts(feed, "channel/item/link") == ["https://reports.example/ar/%D8%B3%D8%AF?a=%20b&c"]


def test_languages_of_one_show_recommend_one_another_and_an_archive_goes_on() -> None:
    podroll = {"pt": replace(SHOW, title="Relatórios")}
    xml = render_feed(SHOW, [], name="es", addresses=SERVED, podroll=podroll, older="es/2")
    feed = etree.fromstring(xml)  # our own output
    assert attributes(feed, "channel/podcast:podroll/podcast:remoteItem") == [
        {"feedGuid": podcast_guid(SERVED.feed("pt")), "feedUrl": SERVED.feed("pt"), "title": "Relatórios"}
    ]
    assert SERVED.feed("es/2") in [each["href"] for each in attributes(feed, "channel/atom:link[@rel='next']")]


def test_a_licence_is_said_where_there_is_one() -> None:
    assert attributes(channel(SHOW), "channel/podcast:license") == []
    feed = channel(replace(SHOW, license="cc-by-4.0"))
    assert (texts(feed, "channel/podcast:license"), attributes(feed, "channel/podcast:license")) == (
        ["cc-by-4.0"],
        [{}],
    )
    own = channel(replace(SHOW, license="house-terms", license_url="https://pod.example/terms?a=1&b=2"))
    assert attributes(own, "channel/podcast:license") == [{"url": "https://pod.example/terms?a=1&b=2"}]


def test_hubs_are_named_in_the_feed_and_not_in_a_page_of_its_archive() -> None:
    said = {"name": "es", "addresses": SERVED, "built": NOW, "hubs": ["https://hub.example/"]}
    feed, page = (
        etree.fromstring(render_channel(SHOW, page=name, **said))  # type: ignore[arg-type] # our own output
        for name in (None, "es/archive/1")
    )
    assert attributes(feed, "channel/atom:link[@rel='hub']") == [{"href": "https://hub.example/", "rel": "hub"}]
    assert attributes(page, "channel/atom:link[@rel='hub']") == []
    assert [each["href"] for each in attributes(page, "channel/atom:link[@rel='current']")] == [SERVED.feed("es")]


@settings(deadline=None, max_examples=60)
@given(st.tuples(*[ANY_TEXT] * 6))
def test_a_feed_keeps_to_the_limits_whatever_its_texts(said: tuple[str, ...]) -> None:
    title, summary, point, author, topic, name = said
    episode = episode_of(
        title=title, summary=summary, key_points=(point,), authors=(author,), topics=(topic,), voice=name, link=point
    )
    show = replace(SHOW, title=name, description=summary, author=author, copyright=topic, image=point)
    feed = channel(show, episode)
    kept = [item.decode() for item in render_items(show, [episode, episode], addresses=SERVED)]
    empty = render_feed(show, [], name="es", addresses=SERVED)
    again = etree.fromstring(insert_items(empty, [each.encode() for each in kept]))  # our own output
    assert [texts(item, "guid") for item in again.iterfind("channel/item")] == [[episode.guid]] * 2
    assert kept[0] == kept[1]
    titles = texts(feed, "channel/title") + texts(feed, "channel/item/title")
    assert all(0 < len(each) <= 255 for each in titles)
    assert all(0 < len(each.encode()) <= 4000 for each in texts(feed, ".//description"))
    assert all(0 < len(each) <= 128 for each in texts(feed, ".//podcast:person"))
    assert texts(feed, "channel/item/guid") == [episode.guid]


def test_no_value_begins_or_ends_with_a_space() -> None:
    episode = replace(
        EPISODE, title=" Un informe ", authors=("\tAnn Other ",), topics=(" EU\n",), summary=" Un punto. "
    )
    show = replace(SHOW, title=" Informes ", description="\nCada informe. ", author=" Casa ", copyright=" Casa ")
    feed = channel(show, episode)
    said = [each for element in feed.iter() for each in (element.text or "", *element.attrib.values()) if each.strip()]
    assert [each for each in said if each != each.strip() and "<p>" not in each] == []


@pytest.mark.parametrize("known", ["News", "News > Politics", "Society & Culture>Documentary"])
def test_a_category_of_apples_list_is_taken(known: str) -> None:
    main, sub = category.parse(known)
    feed = channel(replace(SHOW, category=known))
    assert [each["text"] for each in attributes(feed, "channel/itunes:category")] == [main]
    assert [each["text"] for each in attributes(feed, "channel/itunes:category/itunes:category")] == [sub] * bool(sub)


@pytest.mark.parametrize("unknown", ["", "Politics", "News > Cooking", "Podcasts"])
def test_another_category_is_refused(unknown: str) -> None:
    with pytest.raises(SettingsWrong, match="no category"):
        category.parse(unknown)


def test_a_misspelt_category_is_answered_with_the_right_one() -> None:
    with pytest.raises(SettingsWrong, match="'News > Politics'"):
        category.parse("News > Politcs")


def test_apples_list_is_whole() -> None:
    assert (len(category.CATEGORIES), sum(map(len, category.CATEGORIES.values()))) == (19, 91)
