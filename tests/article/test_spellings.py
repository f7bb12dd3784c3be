"""The many spellings of one thing: markup, charsets, dates, formulas, front matter and lists that other programs write."""

import textwrap
from collections.abc import Iterator

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.block_roles import sort_blocks
from podcaster.article.boilerplate import is_boilerplate
from podcaster.article.encoding import decoded
from podcaster.article.markup.blocks import blocks_of, prepare
from podcaster.article.markup.tree import parse
from podcaster.article.metadata.day_in_line import days_in_line, is_dateline
from podcaster.article.paragraphs import paragraphs_of
from podcaster.article.parsing import read_article
from podcaster.model import Article, Block, BlockKind
from podcaster.units import LanguageTag

OPENING = "The reservoir above the town is full again, and the waterworks have told the farmers that they may open their sluices."
CLOSING = "Nobody expects another dry summer like the last one, but the mayor has kept the tankers under contract until the autumn."
SECOND_HEADS = "<tr><th>Pond</th><th>Width</th></tr><tr><td>South</td><td>4 m</td></tr>"
TOTAL_FIRST = "<thead><tr><th>Well</th><th>Depth</th></tr></thead><tfoot><tr><td>All</td><td>9 m</td></tr></tfoot>"
MATHML = "&lt;math&gt;&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;"
RUSSIAN = "Водохранилище над городом снова полно, и фермерам разрешили открыть шлюзы в воскресенье утром."
JAPANESE = "町の上の貯水池は再び満水になり、農家は日曜日に水門を開けることができる。"


@pytest.fixture(scope="module")
def pages() -> Iterator[TrafilaturaReader]:
    with TrafilaturaReader() as reader:
        yield reader


def page(inside: str = "", *, head: str = "", above: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><title>The reservoir is full</title>{head}</head><body><article>'
        f"<h1>The reservoir is full</h1>{above}<p>{OPENING}</p><p>{CLOSING}</p>{inside}</article></body></html>"
    ).encode()


def said(markup: str) -> list[str]:
    tree = parse(f"<html><body>{markup}</body></html>")
    prepare(tree, "en")
    return [block.text for block in blocks_of(tree.body)]


def read(text: str, name: str) -> Article:
    return read_article(text.encode(), pages=TrafilaturaReader(), name=name)


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p>Open at six</br>and shut at nine.</p>", "Open at six and shut at nine."),
        ("<p>Open at six<br></br>and shut at nine.</p>", "Open at six and shut at nine."),
        ("<p>Open at six<svg></svg>and shut<img src='a'>at nine.</p>", "Open at six and shut at nine."),
        ("<p>Open at six<button>Map</button>and shut at nine.</p>", "Open at six and shut at nine."),
        ("<p>The wall<sup>1</sup><sup>,</sup><sup>2</sup> holds<sup> ( 3 ) </sup>well.</p>", "The wall holds well."),
        ("<p>The wall† holds, a sluice*.</p>", "The wall holds, a sluice."),
        ("<p>The wall<span class='sidenote'>Ibid.</span> holds 5 kg m<sup>–2</sup>.</p>", "The wall holds 5 kg m⁻²."),
        ("<p>The wall<a id='r' href='#fn-1'>1</a> holds.</p><div><a id='fn-1' href='#r'>1</a> Ibid.</div>", "The wall holds."),
        ("<p>It opens at 8<sup>05</sup>, costs €4<sup>50</sup>, at 20<sup>o</sup>C.</p>", "It opens at 8:05, costs €4.50, at 20°C."),
        ("<p>It takes <sup>3</sup>/<sub>4</sub> of an hour.</p>", "It takes 3/4 of an hour."),
        ("<p>It holds 2<sup>1</sup>&frasl;<sub>2</sub> tons.</p>", "It holds 2 1/2 tons."),
        ("<p>It is 2.5<sup>a</sup> at 2<sup>n</sup> m s<sup>-2</sup>.<sup>[c][d]</sup></p>", "It is 2.5 at 2ⁿ m s⁻²."),
        ("<p>It fell<sup>3</sup><sup>: 14 </sup> by 6 %<sup>1 2</sup>.</p>", "It fell by 6 %."),
        ("<p>They found <sup>137</sup>Cs in the mud.</p>", "They found 137Cs in the mud."),
        ("<p>The wall is 40 m<sup>1</sup> high.</p>", "The wall is 40 m high."),
        ('<p>It costs <span role="deletion">40</span> 35 crowns.</p>', "It costs 35 crowns."),
        ('<p>It costs <span class="price--struck">40</span> 35 crowns.</p>', "It costs 35 crowns."),
        ('<p>It costs <span class="!line-through">40</span> 35 crowns.</p>', "It costs 35 crowns."),
        ("<style>#was{text-decoration:line-through}</style><p>It costs <i id='was'>40</i> 35 crowns.</p>", "It costs 35 crowns."),
        ("<p>It costs 4\u03360\u0336 35 crowns.</p>", "It costs 35 crowns."),
        ("<style>.was{text-decoration:line-through}</style><p>It costs <i class='was'>40</i> 35 crowns.</p>", "It costs 35 crowns."),
        ('<p>The wall<span class="hidden"> (map)</span> holds.</p>', "The wall holds."),
        ('<p>The wall<span class="VisuallyHidden_root__a1"> (map)</span> holds.</p>', "The wall holds."),
        ('<p>The wall<span class="is-sr-only"> (map)</span> holds.</p>', "The wall holds."),
        ('<p>The wall<span style="transform: scale(0)"> (map)</span> holds.</p>', "The wall holds."),
        ('<p>The wall<span style="clip-path:circle(0)"> (map)</span> holds.</p>', "The wall holds."),
        ('<p>The wall<i class="material-icons">open_map</i><i role="tooltip"> map</i> holds.</p>', "The wall holds."),
        ("<p>The wa\u200dll holds.</p>", "The wall holds."),
        ("<h2>The wall<a href='#wall'>¶</a></h2>", "The wall"),
        ('<p>The wall<span class="hidden md:inline"> of stone</span> holds.</p>', "The wall of stone holds."),
    ],
)  # fmt: skip
def test_markup_is_read_as_it_is_seen(markup: str, line: str) -> None:
    assert said(markup) == [line]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td></td><th>1999</th><th>2009</th></tr><tr><th>Wells</th><td>9</td><td>5</td></tr>", ["Wells; 1999: 9; 2009: 5."]),
        ("<tr><td><b>Well</b></td><td><b>Owner</b></td></tr><tr><td>North</td><td>Ada Berg</td></tr>", ["Well: North; Owner: Ada Berg."]),
        ("<tr><td><b>Well</b></td><td>North</td></tr><tr><td><b>Depth</b></td><td>9 m</td></tr>", ["Well: North.", "Depth: 9 m."]),
        ("<tr><th>Well</th><td>North</td><th>Depth</th><td>9 m</td></tr>", ["Well: North; Depth: 9 m."]),
        ("<tr><th>Well</th><th>Pumps</th></tr><tr><td>North</td><td><li>old</li><li>new</li></td></tr>",
         ["Well: North; Pumps: old, new."]),
        ("<tr><th>Hill</th><th>Well</th></tr><tr><td rowspan='0'>West</td><td>1</td></tr><tr><td>2</td></tr>",
         ["Hill: West; Well: 1.", "Hill: West; Well: 2."]),
        ("<tr><th>Well</th><th>Depth</th></tr><tr><td>North</td><td>9 m</td></tr>" + SECOND_HEADS,
         ["Well: North; Depth: 9 m.", "Pond: South; Width: 4 m."]),
        ("<tr><td colspan=2></td><th>1999</th></tr><tr><th rowspan=2>Hill<th>Well</th><td>9</td></tr><tr><th>Pond</th><td>5</td></tr>",
         ["Hill; Well; 1999: 9.", "Hill; Pond; 1999: 5."]),
        ("<tr><td colspan=2>Wells</td></tr><tr><td>Well</td><td>Depth</td></tr><tr><td>North</td><td>9 m</td></tr>",
         ["Wells.", "Well: North; Depth: 9 m."]),
        ("<tr><td>Hill<td>Well<td>Owner</tr><tr><td rowspan=2>West<td>A<td>Ada</tr><tr><td>B<td>Bo</td></tr>",
         ["Hill: West; Well: A; Owner: Ada.", "Hill: West; Well: B; Owner: Bo."]),
        (TOTAL_FIRST + "<tbody><tr><td>North</td><td>9 m</td></tr></tbody>", ["Well: North; Depth: 9 m.", "Well: All; Depth: 9 m."]),
    ],
)  # fmt: skip
def test_a_cell_is_named_by_what_the_table_shows_as_its_heads(table: str, rows: list[str]) -> None:
    assert said(f"<table>{table}</table>") == rows


def test_a_table_of_roles_is_a_table() -> None:
    heads = '<div role="row"><span role="columnheader">Well</span><span role="columnheader">Depth</span></div>'
    cells = '<div role="row"><span role="cell">North</span><span role="cell">9 m</span></div>'
    assert said(f'<div role="table">{heads}{cells}</div>') == ["Well: North; Depth: 9 m."]


@pytest.mark.parametrize(
    ("formula", "spoken"),
    [
        ("<m:math><m:mfrac><m:mn>2</m:mn><m:mn>7</m:mn></m:mfrac></m:math>", "2/7"),
        (r'<span class="math">\frac{2}{7}</span>', "2/7"),
        ('<svg role="img" aria-label="2/7"><path/></svg>', "2/7"),
        ('<span role="math" aria-label="two sevenths"><svg></svg></span>', "two sevenths"),
        ('<img class="equation" src="a.gif">', "(formula left out)"),
        (r"\begin{equation}\frac{2}{7}\end{equation}", "2/7"),
        (r"\$\frac{2}{7}\$", "2/7"),
        ("<noscript><math><mfrac><mn>2</mn><mn>7</mn></mfrac></math></noscript>", "2/7"),
        (r'<span class="ql-formula" data-value="\frac{2}{7}"></span>', "2/7"),
        (f"<span class='MathJax' data-mathml='{MATHML}'>x2</span>", "x²"),
        ("<span class='MathJax_SVG'><svg></svg></span><script type='math/tex'>x^2</script>", "x²"),
        ("<mjx-container><mjx-math></mjx-math></mjx-container>", "(formula left out)"),
    ],
)  # fmt: skip
def test_a_formula_is_said_however_a_page_draws_it(formula: str, spoken: str) -> None:
    assert said(f"<p>It is {formula} of it.</p>") == [f"It is {spoken} of it."]


@pytest.mark.parametrize(
    "start",
    [
        '<!-- <meta charset="iso-8859-1"> --><meta charset="utf-8">',
        '<script>let a = \'<meta charset="iso-8859-1">\'</script><meta charset="utf-8">',
        '<meta name="note" content="charset=iso-8859-1"><meta charset=utf-8>',
        '<meta charset="iso-8859-1">',
        '<meta charset="utf-16">',
    ],
)
def test_what_only_looks_like_a_charset_s_name_names_none(start: str) -> None:
    assert RUSSIAN in decoded(f"{start}<p>{RUSSIAN}".encode(), markup=True)


@pytest.mark.parametrize(
    ("text", "codec"),
    [(RUSSIAN * 3, "cp1251"), (JAPANESE * 3, "cp932"), (OPENING, "utf-16-le"), (OPENING, "utf-16-be")],
)
def test_a_text_without_a_charset_is_read_by_its_bytes(text: str, codec: str) -> None:
    assert decoded(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        ("Łódź zamknęła w środę dwie spośród pięciu przepraw, ponieważ poziom wody jest zbyt niski.", ["cp1250", "iso-8859-2"]),
        ("Starosta řekl, že nový trajekt pojede od pondělí a že bude každou hodinu jezdit na druhý břeh.", ["cp1250", "iso-8859-2"]),
        ("A kikötő szerdáig zárva marad, közölte az igazgató, mert a folyó vízszintje erősen lecsökkent.", ["cp1250"]),
        ("Luka će ostati zatvorena do četvrtka, rekao je upravitelj, jer je vodostaj rijeke još uvijek prenizak.", ["cp1250"]),
        ("Uostas liks uždarytas iki trečiadienio, sakė vadovas, nes upės vandens lygis šią savaitę per žemas.", ["cp1257"]),
        ("Liman çarşambaya kadar kapalı kalacak, dedi müdür, çünkü ırmağın suyu büyük gemiler için hâlâ çok alçak.", ["cp1254"]),
        ("El puerto seguirá cerrado hasta el miércoles, dijo la directora; «mañana veremos», añadió.", ["cp1252"]),
        ("O porto segue pechado ata o mércores, dixo a directora, porque a auga do río está aínda máis baixa.", ["cp1252"]),
        ("Sadam jääb kolmapäevani suletuks, ütles juhataja, sest jõe veetase on laevade jaoks liiga madal.", ["cp1252", "cp1257"]),
        ("Το λιμάνι μένει κλειστό ως την Τετάρτη, είπε ο διευθυντής, γιατί το νερό είναι χαμηλό.", ["cp1253"]),
        ("Порт останется закрытым до среды, сказал начальник, потому что вода в реке слишком низкая.", ["koi8-r", "cp866"]),
        ("ท่าเรือจะปิดจนถึงวันพุธ ผู้อำนวยการกล่าว เพราะน้ำในแม่น้ำยังตื้นเกินไป สำหรับเรือใหญ่ เรือข้ามฟากจะกลับมาพรุ่งนี้", ["cp874"]),
        ("港は水曜日まで閉鎖されると所長は述べた。川の水がまだ低すぎるからだ。渡し船はあす再開する。", ["euc-jp", "cp932"]),
        ("港口将关闭到星期三，主任说，因为河水对于大船来说仍然太浅，渡轮明天恢复。", ["gb18030"]),
    ],
)  # fmt: skip
def test_the_language_of_a_text_without_a_charset_says_what_its_letters_are(text: str, codecs: list[str]) -> None:
    assert [decoded(text.encode(codec)) for codec in codecs] == [text] * len(codecs)


def test_a_page_without_a_charset_is_read_in_the_letters_of_its_language() -> None:
    said = "Łódź zamknęła w środę dwie spośród pięciu przepraw, ponieważ poziom wody jest zbyt niski."
    page = f"<html><head><title>Przeprawy</title><style>{'a{b:c}' * 4000}</style></head><body><article><p>{said}</p></article>"
    article = read_article(page.encode("cp1250"), pages=TrafilaturaReader())
    assert ([block.text for block in article.body], article.language) == ([said], "pl")


def test_a_label_that_the_bytes_refute_does_not_count() -> None:
    german = "Die Größe der Städte fügt sich schön ins Tal."
    assert decoded(german.encode("cp1252"), "utf-8") == german
    assert decoded(german.encode(), "iso-8859-1") == german
    late = f"<style>{'a{b:c}' * 2000}</style><meta charset=windows-1251><p>{RUSSIAN}"
    assert RUSSIAN in decoded(late.encode("cp1251"), markup=True)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('{"@type":"Article","headline":["Bed &amp; well"],}', "Bed & well"),
        ('{"@type":"Article","headline":{"@language":"en","@value":"Bed &amp; well"}}', "Bed & well"),
        ('{"@type":"Article","name":"Bed &amp; well"}', "Bed & well"),
        ('{"@type":"Article","headline":"<![CDATA[Bed\\\\u0020&amp;<br>well]]>"}', "Bed & well"),
        ('/* made */ {"@type":"WebSite"} {"@type":"Article","headline":"Bed &amp; well"}', "Bed & well"),
        ("{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Bed &amp;amp; well&quot;}", "Bed & well"),
    ],
)
def test_a_title_in_json_ld_is_read_in_the_forms_in_use(pages: TrafilaturaReader, head: str, title: str) -> None:
    script = f'<script type="application/ld+json">{head}</script>'
    bare = (
        f"<html lang='en'><head>{script}</head><body><article><p>{OPENING}</p><p>{CLOSING}</p></article></body></html>"
    )
    assert read_article(bare.encode(), pages=pages).title == title


def test_the_node_whose_title_is_the_page_s_wins_and_its_authors_stand_elsewhere_in_the_graph(
    pages: TrafilaturaReader,
) -> None:
    other = '{"@type":"Article","headline":"The reservoir is full: a talk","author":"Bo Dahl"}'
    own = '{"@type":"Article","headline":"The reservoir is full","author":[{"@id":"#ada"}]}'
    graph = f'{{"@graph":[{other},{own},{{"@type":"Person","@id":"#ada","name":"Ada Berg"}}]}}'
    article = read_article(page(head=f'<script type="application/ld+json">{graph}</script>'), pages=pages)
    assert (article.title, article.authors) == ("The reservoir is full", ("Ada Berg",))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("It holds 7 million[4] tons [5], [6].", "It holds 7 million tons."),
        ("He said that [12] men had come.", "He said that [12] men had come."),
        ("It holds 7 [1] tons and 8 [2] more.", "It holds 7 tons and 8 more."),
        ("It holds 7 tons [sic].", "It holds 7 tons [sic]."),
        ("Bed &amp; well, it&rsquo;s said.", "Bed & well, it’s said."),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_marks_of_references_and_of_escapes_are_unsaid(text: str, line: str, name: str) -> None:
    assert line in texts(read(f"# The reservoir\n\n{OPENING}\n\n{text}\n\n{CLOSING}\n", name))


def test_a_list_of_references_is_left_aside() -> None:
    article = read(f"The reservoir\n\n{OPENING}[1]\n\nNotes\n\n[1] Ada Berg, 2019.\n[2] Ibid.\n", "a.txt")
    assert texts(article) == [OPENING]
    assert article.left_aside == ("Notes", "[1] Ada Berg, 2019.", "[2] Ibid.")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<meta charset=x-user-defined><p>caf\xc3\xa9 d\xc3\xa9j\xc3\xa0", "café déjà"),
        ("café déjà".encode("cp1252") + " où ça est prêt".encode(), "café déjà où ça est prêt"),
        ("水門を開ける".encode("iso2022_jp"), "水門を開ける"),
    ],
)
def test_charsets_are_taken_as_browsers_take_them_and_mixed_ones_are_told_apart(page: bytes, text: str) -> None:
    assert text in decoded(page, "" if page.isascii() or b"meta" in page else "latin1", markup=True)


def test_a_node_without_an_address_and_with_nothing_in_common_is_about_another_page(pages: TrafilaturaReader) -> None:
    other = '<script type="application/ld+json">{"@type":"Article","headline":"Bridge falls","datePublished":"2001-01-01"}</script>'
    article = read_article(page(head=other), pages=pages)
    assert (article.title, article.published) == ("The reservoir is full", None)


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<meta name="news_publish_date" content="2024-05-02">', ""),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":["2024-05-02"]}</script>', ""),
        ('<script type="application/ld+json">{"@type":"Article","dateModified":"2024-05-02"}</script>', ""),
        ("", "<p>By Ada Berg | 2 May 2024</p>"),
        ("", "<p>Published on May 2, 2024</p>"),
        ("", '<span class="ts" data-timestamp="1714636800">some days ago</span>'),
        ("", '<div class="post-meta posted-on">2 May 2024</div>'),
    ],
)
def test_a_date_is_found_in_its_many_places(pages: TrafilaturaReader, head: str, above: str) -> None:
    article = read_article(page(head=head, above=above), pages=pages)
    assert article.published
    assert article.published.date().isoformat() == "2024-05-02"
    assert OPENING in texts(article)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "Publié le 2 mai 2024 à 08h00 - Mis à jour le 14 juin 2024 à 10h12"),
        ("pt-BR", "02/05/2024 08h00 Atualizado em 14/06/2024 10h12"),
        ("en", "Updated June 20, 2024 · Published May 2, 2024"),
        ("en-US", "By Ada Berg May 2, 2024 at 8:00 a.m. EDT"),
        ("ja", "公開日：2024年5月2日 8時00分"),
        ("ja", "令和6年5月2日"),
        ("zh-TW", "中華民國113年5月2日"),
        ("ko", "입력 2024.05.02. 오전 8:00 수정 2024.06.14. 오전 10:12"),
        ("ar", "نشر في 2 مايو 2024"),
        ("ar", "2 أيار 2024"),
        ("hi", "प्रकाशित: 2 मई 2024"),
        ("vi", "Thứ năm, 2/5/2024, 08:00 (GMT+7)"),
        ("ro", "Publicat: 2 mai 2024, 08:00"),
        ("th", "2 พฤษภาคม 2567"),
        ("fa", "۱۳ اردیبهشت ۱۴۰۳"),
        ("fa", "تاریخ انتشار: ۱۴۰۳/۰۲/۱۳ - ۰۸:۰۰"),
    ],
)
def test_a_line_above_a_text_names_its_day_in_its_language_s_months_and_calendar(language: str, line: str) -> None:
    days = days_in_line(line, language)
    assert is_dateline(line, language)
    assert "2024-05-02" in [day.moment.date().isoformat() for day in days]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The vote is on March 3, 2027."),
        ("en", "The court will rule on March 3, 2027."),
        ("de", "Die Sperrung endet am 3. Mai 2027."),
        ("zh", "市议会于2025年11月12日解散。"),
        ("ja", "市議会は2025年11月12日に解散した。"),
        ("ko", "시의회는 2025년 11월 12일 도로를 폐쇄한다고 밝혔다."),
    ],
)
def test_a_first_sentence_that_names_a_day_is_read(language: str, sentence: str, pages: TrafilaturaReader) -> None:
    text = f"# Plan B\n\n{sentence}\n\nA second paragraph says what came of it, and who was glad."
    tag = LanguageTag(language)
    article = read_article(text.encode(), pages=pages, name="a.md", language=tag, candidates=[tag])
    assert article.body[0].text == sentence


def test_of_two_days_the_one_that_is_no_change_s_is_the_publication_s(pages: TrafilaturaReader) -> None:
    line = "<p>Updated June 20, 2024 · Published May 2, 2024</p>"
    published = read_article(page(above=line), pages=pages).published
    assert published
    assert published.date().isoformat() == "2024-05-02"


@pytest.mark.parametrize("foot", ["Last modified: 3 May 2023", "© 2019–2023, build of 3 May 2023"])
def test_a_date_at_the_foot_of_a_page_is_no_publication_s(pages: TrafilaturaReader, foot: str) -> None:
    footed = page().replace(b"</body>", f"<footer><p class='date'>{foot}</p></footer></body>".encode())
    assert read_article(footed, pages=pages).published is None


def test_a_weekday_or_a_day_without_a_year_heads_an_entry(pages: TrafilaturaReader) -> None:
    inside = "<ul><li><time>Tuesday</time> The well ran dry.</li><li><time>09.06.</time> It filled again.</li></ul>"
    said = " ".join(texts(read_article(page(inside), pages=pages)))
    assert "Tuesday The well ran dry." in said
    assert "09.06. It filled again." in said


def test_a_teaser_s_date_is_not_the_report_s(pages: TrafilaturaReader) -> None:
    teaser = '<aside itemscope><meta itemprop="datePublished" content="2001-01-01">Another report</aside>'
    article = read_article(page(teaser, above='<time datetime="2024-05-02">2 May</time>'), pages=pages)
    assert article.published
    assert article.published.year == 2024


@pytest.mark.parametrize(
    "entries",
    [
        "<p><time>{}</time></p><p>{}</p>",
        "<div class='timestamp'>{}</div><p>{}</p>",
        "<ul><li><time>{}</time> {}</li></ul>",
        "<h3>Updated {}</h3><p>{}</p>",
    ],
)
def test_dates_that_head_the_entries_of_a_timeline_are_read(pages: TrafilaturaReader, entries: str) -> None:
    inside = entries.format("4 March 2021", "The first well ran dry.") + entries.format(
        "9 May 2021", "The second ran dry."
    )
    whole = " ".join(texts(read_article(page(inside), pages=pages)))
    places = [whole.find(each) for each in ("4 March 2021", "The first well", "9 May 2021", "The second ran")]
    assert places == sorted(places)
    assert -1 not in places


def test_a_timeline_s_first_date_is_no_dateline() -> None:
    lines = ("4 March 2021", OPENING, "9 May 2021", CLOSING)
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines]
    assert [block.text for block in sort_blocks(blocks).body] == list(lines)


@pytest.mark.parametrize(
    "heading", ["More from less", "Mehr von allem", "Plus de puits", "Más de lo mismo", "Mer om brunnar"]
)
def test_a_section_s_heading_opens_no_other_reports(heading: str) -> None:
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=OPENING), Block(kind=BlockKind.HEADING, text=heading),
              Block(kind=BlockKind.PARAGRAPH, text=CLOSING)]  # fmt: skip
    assert [block.text for block in sort_blocks(blocks).body] == [OPENING, heading, CLOSING]


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter, the old sign said, and nobody laughed.",
        "Skip to the end of the minutes and you find the sum.",
        "© is a sign that nobody sets any more, the printer says.",
        "Abonnieren Sie den Newsletter nicht, rät der Verein.",
    ],
)
def test_a_sentence_about_an_appeal_is_none(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    "matter",
    [
        "\n\n---\ntitle: The full well\ndate: 2024-05-02\n---\n",
        "---yaml\ntitle: The full well\ndate: 2024-05-02\n---\n",
        '---toml\ntitle = "The full well"\ndate = "2024-05-02"\n---\n',
        "---\ntitle:\tThe full well\ndate:\t2024-05-02\n---\n",
        "---\n- title: The full well\n- date: 2024-05-02\n---\n",
        "---\npost:\n  title: The full well\n  date: 2024-05-02\n---\n",
        ';;;\n"title": "The full well",\n"date": "2024-05-02"\n;;;\n',
        "```yaml\ntitle: The full well\ndate: 2024-05-02\n```\n",
        "title: The full well\ndate: 2024-05-02\n---\n",
        "Title: The full well\nReviewed-By: Bo Dahl\nDate: 2024-05-02\n",
        "---\ntitle: The full well\ntags:\n\t- a\nurl: {{ site.x }}/y\ndate: 2024-05-02\n---\n",
        "---\ntitle: !x The full well\n---\n\n---\ndate: 2024-05-02\n---\n",
        "---js\n{title: 'The full well', date: '2024-05-02'}\n---\n",
        "———\ntitle: The full well\ndate: 2024-05-02\n———\n",
        "<!-- made -->\n---\ntitle: The full well\ndate: 2024-05-02\n---\n",
        '{"post": {"title": "The full well", "published_at": "2024-05-02"}}\n',
        "=============\nThe full well\n=============\n\n:Author: Ada Berg\n:Date: 2024-05-02\n",
        ":PROPERTIES:\n:ID: x\n:END:\n#+title: The full well\n#+date: <2024-05-02 Thu>\n",
        "// made\n= The full well\nAda Berg <ada@example.org>\nv1.0, 2024-05-02\n:toc:\n",
        "= The full well\n:author: Ada Berg\n:revdate: 2024-05-02\n",
        "**Title:** The full well\n**Date:** 2024-05-02\n",
        "<!--\n.. title: The full well\n.. date: 2024-05-02\n-->\n",
        "<!-- ---\ntitle: The full well\ndate: 2024-05-02\n--- -->\n",
        "#+TITLE: The full well\n#+DATE: 2024-05-02\n",
        "= The full well\nAda Berg\n:date: 2024-05-02\n",
        "标题：The full well\n日期：2024年5月2日\n",
        "Titre : The full well\nDate : 2 mai 2024\n",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter_is_read_as_other_programs_write_it(matter: str, name: str) -> None:
    article = read(f"{matter}\n{OPENING}\n\n{CLOSING}\n", name)
    assert (article.title, texts(article)) == ("The full well", [OPENING, CLOSING])
    assert article.published
    assert article.published.date().isoformat() == "2024-05-02"


def test_front_matter_for_want_of_quotes_is_read_and_prose_between_rules_is_none() -> None:
    assert read(f"---\ntitle: The well: it is full\n---\n\n{OPENING}\n", "a.md").title == "The well: it is full"
    assert read(f"---\ntitle: Bed &amp; well\n---\n\n{OPENING}\n", "a.md").title == "Bed & well"
    assert CLOSING in texts(read(f"---\n\n{CLOSING}\n\n---\n\n{OPENING}\n", "a.md"))


@pytest.mark.parametrize("width", [44, 66, 96])
def test_a_wrapped_text_is_joined_whatever_stands_around_it(width: int) -> None:
    whole = f"{OPENING} {CLOSING}"
    spaced = textwrap.fill(whole, width).replace("\n", "\n\n")
    assert [each.text for each in paragraphs_of(f"{spaced}\n\n\n\n{spaced}")] == [whole, whole]
    quoted = textwrap.indent(textwrap.fill(CLOSING, width), "> ")
    assert [(each.text, each.mark) for each in paragraphs_of(f"{OPENING}\n\n{quoted}")] == [
        (OPENING, ""),
        (CLOSING, ">"),
    ]


@pytest.mark.parametrize("gap", ["\t", " | ", "      "])
def test_lines_whose_cells_are_parted_are_rows_to_the_last_one(gap: str) -> None:
    table = "\n".join(gap.join(row) for row in (("Well", "Depth"), ("North", "9 m"), ("South", "7 m")))
    article = read(f"The wells\n\n{OPENING}\n\n{table}\n\n{CLOSING}\n", "a.txt")
    assert texts(article) == [OPENING, "Well: North; Depth: 9 m.", "Well: South; Depth: 7 m.", CLOSING]


def test_items_and_korean_lines_are_joined_by_their_own_width() -> None:
    items = "\n".join(f"{place}. {textwrap.fill(CLOSING, 56)}" for place in (1, 2))
    assert [each.text for each in paragraphs_of(f"{OPENING}\n\n{items}")] == [OPENING, CLOSING, CLOSING]
    korean = "저수지는 다시 가득 찼으며 농부들은 수문을 열\n수 있다고 시청이 말했다. 물은 봄까지 충분하\n다고 한다."
    assert len(paragraphs_of(korean)) == 1


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("It was planned for the years 2020-\n2024 and is not built.", "2020-2024"),
        ("It was written in the well-\nkept book of the dam.", "well-kept"),
        ("It was written by hand in the vil\u00ad\nlage of the dam.", "village"),
        ("It was written by hand in the vil\u00ac\nlage of the dam.", "village"),
        ("It was written by hand in the vil\u2010\nlage of the dam.", "village"),
    ],
)
def test_whatever_divides_a_word_at_a_line_s_end_is_judged(lines: str, word: str) -> None:
    assert word in paragraphs_of(f"{OPENING}\n\n{lines}")[1].text


@pytest.mark.parametrize(
    "sentence",
    [
        "1. Advent ist Ruhetag.",
        "1. FC Berg gewann.",
        "> 90 Prozent sind voll.",
        "- 5 Grad waren es am Morgen.",
        "-5 °C waren es.",
    ],
)
def test_a_sentence_that_begins_like_markdown_keeps_its_number(sentence: str) -> None:
    assert sentence in texts(
        read(
            f"# Der See\n\nDer Stausee über der Stadt ist wieder voll, sagt das Amt.\n\n{sentence}\n\nSo ist es.\n",
            "a.md",
        )
    )


@pytest.mark.parametrize(
    "items",
    ["a) Salt\nb) Flour", "1.) Salt\n2.) Flour", "-Salt\n-Flour", "→ Salt\n→ Flour", "\uf0b7 Salt\n\uf0b7 Flour"],
)
def test_list_marks_of_every_kind_are_unsaid(items: str) -> None:
    assert [(each.text, each.mark) for each in paragraphs_of(items)] == [("Salt", "•"), ("Flour", "•")]


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("> [!NOTE]\n> The dam holds.", "The dam holds."),
        ("See the [[Dam|dam]] and the [[Lake]].", "See the dam and the Lake."),
        ("::: note\nThe dam holds.\n:::", "The dam holds."),
        ("- [x] Dam: done\n- [ ] Lake: open", "Dam: done"),
        ("## The dam {#dam}\n\nIt holds.", "The dam"),
        ("The ==dam== holds.", "The dam holds."),
        ("The NWO dam holds.\n\n*[NWO]: Water Office", "The NWO dam holds."),
        ("Dam\n: It {{ x }}holds.", "It holds."),
        ("import X from './x'\n\nThe dam holds.", "The dam holds."),
        ("It uses $`\\frac{2}{7}`$ of it.", "It uses 2/7 of it."),
        ("The dam ~breaks~ holds H~2~O.%% Ask. %%", "The dam holds H2O."),
        ('<div markdown="1">\nThe **dam** holds.\n</div>', "The dam holds."),
        ("<center>The dam **holds 2 million** tons.</center>", "The dam holds 2 million tons."),
        ('!!! note "Mind"\n    The dam holds.', "The dam holds."),
        ("The second\u2028line holds.", "The second line holds."),
    ],
)
def test_what_programs_add_to_markdown_is_read(markdown: str, line: str) -> None:
    article = read(f"# The reservoir\n\n{OPENING}\n\n{markdown}\n\n{CLOSING}\n", "a.md")
    assert line in texts(article)
    assert not any(mark in " ".join(texts(article)) for mark in ("[", "==", ":::", "{#", "**", "!!!"))


@pytest.mark.parametrize(
    "unclosed", ["<!-- ", "<script>", "<style type='a'>", "<!--" * 16_000, "<template " * 6_000, f"<meta{' ' * 70_000}"]
)
def test_what_stands_in_a_comment_or_a_script_that_nothing_closes_names_no_charset(unclosed: str) -> None:
    page = f"<p>Un café</p>{unclosed}<meta charset='koi8-r'>".encode()
    assert "café" in decoded(page, markup=True)


def test_an_element_whose_name_begins_as_a_script_s_does_hides_no_charset() -> None:
    assert "г" in decoded(b"<style-guide><meta charset='koi8-r'>" + "г".encode("koi8-r"), markup=True)
