"""Scripts: every sentence once and in order, the show's own lines around them, in any language."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.errors import StorageFailed
from podcaster.model import Article, Block, BlockKind, Check, Line, LineKind, Script
from podcaster.script import sentences, serialisation
from podcaster.script.lexicon import Lexicon
from podcaster.script.pauses import paced, pause_after
from podcaster.script.phrases import Phrases
from podcaster.script.writing import framed, key_points, translatable, write_script
from podcaster.units import ArticleId, LanguageTag
from support.examples import article_of
from support.paths import GOLDEN

EXPECTED = GOLDEN / "script"
"""NAME.json: an article; NAME.tsv: its script, a line each of kind, pause in ms, text and spoken form."""

EN, ES = LanguageTag("en"), LanguageTag("es")
ENGLISH = Phrases(
    language=EN,
    opening="From {show}, {date}.",
    opening_undated="From {show}.",
    byline="By {authors}.",
    draft="This is a draft.",
    key_points="Key points",
    report="The report",
    closing="That was {show}.",
)
SPANISH = Phrases(
    language=ES,
    opening="Esto es {show}, {date}.",
    opening_undated="Esto es {show}.",
    byline="Por {authors}.",
    draft="Esto es un borrador.",
    key_points="Puntos clave",
    report="El informe",
    closing="Ha escuchado {show}.",
)
TEXTS = st.lists(
    st.sampled_from(
        ["Talks resumed.", "Who knows?", "It fell 2.5% in Q3.", "J. K. Smith, U.S.", "“No.”", "and so on", "…"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join) | st.text(min_size=1, max_size=40)
ARTICLES = st.builds(
    Article,
    id=st.just(ArticleId("talks")),
    title=TEXTS,
    language=st.sampled_from([EN, ES, LanguageTag("zh"), LanguageTag("ar")]),
    body=st.lists(st.builds(Block, kind=st.sampled_from(BlockKind), text=TEXTS), min_size=1, max_size=6).map(tuple),
    authors=st.lists(st.sampled_from(["Ana Gil", "Bo Li"]), max_size=2).map(tuple),
    published=st.none() | st.just(datetime(2021, 3, 23, tzinfo=UTC)),
    topics=st.lists(st.sampled_from(["US", "China"]), max_size=2).map(tuple),
    key_points=st.lists(TEXTS, max_size=4).map(tuple),
)
ARTICLE = Article(
    id=ArticleId("talks"),
    title="US/CHINA: Will talks resume?",
    language=EN,
    body=(
        Block(kind=BlockKind.HEADING, text="Background"),
        Block(kind=BlockKind.PARAGRAPH, text="Talks stopped in May. They may resume in Q3."),
    ),
    authors=("Ana Gil",),
    published=datetime(2021, 3, 23, tzinfo=UTC),
    key_points=("Talks may resume", "Both sides want them"),
)


def letters(text: str) -> str:
    return "".join(text.split())


def of_kind(script: Script, *kinds: LineKind) -> list[Line]:
    return [line for line in script.lines if line.kind in kinds]


def in_spanish(script: Script) -> Script:
    """A translation stage's script: the report's lines in Spanish, the show's own as they were."""
    lines = tuple(replace(line, text=f"ES {line.text}") if translatable(line) else line for line in script.lines)
    return replace(script, language=ES, lines=lines, translator="apertium")


@given(ARTICLES)
def test_every_sentence_is_read_once_and_in_order(article: Article) -> None:
    script = write_script(article, ENGLISH, show="Meridian")
    written = [article.title, *key_points(article), *(block.text for block in article.body)]

    assert letters("".join(line.text for line in script.lines if translatable(line))) == letters("".join(written))
    assert [line.index for line in script.lines] == list(range(len(script.lines)))
    assert all(line.source == line.text != "" for line in script.lines)
    assert all(line.spoken == " ".join(line.spoken.split()) != "" for line in script.lines)
    assert all(line.pause_ms >= 200 for line in script.lines)


def test_a_translation_is_the_same_whether_its_original_was_made_to_be_spoken() -> None:
    spoken, unspoken = (write_script(ARTICLE, ENGLISH, show="M", spoken=each) for each in (True, False))

    made = [framed(in_spanish(each), ARTICLE, SPANISH, show="M", draft=False) for each in (spoken, unspoken)]

    assert spoken != unspoken
    assert made[0] == made[1]


@given(ARTICLES)
def test_the_shows_own_lines_stand_around_the_report(article: Article) -> None:
    script = write_script(article, ENGLISH, show="Meridian")
    kinds = [line.kind for line in script.lines]

    assert kinds[0] is LineKind.OPENING
    assert kinds[-1] is LineKind.CLOSING
    assert kinds.count(LineKind.BYLINE) == bool(article.authors)
    assert kinds.count(LineKind.LEAD_IN) == bool(key_points(article))
    for block in article.body:
        assert LineKind(block.kind.value) in kinds or not block.text.split()


@given(ARTICLES, st.booleans())
def test_a_framed_script_has_the_same_lines_and_a_notice_if_it_is_a_draft(article: Article, draft: bool) -> None:  # noqa: FBT001 # hypothesis gives it
    original = write_script(article, ENGLISH, show="Meridian")

    script = framed(in_spanish(original), article, SPANISH, show="Meridiano", draft=draft)
    reports = [line for line in script.lines if line.text != SPANISH.draft]

    assert [line.source for line in reports] == [line.source for line in original.lines]
    assert [line.kind for line in reports] == [line.kind for line in original.lines]
    assert [line.text for line in script.lines].count(SPANISH.draft) == draft
    assert [line.index for line in script.lines] == list(range(len(script.lines)))
    assert script.draft is draft


@given(ARTICLES, st.booleans())
def test_framing_twice_is_framing_once(article: Article, draft: bool) -> None:  # noqa: FBT001 # hypothesis gives it
    translated = in_spanish(write_script(article, ENGLISH, show="Meridian"))

    once = framed(translated, article, SPANISH, show="Meridiano", draft=draft)

    assert framed(once, article, SPANISH, show="Meridiano", draft=draft) == once


def test_the_shows_own_lines_are_said_in_the_language_of_the_script() -> None:
    original = write_script(ARTICLE, ENGLISH, show="Meridian")

    script = framed(in_spanish(original), ARTICLE, SPANISH, show="Meridiano", draft=True)

    frame = of_kind(script, LineKind.OPENING, LineKind.DISCLOSURE, LineKind.BYLINE, LineKind.LEAD_IN, LineKind.CLOSING)
    assert [line.text for line in frame] == [
        "Esto es Meridiano, 23 de marzo de 2021.",
        "Esto es un borrador.",
        "Por Ana Gil.",
        "Puntos clave",
        "Ha escuchado Meridiano.",
    ]
    assert [line.source for line in frame if line.text != SPANISH.draft] == [
        "From Meridian, March 23, 2021.",
        "By Ana Gil.",
        "Key points",
        "That was Meridian.",
    ]
    assert script.title == "ES US/CHINA: Will talks resume?"


def test_the_spoken_form_is_that_of_the_scripts_language() -> None:
    article = replace(ARTICLE, body=(Block(kind=BlockKind.PARAGRAPH, text="It fell 2.5%."),))
    lexicon = Lexicon.from_table(ES, {"words": {"fell": "cayó"}})

    script = framed(
        in_spanish(write_script(article, ENGLISH, show="M")), article, SPANISH, show="M", draft=False, lexicon=lexicon
    )

    assert of_kind(script, LineKind.PARAGRAPH)[0].spoken == "ES It cayó 2,5 por ciento."


def test_topics_that_are_places_get_their_names_in_the_language() -> None:
    article = replace(ARTICLE, topics=("US", "Spain", "Climate"))

    script = framed(in_spanish(write_script(article, ENGLISH, show="M")), article, SPANISH, show="M", draft=False)

    assert script.topics == ("Estados Unidos", "España", "Climate")


def test_a_key_point_ends_in_a_full_stop_for_the_ear_alone() -> None:
    point = of_kind(write_script(ARTICLE, ENGLISH, show="M"), LineKind.KEY_POINT)[0]

    assert (point.text, point.spoken) == ("Talks may resume", "Talks may resume.")


def test_a_report_without_date_authors_or_key_points_has_no_lines_for_them() -> None:
    script = write_script(replace(ARTICLE, authors=(), published=None, key_points=()), ENGLISH, show="M")

    assert script.lines[0].text == "From M."
    assert not of_kind(script, LineKind.BYLINE, LineKind.LEAD_IN, LineKind.KEY_POINT)


def test_the_voice_rests_longer_where_a_paragraph_ends_and_longest_after_the_title() -> None:
    script = write_script(ARTICLE, ENGLISH, show="M")
    first, second = of_kind(script, LineKind.PARAGRAPH)
    title = of_kind(script, LineKind.TITLE)[0]

    assert first.pause_ms < second.pause_ms < title.pause_ms


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_of_line_has_a_pause_that_a_clip_can_hold(kind: LineKind) -> None:
    assert 200 <= pause_after(kind, last=False) < pause_after(kind, last=True)


def test_a_language_rests_longer_where_its_file_says_so() -> None:
    script = write_script(ARTICLE, ENGLISH, show="M")
    slow = paced(script, {LineKind.PARAGRAPH: 2})

    assert [line.pause_ms for line in of_kind(slow, LineKind.PARAGRAPH)] == [
        2 * line.pause_ms for line in of_kind(script, LineKind.PARAGRAPH)
    ]
    assert of_kind(slow, LineKind.TITLE) == of_kind(script, LineKind.TITLE)


@given(ARTICLES)
def test_a_script_comes_back_from_json_as_it_was(article: Article) -> None:
    script = write_script(article, ENGLISH, show="M")
    checked = replace(script.lines[0], checks=(Check(name="numbers", passed=False, detail="12"),))
    script = replace(script, lines=(checked, *script.lines[1:]))

    assert serialisation.from_record(json.loads(json.dumps(serialisation.to_record(script)))) == script


def test_what_is_no_script_is_refused_with_the_place_of_the_fault() -> None:
    kept = serialisation.to_record(write_script(ARTICLE, ENGLISH, show="M"))

    with pytest.raises(StorageFailed, match="language"):
        serialisation.from_record({key: value for key, value in kept.items() if key != "language"})


@pytest.mark.parametrize("name", sorted(file.stem for file in EXPECTED.glob("*.json")))
def test_a_report_becomes_the_script_that_stands_beside_it(name: str) -> None:
    written = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    article = Article(
        id=ArticleId(name),
        title=written["title"],
        language=LanguageTag(written["language"]),
        body=tuple(Block(kind=BlockKind(kind), text=text) for kind, text in written["body"]),
        authors=tuple(written["authors"]),
        published=datetime.fromisoformat(written["published"]) if written["published"] else None,
        key_points=tuple(written["key_points"]),
    )
    phrases = {EN: ENGLISH, ES: SPANISH}[article.language]

    script = write_script(article, phrases, show="Meridian")

    rows = ["\t".join([line.kind, str(line.pause_ms), line.text, line.spoken]) for line in script.lines]
    assert rows == (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()


def test_sentences_of_a_title_are_lines_of_their_own() -> None:
    article = replace(ARTICLE, title="Who pays? The next budget")

    titles = of_kind(write_script(article, ENGLISH, show="M"), LineKind.TITLE)

    assert tuple(line.text for line in titles) == sentences.split(article.title, EN) == ("Who pays?", "The next budget")


def test_a_report_without_key_points_is_summed_up_by_the_first_sentence_of_each_section() -> None:
    def paragraph(text: str) -> Block:
        return Block(kind=BlockKind.PARAGRAPH, text=text)

    heading = Block(kind=BlockKind.HEADING, text="What comes next")
    body = (
        paragraph("The port is open. Ships wait."),
        paragraph("Nobody knows why."),
        heading,
        heading,
        paragraph("A dry autumn is likely. It is not certain."),
        heading,
        paragraph("The vote is in June."),
    )
    report = article_of(key_points=(), body=body)
    assert key_points(report) == ("The port is open.", "A dry autumn is likely.", "The vote is in June.")
    assert key_points(article_of(key_points=(), body=body[:5])) == ()
    assert key_points(article_of(key_points=("One point.",), body=body)) == ("One point.",)
