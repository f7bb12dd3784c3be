"""Feeds and sitemaps as they are in use: identities, addresses, namespaces, turns, texts and dates."""

from datetime import UTC, datetime

import pytest

from podcaster.errors import SourceNotFeed
from podcaster.source.entries import Entry
from podcaster.source.listing import Listing, read_listing
from podcaster.source.rotation import turns

HOME = "https://press.example/feed.xml"


def listed(xml: str) -> Listing:
    return read_listing(xml.encode(), url=HOME)


def only(xml: str) -> Entry:
    (entry,) = listed(xml).entries
    return entry


def rss(items: str, *, attributes: str = "") -> str:
    return f'<rss version="2.0"{attributes}><channel><title>Press</title>{items}</channel></rss>'


@pytest.mark.parametrize("guid", ["none", "item", "5f3a-77", "https://press.example/"])
def test_reports_under_one_guid_are_as_many_as_their_addresses(guid: str) -> None:
    items = "".join(f"<item><guid isPermaLink='false'>{guid}</guid><link>/news/{name}</link></item>" for name in "abc")
    assert len({entry.key for entry in listed(rss(items)).entries}) == 3


def test_a_report_listed_twice_is_one() -> None:
    assert len(listed(rss("<item><guid>id-17</guid><link>/news/a</link></item>" * 2)).entries) == 1


def test_relative_addresses_are_completed_by_xml_base_at_every_level() -> None:
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://press.example/news/"><entry xml:base="coast/">'
        '<id>urn:a</id><link xml:base="2024/" href="a.html"/></entry></feed>'
    )
    assert entry.url == "https://press.example/news/coast/2024/a.html"


@pytest.mark.parametrize(
    "xml",
    [
        rss("<item><link>/a</link></item>", attributes=' xmlns="http://backend.userland.com/rss2"'),
        rss("<item><link>/a</link></item>", attributes=' xmlns="http://press.example/our-own"'),
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>x</id><link rel="alternate" href="/a"/></entry></feed>',
        '<urlset xmlns="https://www.sitemaps.org/schemas/sitemap/0.9/"><url><loc> /a </loc></url></urlset>',
        "<urlset><url><loc>/a</loc></url></urlset>",
        '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:url><s:loc>/a</s:loc></s:url></s:urlset>',
        "https://press.example/a\n",
    ],
)
def test_a_listing_is_known_by_the_meaning_of_its_names(xml: str) -> None:
    assert only(xml).url == "https://press.example/a"


def test_elements_of_other_vocabularies_say_something_else() -> None:
    items = '<item><m:title xmlns:m="http://search.yahoo.com/mrss/">A picture</m:title><title>A report</title><link>/a</link></item>'
    assert only(rss(items)).title == "A report"


@pytest.mark.parametrize(
    "text",
    [
        "<![CDATA[A schema may say <!ENTITY tap 'valve'> once.]]>",
        "&lt;!ENTITY tap&gt;",
        "<!-- <!ENTITY tap 'valve'> -->tap",
    ],
)
def test_a_feed_may_write_about_entities(text: str) -> None:
    assert only(rss(f"<item><link>/a</link><description>{text}</description></item>")).url == "https://press.example/a"


@pytest.mark.parametrize("name", ["'-//Press//<!ENTITY tap \"valve\">//EN' 'a.dtd'", '"<!-- <!ENTITY tap" "a.dtd"'])
def test_the_name_of_a_document_type_declares_nothing(name: str) -> None:
    told = f"<!-- a --> <!DOCTYPE rss PUBLIC {name}>{rss('<item><link>/a</link></item>')}"
    assert only(told).url == "https://press.example/a"
    with pytest.raises(SourceNotFeed, match="entities"):
        listed(told.replace(name, f"{name} [<!ENTITY tap 'valve'>]"))


@pytest.mark.parametrize(
    "declared",
    [
        "<!ENTITY tap 'valve'>",
        "<!-- <a> --><!ENTITY % tap 'valve'>",
        "<!ELEMENT a ANY><!entity tap SYSTEM 'file:///x'>",
    ],
)
def test_a_feed_that_declares_entities_is_refused(declared: str) -> None:
    with pytest.raises(SourceNotFeed, match="entities"):
        listed(f"<?xml version='1.0'?>\n<!DOCTYPE rss [{declared}]>\n{rss('<item><link>/a</link></item>')}")


@pytest.mark.parametrize(
    ("element", "day"),
    [
        ("<pubDate>Thu, 02 May 2024 08:00:00 GMT</pubDate>", "2024-05-02"),
        ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2024-05-02</dc:date>", "2024-05-02"),
        ("<pubDate>2 мая 2024</pubDate>", "2024-05-02"),
    ],
)
def test_an_entry_s_date_is_handed_on(element: str, day: str) -> None:
    published = only(rss(f"<item><link>/a</link>{element}</item>")).published
    assert published
    assert published.date().isoformat() == day


def test_a_news_sitemap_s_date_goes_before_its_last_change() -> None:
    entry = only(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc>/a</loc><lastmod>2024-06-01</lastmod><n:news><n:publication_date>2024-05-02</n:publication_date></n:news></url></urlset>"
    )
    assert entry.published
    assert entry.published.date().isoformat() == "2024-05-02"


def test_the_text_of_a_feed_is_kept_as_markup() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:a</id><link href="/a"/><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>'
    )
    assert "<p>One.</p>" in only(atom).text.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    assert only(rss("<item><link>/a</link><description>A summary.</description></item>")).text == ""


def test_in_the_end_every_sitemap_of_an_index_has_its_turn() -> None:
    index = Listing(children=tuple(f"https://press.example/{number}.xml" for number in range(13)))
    read = [[turn.address for turn in turns(index, since=None, round_=round_, budget=5)] for round_ in range(3)]
    assert set().union(*read) == set(index.children)
    assert all(len(each) == 5 for each in read)
    firsts = [sum(turn.first for turn in turns(index, since=None, round_=round_, budget=5)) for round_ in range(4)]
    assert firsts == [5, 5, 3, 0]


@pytest.mark.parametrize(
    "xml",
    [
        '<RSS version="2.0"><CHANNEL><ITEM><LINK>/a</LINK></ITEM></CHANNEL></RSS>',
        "<channel><item><link>/a</link></item></channel>",
        rss("<item><media:title>A picture</media:title><link>/a</link></item>"),
        rss("<item><enclosure url='/a' type='application/pdf'/></item>"),
        rss("<item><link>https://count.example/1</link><f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>/a</f:origLink></item>"),
        f"<br />\n<b>Warning</b>: old server<br />\n{rss('<item><link>/a</link></item>')}",
        '<Channel xmlns="http://purl.org/net/rss1.1#"><items><item><link>/a</link></item></items></Channel>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link type="text/json" href="/j"/><link href="/a"/></entry></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://press.example/a</id></entry></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://["><entry><id>1</id><link href="/a"/></entry></feed>',
        "# our pages\nhttps://press.example/a\n",
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a"}]}',
    ],
)  # fmt: skip
def test_a_listing_is_read_as_loosely_as_others_read_it(xml: str) -> None:
    assert only(xml).url == "https://press.example/a"


def test_signs_that_xml_does_not_know_are_read() -> None:
    entry = only(rss("<item><title>Caf&eacute; &amp; bar &mdash; R & D</title><link>/a?x=1&y=2</link></item>"))
    assert (entry.title, entry.url) == ("Café & bar — R & D", "https://press.example/a?x=1&y=2")
    latin = rss("<item><title>„Größe“</title><link>/a</link></item>")
    body = f'<?xml version="1.0" encoding="iso-8859-1"?>{latin}'.encode("cp1252")
    assert [entry.title for entry in read_listing(body, url=HOME).entries] == ["„Größe“"]


def test_an_entity_behind_a_quoted_angle_bracket_is_seen() -> None:
    with pytest.raises(SourceNotFeed, match="entities"):
        listed(f"<!DOCTYPE rss [<!ATTLIST a b CDATA '<a'><!ENTITY tap 'valve'>]>{rss('')}")


def test_an_index_may_list_pages_too() -> None:
    index = listed("<sitemapindex><sitemap><loc>/one.xml</loc></sitemap><url><loc>/a</loc></url></sitemapindex>")
    assert (index.children, [entry.url for entry in index.entries]) == (
        ("https://press.example/one.xml",), ["https://press.example/a"],
    )  # fmt: skip


@pytest.mark.parametrize("count", [6, 10, 13])
def test_sitemaps_that_change_all_the_time_keep_none_waiting(count: int) -> None:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    children = tuple(f"https://press.example/{number}.xml" for number in range(count))
    index = Listing(children=children, child_moments=dict.fromkeys(children, now))
    seen = {turn.address for round_ in range(count) for turn in turns(index, since=now, round_=round_, budget=5)}
    assert seen == set(children)


def test_the_text_that_a_feed_carries_is_found_under_its_many_names() -> None:
    text = "<p>The reservoir is full.</p>"
    escaped = text.replace("<", "&lt;")
    for element in (
        f"<content:encoded><![CDATA[{text}]]></content:encoded>",
        f"<y:full-text xmlns:y='http://news.yandex.ru'>{escaped}</y:full-text>",
        f"<body xmlns='http://www.w3.org/1999/xhtml'>{text}</body>",
    ):
        assert "The reservoir is full." in only(rss(f"<item><link>/a</link>{element}</item>")).text
    item = f'{{"items": [{{"id": "1", "url": "/a", "content_html": "{text}", "date_published": "2024-05-02"}}]}}'
    assert (only(item).text, str(only(item).published)[:10]) == (text, "2024-05-02")


@pytest.mark.parametrize("opening", ["<![CDATA[", "<!--", "<?", "<!-- <? "])
def test_a_feed_of_a_million_openings_that_nothing_closes_is_read_once(opening: str) -> None:
    """Read again from each of them, it would take hours."""
    with pytest.raises(SourceNotFeed):
        listed(f"{opening * 1_000_000}")
    assert not listed(rss(opening * 1_000_000)).entries


def test_entries_that_all_link_to_the_front_page_go_to_where_their_guids_lead() -> None:
    items = "".join(f"<item><guid>https://press.example/news/{name}</guid><link>/</link></item>" for name in "ab")
    assert {entry.url for entry in listed(rss(items)).entries} == {
        f"https://press.example/news/{name}" for name in "ab"
    }


@pytest.mark.parametrize("root", ["urlset", "sitemapindex"])
def test_addresses_that_stand_in_a_sitemap_without_their_elements_count(root: str) -> None:
    found = listed(f"<{root}><loc>https://press.example/a.xml</loc></{root}>")
    assert [*(entry.url for entry in found.entries), *found.children] == ["https://press.example/a.xml"]


def test_a_robots_txt_leads_to_its_sitemaps() -> None:
    robots = b"User-agent: *\nDisallow: /login\nSitemap: https://press.example/map.xml\n"
    assert read_listing(robots, url="https://press.example/robots.txt").children == ("https://press.example/map.xml",)


def test_a_text_in_base64_is_the_entry_s_text() -> None:
    content = '<content mode="base64" type="text/html">PHA+VGhlIHF1YXkgaXMgb3BlbmVkLjwvcD4=</content>'
    entry = only(
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><link href="/a"/>{content}</entry></feed>'
    )
    assert entry.text == "<p>The quay is opened.</p>"


def test_a_date_as_javascript_writes_it_is_a_date() -> None:
    written = "Thu May 02 2024 06:00:00 GMT+0200 (Central European Summer Time)"
    assert only(rss(f"<item><link>/a</link><pubDate>{written}</pubDate></item>")).published == datetime(
        2024, 5, 2, 4, tzinfo=UTC
    )


def test_an_entry_says_its_categories_and_authors() -> None:
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><link href="/a"/><category term="eco" label="Economy"/>'
        "<category term='trade'/><author><name>Ana Moss</name></author><author><name>Bo Lund</name></author></entry></feed>"
    )
    assert (entry.labels, entry.authors) == (("Economy", "trade"), ("Ana Moss", "Bo Lund"))


@pytest.mark.parametrize(
    ("description", "is_whole"),
    [
        (f"<p>{'The tap drips. ' * 10}</p><p>{'It is old. ' * 12}</p>", 1),
        (f"<p>{'The tap drips. ' * 10} […]</p><p>The post about the tap appeared first in the {'Press ' * 20}.</p>", 0),
        (f"{'The tap drips. ' * 10}<br><br>{'It is old. ' * 12}", 0),
        (f"{'The tap drips. ' * 10}\n\n{'It is old. ' * 12}\n\n{'And so on. ' * 5}", 1),
        (f"<p>{'The tap drips. ' * 20}</p>", 0),
        ("<p>The tap drips.</p><p>It is old.</p>", 0),
    ],
)
def test_a_short_description_of_whole_paragraphs_may_be_the_report(description: str, is_whole: int) -> None:
    item = f"<item><link>/a</link><description><![CDATA[{description}]]></description></item>"
    assert bool(only(rss(item)).text) == bool(is_whole)
