"""The promise of the Library, over SQLite and a real PostgreSQL."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text

from podcaster.adapters.database import SqlLibrary, journal_mode, open_library
from podcaster.adapters.database.connection import SCHEMA, known_schemas
from podcaster.adapters.database.tables.library import metadata
from podcaster.episode.search_text import phrases
from podcaster.errors import (
    ArticleUnknown,
    Conflict,
    EpisodeUnknown,
    Outdated,
    RenderUnknown,
    SettingsWrong,
    StorageFailed,
)
from podcaster.feed.section import SectionKind
from podcaster.listener.account import Listener
from podcaster.listener.preferences import Preferences
from podcaster.model import Article, LanguageReport, Reading, Render, RenderState
from podcaster.ports import ApiKey, ArticleFilter, EditorsTable, EpisodeQuery, FeedPointer, PlaybackPosition
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId, Revision
from support.databases import create_schema, new_library
from support.examples import DAY, NOW, article_of, episode_of, render_of, wording_of

SINCE_THE_FIRST_SCHEMA = (
    "desk_notes",
    "joined_requests",
    "downloads",
    "download_keys",
    "download_clients",
    "download_logs",
    "wordings",
    "editors_tables",
    "speaker_listeners",
    "episode_sections",
    "listeners",
    "speaker_codes",
    "speaker_links",
    "oauth_codes",
    "oauth_tokens",
    "speaker_streams",
    "attempts",
    "speaker_requests",
    "render_contents",
    "scheduled_episodes",
    "sources",
    "source_items",
    "hook_deliveries",
    "changes",
    "article_cards",
    "episode_texts",
    "readings",
    "secrets",
    "feed_entries",
    "feed_items",
    "feed_pages",
    "feed_pings",
    "feed_changes",
    "backfills",
    "backfill_items",
    "approvals",
)
EN, ES = LanguageTag("en"), LanguageTag("es")


def test_an_article_comes_back_as_it_was(library: SqlLibrary, report: Article) -> None:
    assert library.put_article(report, NOW)
    assert not library.put_article(report, NOW + timedelta(hours=1))
    stored = library.article(report.id)
    assert (stored.article, stored.added, stored.changed) == (report, NOW, NOW)


def test_a_changed_article_keeps_when_it_was_added(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    later = NOW + timedelta(days=1)
    assert library.put_article(replace(report, title="Another"), later)
    stored = library.article(report.id)
    assert (stored.article.title, stored.added, stored.changed) == ("Another", NOW, later)


def test_articles_come_newest_first_and_page_by_page(library: SqlLibrary) -> None:
    for place in range(5):
        library.put_article(article_of(f"Report {place}"), NOW + timedelta(minutes=place // 2))
    pages = [library.articles(limit=2)]
    pages.append(library.articles(limit=2, after=pages[0][-1].article.id))
    pages.append(library.articles(limit=2, after=pages[1][-1].article.id))
    listed = [each.article.id for page in pages for each in page]
    assert len(listed) == len(set(listed)) == 5
    assert [each.added for page in pages for each in page] == sorted(
        (each.added for page in pages for each in page), reverse=True
    )


def test_what_is_not_there_has_its_own_error(library: SqlLibrary) -> None:
    for error, ask in (
        (ArticleUnknown, lambda: library.article(ArticleId("none"))),
        (RenderUnknown, lambda: library.render(RenderId("none"))),
        (RenderUnknown, lambda: library.set_render_state(RenderId("none"), RenderState.DONE)),
        (EpisodeUnknown, lambda: library.episode(ArticleId("none"), ES)),
    ):
        with pytest.raises(error):
            ask()


def test_a_render_keeps_the_order_of_its_languages(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    made, new = library.open_render(render_of(report))
    assert new
    assert library.render(made.id) == made
    assert list(library.render(made.id).languages) == [ES, EN]
    assert library.unfinished_renders() == [made]


def test_fifty_equal_requests_at_once_make_one_render(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)

    def request(place: int) -> tuple[Render, bool]:
        return library.open_render(render_of(report, f"r{place}"), idempotency_key="k", fingerprint="same")

    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(request, range(50)))
    assert sum(new for _, new in answers) == 1
    assert len({render.id for render, _ in answers}) == 1
    with pytest.raises(Conflict):
        library.open_render(render_of(report, "other"), idempotency_key="k", fingerprint="different")


def test_a_request_that_joined_a_render_has_it_as_its_answer_after_its_end_too(
    library: SqlLibrary, report: Article
) -> None:
    library.put_article(report, NOW)

    def request(render: str, key: str, fingerprint: str = "same") -> tuple[Render, bool]:
        same = {ES: "a", EN: "a"}
        return library.open_render(
            render_of(report, render), idempotency_key=key, fingerprint=fingerprint, contents=same
        )

    made, _ = request("r1", "first")
    assert request("r2", "second") == (made, False)
    library.set_render_state(made.id, RenderState.DONE)
    done = library.render(made.id)
    assert request("r3", "second") == (done, False)
    assert library.render_by_key("second", "same") == done
    with pytest.raises(Conflict):
        request("r4", "second", "different")
    assert request("r5", "third")[1]


def test_fifty_requests_that_join_at_once_with_one_key_have_one_answer(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    same = {ES: "a", EN: "a"}
    made, _ = library.open_render(render_of(report), idempotency_key="first", fingerprint="same", contents=same)

    def request(place: int) -> tuple[Render, bool]:
        render = render_of(report, f"again{place}")
        return library.open_render(render, idempotency_key="k", fingerprint="same", contents=same)

    with ThreadPoolExecutor(10) as crowd:
        assert set(crowd.map(lambda place: request(place)[0].id, range(50))) == {made.id}


def test_languages_that_report_at_the_same_time_lose_nothing(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.open_render(render_of(report))

    def note(place: int) -> None:
        language = (ES, EN)[place % 2]
        library.note_language(RenderId("r1"), language, LanguageReport(state=RenderState.RUNNING, lines=place))

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(note, range(20)))
    assert {report.state for report in library.render(RenderId("r1")).languages.values()} == {RenderState.RUNNING}


def test_a_final_render_stays_as_it_is(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.open_render(render_of(report))
    assert library.set_render_state(RenderId("r1"), RenderState.CANCELLED)
    assert not library.set_render_state(RenderId("r1"), RenderState.DONE)
    library.note_language(RenderId("r1"), ES, LanguageReport(state=RenderState.DONE))
    assert library.render(RenderId("r1")).languages[ES].state is RenderState.CANCELLED
    assert library.unfinished_renders() == []


def test_publishing_the_same_episode_again_changes_nothing(library: SqlLibrary) -> None:
    assert library.publish(episode_of(), NOW)
    before = library.generation()
    assert not library.publish(episode_of(), NOW + timedelta(days=1))
    assert library.generation() == before
    assert library.episode(ArticleId("a-report-12345678"), ES).changed == NOW


def test_a_new_revision_keeps_when_the_episode_was_first_published(library: SqlLibrary) -> None:
    library.publish(episode_of(), NOW)
    later = NOW + timedelta(days=1)
    assert library.publish(episode_of(revision=Revision("f" * 16)), later)
    published = library.episode(ArticleId("a-report-12345678"), ES)
    assert (published.first_published, published.changed) == (NOW, later)


def test_twenty_publishers_at_once_publish_each_episode_once(library: SqlLibrary) -> None:
    with ThreadPoolExecutor(8) as crowd:
        changed = list(crowd.map(lambda place: library.publish(episode_of(f"report-{place % 5}"), NOW), range(20)))
    assert sum(changed) == 5
    assert library.generation() == 5
    assert len(library.episodes(language=ES)) == 5


def test_an_episode_that_is_withdrawn_is_gone_and_can_come_back(library: SqlLibrary) -> None:
    library.publish(episode_of(), NOW)
    assert library.unpublish(ArticleId("a-report-12345678"), ES)
    assert not library.unpublish(ArticleId("a-report-12345678"), ES)
    assert library.languages() == []
    assert library.publish(episode_of(), NOW + timedelta(days=2))
    assert library.episode(ArticleId("a-report-12345678"), ES).first_published == NOW


def test_episodes_come_newest_report_first(library: SqlLibrary) -> None:
    for place in (1, 3, 2):
        library.publish(episode_of(f"report-{place}", published=DAY + timedelta(days=place)), NOW)
    assert [each.episode.article for each in library.episodes(language=ES, limit=2)] == ["report-3", "report-2"]
    assert [each.episode.language for each in library.episodes(article=ArticleId("report-1"))] == [ES]


def test_an_episode_is_found_by_its_topics_and_authors_while_it_is_published(library: SqlLibrary) -> None:
    library.publish(episode_of("report-1", topics=("EU", "Norway"), authors=("Ann Other",)), NOW)
    library.publish(episode_of("report-2", topics=("eu",), authors=()), NOW + timedelta(hours=1))
    library.publish(episode_of("report-1", language="en", topics=("EU",), authors=()), NOW)
    assert [each.feed for each in library.sections(language=ES)] == ["es/by/ann-other", "es/eu", "es/norway"]
    assert [each.label for each in library.sections(language=ES) if each.slug == "eu"] in (["eu"], ["EU"])
    eu, norway = (each for each in library.sections(language=ES) if each.kind is SectionKind.TOPIC)
    assert {each.episode.article for each in library.episodes(section=eu)} == {"report-1", "report-2"}
    assert {each.episode.language for each in library.episodes(section=eu)} == {"es"}
    library.publish(episode_of("report-1", topics=("EU",), authors=()), NOW)
    assert library.episodes(section=norway) == []
    library.unpublish(ArticleId("report-2"), ES)
    assert [each.feed for each in library.sections()] == ["en/eu", "es/eu"]


def test_episodes_and_reports_of_an_earlier_podcaster_are_found_by_topic_too(tmp_path: Path) -> None:
    """Rows of the first schema are kept when it is brought up to date."""
    url = f"sqlite:///{tmp_path / 'library.sqlite'}"
    library = new_library(tmp_path)
    library.put_article(article_of(), NOW)
    library.publish(episode_of(), NOW)
    with library._engine.begin() as connection:
        for table in SINCE_THE_FIRST_SCHEMA:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("ALTER TABLE feeds DROP COLUMN shape"))
        connection.execute(text("ALTER TABLE renders DROP COLUMN urgent"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    library.close()
    library = open_library(url)
    assert [each.feed for each in library.sections()] == ["es/by/ann-other", "es/eu"]
    assert [each.article for each in library.articles(wanted=ArticleFilter(topic="Norway"))] == [article_of()]
    assert library.count(EpisodeQuery(language=ES, phrases=phrases("informe"))) == 1
    library.close()


def test_a_feed_never_goes_back(library: SqlLibrary) -> None:
    def pointer(generation: int) -> FeedPointer:
        return FeedPointer(
            name="es", blob=f"feeds/es/{generation}", digest=f"{generation:064}", generation=generation, changed=NOW
        )

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(lambda place: library.swap_feed(pointer(place)), [3, 7, 1, 9, 2, 8, 9, 4]))
    assert library.feeds() == {"es": pointer(9)}
    assert not library.swap_feed(pointer(9))


def test_keys_are_found_by_their_digest_until_they_are_revoked(library: SqlLibrary) -> None:
    key = ApiKey(name="desk", digest="d" * 64, scope="edit", created=NOW)
    library.add_key(key)
    with pytest.raises(Conflict):
        library.add_key(key)
    assert library.key_by_digest("d" * 64) == key
    assert library.key_by_digest("e" * 64) is None
    library.touch_key("d" * 64, NOW)
    assert library.revoke_key("desk", NOW)
    assert not library.revoke_key("desk", NOW)
    assert library.keys() == [replace(key, revoked=NOW, last_used=NOW)]


def test_a_listener_is_found_where_they_were_last(library: SqlLibrary) -> None:
    def place(second: int, listener: str = "a" * 64) -> PlaybackPosition:
        return PlaybackPosition(
            listener=listener,
            token=f"report {second} – ¿qué?",
            offset_ms=Milliseconds(second * 1000),
            language=ES if second % 2 else None,
            changed=NOW + timedelta(seconds=second),
        )

    assert library.listening("a" * 64) is None
    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(lambda second: library.keep_listening(place(second)), [3, 1, 9, 4, 8, 2, 9]))
    library.keep_listening(place(5, "b" * 64))
    assert library.listening("a" * 64) == place(9)
    assert library.listening("b" * 64) == place(5, "b" * 64)


def test_the_language_that_was_asked_for_stays_until_another_is(library: SqlLibrary) -> None:
    def kept(second: int, language: str | None) -> str | None:
        moment, tag = NOW + timedelta(seconds=second), LanguageTag(language) if language else None
        library.keep_listening(
            PlaybackPosition(
                listener="a" * 64, token=f"{second}", offset_ms=Milliseconds(0), language=tag, changed=moment
            )
        )
        found = library.listening("a" * 64)
        assert found is not None
        assert found.token == f"{second}"
        return found.language

    assert [kept(second, each) for second, each in enumerate([None, "es", None, "ca", None])] == [
        None,
        "es",
        "es",
        "ca",
        "ca",
    ]


def listener_of(name: str, when: datetime = NOW) -> Listener:
    preferences = Preferences.of(languages=["es", "en"], topics=["China"], max_minutes=20)
    return Listener(id=name, digest=name * 8, code_digest=name * 9, preferences=preferences, created=when, changed=when)


def test_a_listener_is_found_by_token_and_code_and_by_nothing_else(library: SqlLibrary) -> None:
    first, second = listener_of("one"), listener_of("two", NOW + timedelta(hours=1))
    library.add_listener(first)
    library.add_listener(second)
    assert library.listener_by_digest(first.digest) == library.listener_by_code(first.code_digest) == first
    assert library.listener_by_digest(first.code_digest) is library.listener_by_code(first.digest) is None
    assert library.visit(first.digest) == (first, library.generation())
    assert library.visit(first.code_digest) is None
    assert library.listeners() == [second, first]
    assert library.listeners(limit=1) == [second]
    with pytest.raises(Conflict):
        library.add_listener(replace(second, id="three"))


def test_a_listener_changes_their_mind_and_goes(library: SqlLibrary) -> None:
    library.add_listener(listener_of("one"))
    other, later = Preferences.of(languages=["pt-BR"]), NOW + timedelta(days=1)
    assert library.set_preferences("one", other, later)
    assert library.listeners() == [replace(listener_of("one"), preferences=other, changed=later)]
    assert library.remove_listener("one")
    assert not library.remove_listener("one")
    assert not library.set_preferences("one", other, later)
    assert library.listeners() == []


def test_a_reading_counts_while_the_revision_that_it_reads_is_published(library: SqlLibrary) -> None:
    quick, before = Reading(rate=1.25), library.generation()
    base = episode_of("report-1")
    read = replace(base, revision=Revision("c" * 16), duration_ms=Milliseconds(800))
    assert not library.publish_reading(read, quick, of=base.revision, now=NOW)
    library.publish(base, NOW)
    assert library.publish_reading(read, quick, of=base.revision, now=DAY)
    assert not library.publish_reading(read, quick, of=base.revision, now=NOW)
    assert [(each.episode, each.made) for each in library.readings(quick)] == [(read, DAY)]
    assert library.readings(Reading(rate=1.5)) == []
    assert library.generation() == before + 2
    library.unpublish(base.article, base.language)
    assert library.readings(quick) == []
    library.publish(base, NOW)
    assert library.readings(quick) != []
    library.publish(replace(base, revision=Revision("d" * 16)), NOW)
    assert library.readings(quick) == []
    assert not library.publish_reading(read, quick, of=base.revision, now=NOW)
    again = replace(read, revision=Revision("e" * 16))
    assert library.publish_reading(again, quick, of=Revision("d" * 16), now=NOW)
    assert [each.episode for each in library.readings(quick)] == [again]


def test_only_who_wants_another_reading_is_a_reader(library: SqlLibrary) -> None:
    assert library.readers_changed() is None
    library.add_listener(listener_of("one"))
    assert (library.readers(), library.readers_changed()) == ([], None)
    quick = Preferences.of(languages=["es"], rate=1.25)
    for name in ("two", "three"):
        library.add_listener(replace(listener_of(name), preferences=quick))
    assert (library.readers(), library.readers_changed()) == ([quick], NOW)
    slow = Preferences.of(languages=["es"], rate=0.8, voice=["female"])
    library.set_preferences("one", slow, NOW + timedelta(hours=1))
    assert sorted(library.readers(), key=lambda each: each.rate) == [slow, quick]
    assert library.readers_changed() == NOW + timedelta(hours=1)
    for name in ("two", "three"):
        library.set_preferences(name, Preferences.of(languages=["es"]), NOW)
    assert library.readers() == [slow]


def test_a_secret_is_the_same_for_everybody_who_asks_at_once(library: SqlLibrary) -> None:
    with ThreadPoolExecutor(6) as crowd:
        found = set(crowd.map(lambda place: library.secret("names", bytes([place] * 32)), range(12)))
    assert len(found) == 1
    assert library.secret("names", b"") in found
    assert library.secret("others", b"x" * 32) == b"x" * 32


def test_a_listener_of_before_who_chose_a_speed_is_a_reader(tmp_path: Path) -> None:
    """Then, only players kept to it."""
    url = f"sqlite:///{tmp_path / 'library.sqlite'}"
    library = new_library(tmp_path)
    quick = replace(listener_of("one"), preferences=replace(Preferences.of(languages=["es"]), rate=1.2))
    library.add_listener(quick)
    library.add_listener(listener_of("two"))
    with library._engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_listeners_reading_changed"))
        connection.execute(text("ALTER TABLE listeners DROP COLUMN reading"))
        newer = SINCE_THE_FIRST_SCHEMA[SINCE_THE_FIRST_SCHEMA.index("changes") :]
        for table in (
            *newer,
            *(each for each in SINCE_THE_FIRST_SCHEMA if each.startswith(("desk", "download", "joined"))),
        ):
            connection.execute(text(f"DROP TABLE {table}"))
        later = (("feeds", "shape"), ("renders", "urgent"), ("wordings", "recording"), ("scheduled_episodes", "error"))
        for table, column in (*later, ("sources", "rules"), ("source_items", "skipped")):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    library.close()
    library = open_library(url)
    assert library.readers() == [Preferences.of(languages=["es"], rate=1.25)]
    library.close()


def test_of_many_who_rotate_the_same_token_at_once_one_succeeds(library: SqlLibrary) -> None:
    made = listener_of("one")
    library.add_listener(made)

    def rotate(place: int) -> bool:
        return library.rotate_listener(made.digest, new=f"new{place}", code=f"code{place}", now=NOW)

    with ThreadPoolExecutor(6) as crowd:
        done = list(crowd.map(rotate, range(12)))
    assert sum(done) == 1
    assert library.listener_by_digest(made.digest) is library.listener_by_code(made.code_digest) is None
    found = library.listener_by_digest(f"new{done.index(True)}")
    assert found is not None
    assert found.code_digest == f"code{done.index(True)}"


def test_a_time_without_a_zone_is_refused(library: SqlLibrary, report: Article) -> None:
    with pytest.raises(StorageFailed, match="zone"):
        library.put_article(report, datetime(2026, 1, 1))  # noqa: DTZ001 # that is the point


def test_the_migrations_make_the_tables_that_the_code_uses(library: SqlLibrary) -> None:
    with library._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_long_archive_is_listed_by_its_index(tmp_path: Path) -> None:
    create_schema(tmp_path / "a.sqlite")
    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        query = "SELECT * FROM episodes WHERE live AND language = 'es' ORDER BY reported DESC, first_published DESC, guid DESC LIMIT 300"
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    connection.close()
    assert "USING INDEX" in plan


def test_a_database_of_a_newer_podcaster_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'library.sqlite'}"
    library = new_library(tmp_path)
    with library._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    library.close()
    with pytest.raises(StorageFailed, match="9999"):
        open_library(url)


def test_a_server_that_does_not_answer_is_said() -> None:
    with pytest.raises(StorageFailed, match=r"cannot be reached: connection to server.*PODCASTER_DATABASE_URL"):
        open_library("postgresql://nobody@127.0.0.1:1/none")


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"This is not a database, and was never one." * 50)
    with pytest.raises(StorageFailed, match="not a database"):
        open_library(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with pytest.raises(SettingsWrong):
        open_library("carrier-pigeon://roof")


def test_sqlite_keeps_a_log_only_where_that_is_safe() -> None:
    assert journal_mode() == ("WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE")


def test_a_wording_is_kept_by_its_sentence_and_the_last_one_stands(library: SqlLibrary) -> None:
    library.put_wording(wording_of())
    library.put_wording(wording_of(spoken="Yovió."))
    library.put_wording(wording_of(language=EN))
    assert library.wordings(ArticleId("a1"), ES) == {"It rained.": wording_of(spoken="Yovió.")}
    assert library.drop_wording(ArticleId("a1"), ES, "It rained.")
    assert not library.drop_wording(ArticleId("a1"), ES, "It rained.")
    assert library.wordings(ArticleId("a1"), ES) == {}


def test_wordings_of_other_reports_are_found_by_their_sentence_the_newest_first(library: SqlLibrary) -> None:
    library.put_wording(wording_of("a1"))
    library.put_wording(wording_of("a2", when=NOW + timedelta(hours=1), text="Ha llovido."))
    library.put_wording(wording_of("a3", when=NOW + timedelta(hours=2), text="Mine."))
    sources = ["It rained.", *(f"Sentence {place}." for place in range(1200))]
    found = library.wordings_elsewhere(sources, ES, other_than=ArticleId("a3"))
    assert {source: each.article for source, each in found.items()} == {"It rained.": "a2"}


def test_a_table_is_replaced_only_by_those_who_saw_it(library: SqlLibrary) -> None:
    def table(**terms: str) -> EditorsTable:
        return EditorsTable(name="glossaries/en-es", content={"terms": terms}, changed=NOW, editor="desk")

    assert library.editors_table("glossaries/en-es") is None
    library.put_editors_table(table(port="puerto"), before=None)
    library.put_editors_table(table(port="oporto"), before=table(port="puerto"))
    for stale in (None, table(port="puerto")):
        with pytest.raises(Outdated):
            library.put_editors_table(table(port="lost"), before=stale)
    assert library.editors_table("glossaries/en-es") == table(port="oporto")


def test_languages_are_found_without_looking_at_every_episode(tmp_path: Path) -> None:
    library = new_library(tmp_path)
    for place in range(3):
        library.publish(episode_of(f"report-{place}", language=("en", "es", "pt")[place]), NOW)
    library.unpublish(ArticleId("report-2"), LanguageTag("pt"))
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(
        library._engine, "before_cursor_execute", lambda _, __, query, values, *___: asked.append((query, values))
    )
    assert library.languages() == [EN, ES]
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        for query, values in (each for each in asked if each[0].startswith("SELECT")):
            plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values))
            assert "language>" in plan
            assert "TEMP B-TREE" not in plan
    connection.close()
    library.close()


def test_a_new_migration_reaches_databases_that_exist() -> None:
    assert max(known_schemas()) == SCHEMA
