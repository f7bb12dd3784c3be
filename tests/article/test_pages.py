"""Pages are read as an eye reads them: whole, and nothing else."""

from collections.abc import Iterator

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.parsing import read_article
from podcaster.model import Article, BlockKind

FIRST = (
    "The ferry company has published its timetable for the summer, which brings back the evening crossing that"
    " the islands lost two years ago."
)
SECOND = "Shopkeepers on the quay expect a better season than the last one, and the harbour master has asked for a second berth."


GRAPH = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":'
    '[{"@type":"WebSite"},{"@type":["NewsArticle"],"datePublished":"2024-05-02"}]}</script>'
)


@pytest.fixture(scope="module")
def pages() -> Iterator[TrafilaturaReader]:
    with TrafilaturaReader() as reader:
        yield reader


def page(inside: str, *, head: str = "", language: str = "en", title: str = "The evening ferry is back") -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p>{inside}</article></body></html>"
    ).encode()


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<p>It leaves at six<br>and is back at nine.</p>", "It leaves at six and is back at nine."),
        ("<ul><li>Out at six<br/>back at nine</li><li>Never on Sundays</li></ul>", "Out at six back at nine"),
        ("<h2>The way<br>across</h2><p>It takes an hour and a half, as it did before.</p>", "The way across"),
        ("<blockquote>We waited<br>long enough.</blockquote>", "We waited long enough."),
        ("<p>Fares fell to 4.5 million<sup>3</sup> crowns a year.</p>", "Fares fell to 4.5 million crowns a year."),
        ('<p>Fares fell<sup><a href="#n7">7</a></sup>, it says.</p>', "Fares fell, it says."),
        ('<p>Fares fell to 90<small style="vertical-align: super">3</small> crowns.</p>', "Fares fell to 90 crowns."),
        (
            '<p>Fares fell to 90<span style="position:relative;top:-.4em">3</span> crowns.</p>',
            "Fares fell to 90 crowns.",
        ),
        ('<p>The pier<span class="elementor-screen-only"> (map)</span> is new.</p>', "The pier is new."),
        ('<p>The pier<span hidden="until-found"> (map)</span> is new.</p>', "The pier is new."),
        ("<p>The deck has 300 m<sup>2</sup> of shade.</p>", "The deck has 300 m² of shade."),
        ("<p>One in 10<sup>6</sup> tickets is void.</p>", "One in 10⁶ tickets is void."),
        ("<p>It sails for the 21<sup>st</sup> year.</p>", "It sails for the 21st year."),
        ("<p>A ticket costs <s>40</s> <ins>35</ins> crowns.</p>", "A ticket costs 35 crowns."),
        (
            '<p>A ticket costs <span style="text-decoration: line-through">40</span> 35 crowns.</p>',
            "A ticket costs 35 crowns.",
        ),
        ('<p>The pier<span class="visually-hidden"> (opens a map)</span> is new.</p>', "The pier is new."),
        ('<p>The pier<span style="position:absolute;left:-9999px"> (map)</span> is new.</p>', "The pier is new."),
        ("<p>The pier<span hidden> (map)</span> is new.</p>", "The pier is new."),
        (
            "<p>It carries <math><mfrac><mn>2</mn><mn>5</mn></mfrac></math> of the trade.</p>",
            "It carries 2/5 of the trade.",
        ),
        (r"<p>It carries \(\frac{2}{5}\) of the trade.</p>", "It carries 2/5 of the trade."),
        (r"<p>The rule is $\begin{cases}a\end{cases}$ at sea.</p>", "The rule is (formula left out) at sea."),
        ("<p>It costs $40 there and $35 here.</p>", "It costs $40 there and $35 here."),
        (
            "<p>Copyright in the old timetables has ended, the archive says.</p>",
            "Copyright in the old timetables has ended, the archive says.",
        ),
        (
            "<p>Share the cabin, share the cost: that is the offer.</p>",
            "Share the cabin, share the cost: that is the offer.",
        ),
        ("<h2>12 May 2021</h2><p>The last boat of that spring sailed without passengers.</p>", "12 May 2021"),
    ],
)
def test_a_piece_of_markup_is_read_as_it_is_seen(pages: TrafilaturaReader, markup: str, read: str) -> None:
    assert read in texts(read_article(page(markup), pages=pages))


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><th>Harbour</th><td>Vik</td></tr><tr><th>Depth</th><td>4 m</td></tr>", ["Harbour: Vik.", "Depth: 4 m."]),
        (
            (
                "<thead><tr><th rowspan=2>Harbour</th><th colspan=2>Calls</th></tr><tr><th>2023</th><th>2024</th></tr></thead>"
                "<tr><td>Vik</td><td>12</td><td>15</td></tr>"
            ),
            ["Harbour: Vik; Calls 2023: 12; Calls 2024: 15."],
        ),
        (
            "<tr><th>Harbour</th><th>Boat</th></tr><tr><td rowspan=2>Vik</td><td>Alma</td></tr><tr><td>Runa</td></tr>",
            ["Harbour: Vik; Boat: Alma.", "Harbour: Vik; Boat: Runa."],
        ),
        (
            "<tr><th>Harbour</th><td>Vik</td><td>Nes</td></tr><tr><th>Depth</th><td>4 m</td><td>6 m</td></tr>",
            ["Harbour: Vik; Depth: 4 m.", "Harbour: Nes; Depth: 6 m."],
        ),
    ],
    ids=["heads at the side", "two rows of heads", "a cell over two rows", "columns under heads at the side"],
)
def test_a_cell_is_read_under_its_own_heads(pages: TrafilaturaReader, table: str, rows: list[str]) -> None:
    article = read_article(page(f"<table>{table}</table><p>So much for the figures of the year.</p>"), pages=pages)
    assert [block.text for block in article.body if block.kind is BlockKind.ROW] == rows


def test_prose_is_not_lost_for_the_name_of_its_class(pages: TrafilaturaReader) -> None:
    odd = (
        '<div class="authority-slides"><p>The port authority raised its estimate by a third on Friday, after the'
        " bookings were in.</p></div>"
    )
    assert any("raised its estimate" in each for each in texts(read_article(page(odd), pages=pages)))


def test_what_a_page_drops_is_listed(pages: TrafilaturaReader) -> None:
    article = read_article(
        page(
            '<div class="related"><p>Another boat sails for the north on Monday, with forty cars on its deck.</p></div>'
        ),
        pages=pages,
    )
    assert any("Another boat" in each for each in (*texts(article), *article.left_aside))


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("gb2312", "gbk"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("latin1", "cp1252"),
        ("utf8", "utf-8"),
        ("big5", "big5hkscs"),
    ],
)
def test_a_charset_means_what_browsers_take_it_for(pages: TrafilaturaReader, charset: str, written: str) -> None:
    word = {"gbk": "镕", "cp932": "①髙", "cp949": "똠", "cp1252": "“€”", "utf-8": "ő", "big5hkscs": "鷄"}[written]
    source = page(f"<p>The sign at the pier says {word} and nothing more.</p>").replace(b"utf-8", charset.encode())
    article = read_article(source.decode().encode(written), pages=pages)
    assert f"The sign at the pier says {word} and nothing more." in texts(article)


def test_a_broken_byte_costs_its_own_place(pages: TrafilaturaReader) -> None:
    source = page("<p>Ein Billett für die Überfahrt kostet 35 €.</p>", language="de").replace("ü".encode(), b"\xc3", 1)
    assert "Ein Billett f" in " ".join(texts(read_article(source, pages=pages)))
    assert "Überfahrt kostet 35 €." in " ".join(texts(read_article(source, pages=pages)))


def test_xhtml_with_a_declaration_and_empty_elements_is_read(pages: TrafilaturaReader) -> None:
    source = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head>'
        "<title>The evening ferry</title>"
        f'<script src="a.js"/></head><body><a id="top"/><h1>The evening ferry</h1><p>{FIRST} Señor Núñez agrees.</p></body></html>'
    ).encode("latin-1")
    article = read_article(source, pages=pages, media_type="application/xhtml+xml")
    assert (article.title, texts(article)) == ("The evening ferry", [f"{FIRST} Señor Núñez agrees."])


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="DC.date.issued" content="2024-05-02">',
        '<meta name="citation_publication_date" content="2024/05/02">',
        '<meta property="article:published_time" content="20240502">',
        GRAPH,
    ],
)
def test_a_date_is_found_where_sites_put_it(pages: TrafilaturaReader, head: str) -> None:
    published = read_article(page("", head=head), pages=pages).published
    assert published
    assert published.date().isoformat() == "2024-05-02"


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2024-05-02T06:00:00Z">today</time>',
        '<span itemprop="datePublished" content="2024-05-02"></span>',
        '<p class="published">2 мая 2024</p>',
        "<p class='entry-date'>2 maja 2024</p>",
    ],
)
def test_a_date_that_is_only_displayed_counts(pages: TrafilaturaReader, shown: str) -> None:
    published = read_article(page(shown, language=""), pages=pages).published
    assert published
    assert published.date().isoformat() == "2024-05-02"


def test_the_node_about_the_page_itself_counts(pages: TrafilaturaReader) -> None:
    head = (
        '<link rel="canonical" href="https://example.org/ferry">'
        '<script type="application/ld+json">['
        '{"@type":"Article","headline":"Older news","url":"https://example.org/old","datePublished":"2001-01-01"},'
        '{"@type":"Article","headline":"Bed &amp;amp; boat: the evening ferry is back",'
        '"url":"https://example.org/ferry/","datePublished":"2024-05-02"}]</script>'
    )
    article = read_article(page("", head=head), pages=pages)
    assert article.title == "Bed & boat: the evening ferry is back"
    assert article.published
    assert article.published.year == 2024


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("/img/boat.png", "https://example.org/img/boat.png"),
        ("//cdn.example.org/boat.png", "https://cdn.example.org/boat.png"),
        ("boat.png", "https://example.org/news/boat.png"),
        ("data:image/png;base64,AAAA", None),
    ],
)
def test_a_picture_s_address_is_completed_or_left_out(
    pages: TrafilaturaReader, image: str, address: str | None
) -> None:
    head = f'<link rel="canonical" href="https://example.org/news/ferry"><meta property="og:image" content="{image}">'
    assert read_article(page("", head=head), pages=pages).image == address
    assert read_article(page("", head='<meta property="og:image" content="boat.png">'), pages=pages).image is None


def test_short_reports_are_reports_by_their_script(pages: TrafilaturaReader) -> None:
    chinese = (
        "<html lang='zh'><head><title>晚班渡轮恢复</title></head><body><article><p>渡轮公司公布了夏季时刻表，恢复了两年前取消的晚班航线。"
        "岛上的商店期待更好的季节，港口主管要求增加一个泊位。</p></article></body></html>"
    )
    assert read_article(chinese.encode(), pages=pages).language == "zh"
    note = f"<html lang='en'><head><title>A note</title></head><body><main><p>{FIRST}</p></main></body></html>"
    assert texts(read_article(note.encode(), pages=pages)) == [FIRST]


def test_a_language_that_is_none_is_detected(pages: TrafilaturaReader) -> None:
    assert read_article(page("", language="lang="), pages=pages).language == "en"


def test_a_missing_title_is_taken_from_the_next_best_place(pages: TrafilaturaReader) -> None:
    bare = f"<html lang='en'><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>".encode()
    assert read_article(bare, pages=pages, name="reports/evening-ferry.html").title == "Evening ferry"
    assert read_article(bare, pages=pages).title.startswith("The ferry company has published")


def test_comments_in_paragraphs_refuse_no_report(pages: TrafilaturaReader) -> None:
    comments = "".join(
        f"<p>I have taken this ferry {number} times and it was never late, whatever they say.</p>"
        for number in range(60)
    )
    article = read_article(
        page("").replace(b"</article>", f"</article><div id='comments'>{comments}</div>".encode()), pages=pages
    )
    assert texts(article) == [FIRST, SECOND]


def entry(number: int) -> str:
    said = f"Boat {number} has left the quay with {number} cars on its deck, and the wind stands at {number} knots."
    return f'<article class="entry"><time>{number}:30</time><h2>Departure {number}</h2><p>{said}</p></article>'


def test_a_live_blog_is_read_whole(pages: TrafilaturaReader) -> None:
    entries = "".join(map(entry, range(10, 22)))
    source = f"<html lang='en'><head><title>A day at sea</title></head><body><main><h1>A day at sea</h1>{entries}</main></body></html>"
    read = texts(read_article(source.encode(), pages=pages))
    for number in range(10, 22):
        assert f"Departure {number}" in read
        assert any(each.startswith(f"Boat {number} has left") for each in read)


def test_a_forum_thread_is_read_whole(pages: TrafilaturaReader) -> None:
    posts = "".join(
        f'<div class="post"><span class="author">Sailor {number}</span><div class="text">I have sailed to island {number} myself, and'
        f" the berth there is as good as they say.</div></div>"
        for number in range(9)
    )
    source = f"<html lang='en'><head><title>Which island?</title></head><body><h1>Which island?</h1><div>{posts}</div></body></html>"
    read = " ".join(texts(read_article(source.encode(), pages=pages)))
    assert all(f"island {number} myself" in read for number in range(9))


def test_a_page_in_utf_16_is_known_without_a_name(pages: TrafilaturaReader) -> None:
    assert read_article(page("").decode().encode("utf-16"), pages=pages).title == "The evening ferry is back"


def test_a_date_in_another_report_s_data_is_not_this_one_s(pages: TrafilaturaReader) -> None:
    listed = '{"@type":"ItemList","itemListElement":[{"@type":"Article","datePublished":"2001-01-01"}]}'
    head = f'<script type="application/ld+json">{listed}</script>'
    assert read_article(page("", head=head), pages=pages).published is None


def test_words_with_a_language_of_their_own_are_known(pages: TrafilaturaReader) -> None:
    inside = (
        '<p>Captain <span lang="de">Jürgen Müller</span> calls it a <i lang="fr-CA">déjà vu</i>,'
        ' and an <b lang="en-GB">old</b> one.</p>'
    )

    assert read_article(page(inside), pages=pages).foreign_words == (("Jürgen Müller", "de"), ("déjà vu", "fr-CA"))


@pytest.mark.parametrize("label", ["windows-1251", "gbk", "shift_jis", "iso-8859-1"])
def test_utf_8_is_read_as_utf_8_whatever_it_is_declared_as(pages: TrafilaturaReader, label: str) -> None:
    russian = "Паром снова ходит по вечерам, и жители островов рады этому, как говорит начальник порта."
    written = page(f"<p>{russian}</p>").replace(b"utf-8", label.encode())
    assert russian in texts(read_article(written, pages=pages))


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("he", "2 במאי 2024"), ("hr", "2. svibnja 2024."), ("bg", "2 май 2024"), ("lt", "2024 m. gegužės 2 d."),
        ("eu", "2024ko maiatzaren 2a"), ("th", "2 พฤษภาคม 2567"), ("pt", "2 de maio de 2024 às 9h30"), ("de", "2.5.2024"),
        ("en", "Updated 9 May 2024 · First published 2 May 2024"),
    ],
)  # fmt: skip
def test_a_day_in_words_is_known_in_the_page_s_language(pages: TrafilaturaReader, language: str, shown: str) -> None:
    written = page("", language=language).replace(b"</h1>", f'</h1><p class="date">{shown}</p>'.encode())
    assert str(read_article(written, pages=pages).published)[:10] == "2024-05-02"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="twitter:label1" content="Published"><meta name="twitter:data1" content="May 2, 2024">',
        '<script>var page = {"publishDate": "2024-05-02", "kind": "report"}</script>',
        '<link rel="canonical" href="https://ferry.example/news/20240502-evening">',
    ],
)
def test_a_date_is_found_in_cards_scripts_and_addresses(pages: TrafilaturaReader, head: str) -> None:
    address = "https://ferry.example/news/20240502-evening" if "canonical" in head else None
    assert str(read_article(page("", head=head), pages=pages, url=address).published)[:10] == "2024-05-02"


def test_microdata_of_another_report_gives_no_date(pages: TrafilaturaReader) -> None:
    other = (
        '<div itemscope itemtype="http://schema.org/NewsArticle"><a href="/x"><b itemprop="headline">Ice in the strait</b></a>'
        '<time itemprop="datePublished" datetime="2001-01-01">1 January</time></div>'
    )
    written = page('<time datetime="2024-05-02">2 May</time>').replace(b"<article>", f"{other}<article>".encode())
    assert str(read_article(written, pages=pages).published)[:10] == "2024-05-02"


@pytest.mark.parametrize(
    "formula",
    [
        r'<img alt="$\frac{3}{8}$" src="e.png">', r"<inline-formula><tex-math>\frac{3}{8}</tex-math></inline-formula>",
        r'<span class="m" data-expr="\frac{3}{8}"></span>', r'<amp-mathml inline data-formula="\(\frac{3}{8}\)"></amp-mathml>',
        '<span class="frac"><span class="num">3</span><span class="bar">/</span><span class="den">8</span></span>',
    ],
)  # fmt: skip
def test_a_formula_is_read_however_it_is_drawn(pages: TrafilaturaReader, formula: str) -> None:
    assert "It sails on 3/8 of the days." in texts(
        read_article(page(f"<p>It sails on {formula} of the days.</p>"), pages=pages)
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Lea también: El puerto abre de nuevo sus puertas"), ("fr", "À lire aussi : Le port rouvre"),
        ("de", "Lesen Sie auch: Der Hafen öffnet wieder"), ("pt", "Leia também: O porto reabre"),
        ("pl", "Czytaj też: Port znów otwarty"), ("en", "Read more: The port opens again"),
    ],
)  # fmt: skip
def test_a_line_that_leads_to_another_report_is_left_aside(pages: TrafilaturaReader, language: str, line: str) -> None:
    article = read_article(page(f'<p><a href="/x">{line}</a></p><p>{SECOND}</p>', language=language), pages=pages)
    assert line not in texts(article)
    assert any(line in each for each in article.left_aside)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "Mira: la cosa es así."),
        ("de", "Letzte Änderung: keine."),
        ("en", "Watch: the clock is ticking for us all."),
    ],
)
def test_a_sentence_that_begins_like_such_a_line_is_read(
    pages: TrafilaturaReader, language: str, sentence: str
) -> None:
    article = read_article(page(f"<p>{sentence}</p><p>{SECOND}</p>", language=language), pages=pages)
    assert sentence in texts(article)


def test_the_day_of_an_event_in_a_sentence_is_not_the_page_s(pages: TrafilaturaReader) -> None:
    event = '<p>The new berth opens on <time datetime="2031-04-01">1 April 2031</time>, with a brass band.</p>'
    assert read_article(page(event), pages=pages).published is None
    signed = '<p>By Ada Berg, who lives on the quay. Published on <time datetime="2024-05-02">2 May</time>.</p>'
    assert str(read_article(page(signed), pages=pages).published).startswith("2024-05-02")


def test_a_list_of_terms_names_the_day_of_publication(pages: TrafilaturaReader) -> None:
    terms = "<dl><dt>Published</dt><dd>2 May 2024</dd><dt>Last updated</dt><dd>1 March 2025</dd></dl>"
    article = read_article(
        page("").replace(b"</h1>", f"</h1><div class='metadata'>{terms}</div>".encode()), pages=pages
    )
    assert str(article.published).startswith("2024-05-02")


def test_a_page_s_node_brings_its_main_entity_s_date(pages: TrafilaturaReader) -> None:
    head = (
        '<link rel="canonical" href="https://press.example/ferry"><script type="application/ld+json">[{"@type":'
        '"NewsArticle","headline":"A bridge","datePublished":"2019-01-01"},{"@type":"WebPage","@id":'
        '"https://press.example/ferry","mainEntity":{"@type":"NewsArticle","datePublished":"2024-05-02"}}]</script>'
    )
    assert str(read_article(page("", head=head), pages=pages).published).startswith("2024-05-02")


@pytest.mark.parametrize("depth", [40, 1_000])
def test_a_deeply_nested_formula_is_read_or_left_out(pages: TrafilaturaReader, depth: int) -> None:
    nested = f"<p>It carries <math>{'<mrow>' * depth}<mn>2</mn>{'</mrow>' * depth}</math> of the trade.</p>"
    said = "2" if depth < 100 else "(formula left out)"
    assert f"It carries {said} of the trade." in texts(read_article(page(nested), pages=pages))
