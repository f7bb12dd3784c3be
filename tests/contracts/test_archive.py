"""The promise of the Archive, over SQLite and a real PostgreSQL."""

from datetime import timedelta

import pytest

from podcaster.adapters.database import SqlLibrary
from podcaster.episode.search_text import phrases
from podcaster.feed.section import Section, SectionKind
from podcaster.ports import EpisodeQuery
from podcaster.units import ArticleId, LanguageTag
from support.examples import DAY, NOW, episode_of

ES = LanguageTag("es")


def fill(library: SqlLibrary) -> None:
    for place, (title, topics, authors, summary) in enumerate(
        [
            ("La unión aduanera", ("Unión Europea",), ("José Núñez",), "Los peajes bajan."),
            ("Un puerto en Vigo", ("España",), ("Ann Other",), "La Unión paga 100% del muelle."),
            ("El muelle de Lagos", ("Portugal",), ("José Núñez",), "Dos grúas."),
        ]
    ):
        library.publish(
            episode_of(
                f"report-{place}", guid=f"urn:{place}", title=title, topics=topics, authors=authors, summary=summary,
                key_points=(), published=DAY + timedelta(days=place),
            ),
            NOW,
        )  # fmt: skip
    library.publish(episode_of("report-0", "en", guid="urn:en", title="The customs union"), NOW)


def found(library: SqlLibrary, query: str, **changes: object) -> list[str]:
    wanted = EpisodeQuery(language=ES, phrases=phrases(query), **changes)  # type: ignore[arg-type]
    listed = [each.episode.article for each in library.listed(wanted, limit=10)]
    assert library.count(wanted) == len(listed)
    return [article.removeprefix("report-") for article in listed]


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("", ["2", "1", "0"]),
        ("union", ["0", "1"]),  # what is named so comes before what only says so, though it is older
        ("UNIÓN europea", ["0"]),
        ("nunez", ["2", "0"]),
        ("muelle lagos", ["2"]),
        ("muelle", ["2", "1"]),
        ("mue", ["2", "1"]),
        ("uelle", []),
        ("customs", []),
        ("100%", ["1"]),
        ("_", ["2", "1", "0"]),
    ],
)
def test_episodes_are_found_by_the_beginnings_of_their_words(
    library: SqlLibrary, query: str, articles: list[str]
) -> None:
    fill(library)
    assert found(library, query) == articles


def test_a_section_is_searched_alone(library: SqlLibrary) -> None:
    fill(library)
    nunez = Section(language=ES, kind=SectionKind.AUTHOR, slug="jose-nunez", label="José Núñez")
    assert found(library, "", section=nunez) == ["2", "0"]
    assert found(library, "peajes", section=nunez) == ["0"]


def test_pages_follow_one_another_without_a_gap(library: SqlLibrary) -> None:
    fill(library)
    pages = [library.listed(EpisodeQuery(language=ES), limit=2, offset=start) for start in (0, 2, 4)]
    assert [[each.episode.article for each in page] for page in pages] == [["report-2", "report-1"], ["report-0"], []]


def test_what_is_withdrawn_or_reworded_is_not_found_by_what_it_said(library: SqlLibrary) -> None:
    fill(library)
    library.unpublish(ArticleId("report-2"), ES)
    assert found(library, "lagos") == []
    library.publish(episode_of("report-2", guid="urn:2", title="El muelle de Faro"), NOW)
    assert (found(library, "lagos"), found(library, "faro")) == ([], ["2"])
