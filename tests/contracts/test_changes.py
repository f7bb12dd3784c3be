"""The promise of the log of changes, over SQLite and a real PostgreSQL: every change has its row, and no row is ever another."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from podcaster.adapters.database import SqlLibrary
from podcaster.errors import ArticleUnknown, Outdated
from podcaster.model import Article, RenderState
from podcaster.model.changes import Action, Actor, Change, Channel
from podcaster.model.reviews import Approval, Review
from podcaster.ports import ApiKey, ArticleFilter, EditorsTable, LanguageStatus, ScheduledEpisode, acting
from podcaster.source.archive import Backfill, BackfillState
from podcaster.source.rules import IntakeRules
from podcaster.source.watched import WatchedSource
from podcaster.units import ArticleId, LanguageTag, RenderId
from support.examples import NOW, article_of, episode_of, render_of, wording_of

ES = LanguageTag("es")
ANN = Actor(name="ann", channel=Channel.DESK, place="192.0.2.1")


def done(library: SqlLibrary) -> list[Action]:
    """Entries of the log, in the order in which they happened."""
    return [each.action for each in reversed(library.changes(limit=200))]


def newest(library: SqlLibrary) -> Change:
    return library.changes(limit=1)[0]


def test_every_change_has_a_row_that_says_who_and_from_where(library: SqlLibrary, report: Article) -> None:
    with acting(ANN):
        library.put_article(report, NOW)
        library.put_article(replace(report, title="Another"), NOW)
        library.correct_article(report.id, {"title": "Mine"}, before=None)
        library.assign(report.id, "ben")
        library.review(report.id, NOW)
        library.open_render(render_of(report))
        library.set_render_state(RenderId("r1"), RenderState.CANCELLED)
        library.publish(episode_of(report.id), NOW)
        library.put_schedule(ScheduledEpisode(article=report.id, language=ES, at=NOW + timedelta(days=1), editor="ann"))
        library.drop_schedule(report.id, ES)
        library.unpublish(report.id, ES)
        library.put_wording(wording_of(report.id))
        library.put_approval(approval_of(report.id))
        library.drop_approval(report.id, ES)
        library.put_editors_table(table(port="puerto"), before=None)
        library.add_source(source_of())
        library.call_source("s1", NOW)
        library.change_rules("s1", IntakeRules(), NOW)
        library.remove_source("s1")
        library.add_backfill(backfill_of(), [])
        for state in (BackfillState.PAUSED, BackfillState.RUNNING, BackfillState.CANCELLED):
            library.move_backfill("b1", state, NOW)
        library.add_key(ApiKey(name="ben", digest="d" * 64, scope="edit", created=NOW))
        library.revoke_key("ben", NOW)
        library.remove_article(report.id, NOW, before=None)
        library.put_article(report, NOW)
    assert done(library) == [
        Action.ARTICLE_ADDED, Action.ARTICLE_CHANGED, Action.ARTICLE_CORRECTED, Action.ARTICLE_ASSIGNED, Action.ARTICLE_REVIEWED,
        Action.RENDER_REQUESTED, Action.RENDER_CANCELLED,
        Action.EPISODE_PUBLISHED, Action.EPISODE_SCHEDULED, Action.EPISODE_UNSCHEDULED, Action.EPISODE_WITHDRAWN,
        Action.LINE_WORDED, Action.TRANSLATION_APPROVED, Action.TRANSLATION_UNAPPROVED,
            Action.TABLE_CHANGED, Action.SOURCE_ADDED, Action.SOURCE_CALLED, Action.SOURCE_CHANGED, Action.SOURCE_REMOVED,
        Action.BACKFILL_ADDED, Action.BACKFILL_PAUSED, Action.BACKFILL_RESUMED, Action.BACKFILL_CANCELLED,
        Action.KEY_ADDED, Action.KEY_REVOKED, Action.ARTICLE_REMOVED, Action.ARTICLE_RESTORED, Action.ARTICLE_CHANGED,
    ]  # fmt: skip
    assert set(Action) - set(done(library)) == {Action.RENDER_SUPERSEDED}
    assert {each.actor for each in library.changes(limit=200)} == {ANN}


def approval_of(article: ArticleId) -> Approval:
    return Approval(article=article, language=ES, review=Review(editor="ann", at=NOW), lines=frozenset({"0" * 16}))


def table(**terms: str) -> EditorsTable:
    return EditorsTable(name="glossaries/en-es", content={"terms": terms}, changed=NOW, editor="ann")


def backfill_of() -> Backfill:
    return Backfill(id="b1", name="The nineties", added=NOW, since=NOW, not_before=NOW)


def test_a_back_fill_that_ends_by_itself_or_is_where_it_was_is_nobodys_change(library: SqlLibrary) -> None:
    library.add_backfill(backfill_of(), [])
    assert newest(library).subject == "The nineties"
    library.move_backfill("b1", BackfillState.RUNNING, NOW)
    library.move_backfill("b1", BackfillState.DONE, NOW)
    assert done(library) == [Action.BACKFILL_ADDED]


def source_of() -> WatchedSource:
    later = NOW + timedelta(hours=1)
    return WatchedSource(id="s1", url="https://reports.example/feed", added=NOW, next_poll=later)


def test_a_render_that_takes_anothers_place_says_so(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.open_render(render_of(report), contents={LanguageTag("es"): "a", LanguageTag("en"): "a"})
    library.open_render(render_of(report, "r2"), contents={LanguageTag("es"): "b", LanguageTag("en"): "b"})
    rows = library.changes(article=report.id, action=Action.RENDER_SUPERSEDED)
    assert [(each.subject, each.after) for each in rows] == [("r1", {"render": "r2"})]


def test_what_changed_nothing_is_not_in_the_log(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.publish(episode_of(report.id), NOW)
    library.put_wording(wording_of(report.id))
    library.put_editors_table(table(port="puerto"), before=None)
    rows = len(done(library))
    library.put_article(report, NOW)
    library.correct_article(report.id, {"title": report.title}, before=None)
    library.publish(episode_of(report.id), NOW)
    library.put_wording(wording_of(report.id, when=NOW + timedelta(hours=1)))
    library.put_editors_table(table(port="puerto"), before=table(port="puerto"))
    library.drop_schedule(report.id, ES)
    library.revoke_key("nobody", NOW)
    library.remove_source("none")
    library.unpublish(ArticleId("none"), ES)
    assert len(done(library)) == rows


def test_an_editor_sees_what_was_lost(library: SqlLibrary, report: Article) -> None:
    library.put_wording(wording_of(report.id, text="Llovió.", spoken=None))
    library.put_wording(wording_of(report.id, text="Ha llovido.", spoken="Ha llovído."))
    row = newest(library)
    assert (row.article, row.language, row.subject) == (report.id, ES, "It rained.")
    assert row.before == {"text": "Llovió.", "spoken": None}
    assert row.after == {"text": "Ha llovido.", "spoken": "Ha llovído."}
    library.drop_wording(report.id, ES, "It rained.")
    assert (newest(library).before, newest(library).after) == ({"text": "Ha llovido.", "spoken": "Ha llovído."}, None)


def test_of_a_table_the_log_has_the_entries_that_are_others(library: SqlLibrary) -> None:
    library.put_editors_table(
        table(port="puerto", levy="tasa"), before=None, stood={"terms": {"port": "oporto", "levy": "tasa"}}
    )
    assert (newest(library).before, newest(library).after) == ({"port": "oporto"}, {"port": "puerto"})
    library.put_editors_table(table(levy="tasa"), before=table(port="puerto", levy="tasa"))
    assert (newest(library).before, newest(library).after) == ({"port": "puerto"}, {})


def test_a_change_that_fails_leaves_no_row(library: SqlLibrary, report: Article) -> None:
    library.put_wording(wording_of(report.id, text="Llovió."))
    rows = done(library)
    with pytest.raises(Outdated):
        library.put_wording(wording_of(report.id, text="Mine."), before=None)
    with pytest.raises(Outdated):
        library.drop_wording(report.id, ES, "It rained.", before=wording_of(report.id, text="Stale."))
    with pytest.raises(ArticleUnknown):
        library.correct_article(ArticleId("none"), {"title": "x"}, before=None)
    assert done(library) == rows
    assert library.wordings(report.id, ES)["It rained."].text == "Llovió."


@pytest.mark.parametrize("statement", ["UPDATE changes SET editor = 'nobody'", "DELETE FROM changes"])
def test_no_row_is_ever_changed_or_removed(library: SqlLibrary, report: Article, statement: str) -> None:
    library.put_article(report, NOW)
    with pytest.raises(DBAPIError, match="only added to"), library._engine.begin() as connection:
        connection.execute(text(statement))
    assert done(library) == [Action.ARTICLE_ADDED]


def test_the_log_is_read_page_by_page_and_by_what_one_looks_for(library: SqlLibrary) -> None:
    for name in ("ann", "ben", "ann", "cid", "ann"):
        with acting(replace(ANN, name=name)):
            library.add_key(
                ApiKey(
                    name=f"{name} {len(library.keys())}", digest=f"{len(library.keys()):064}", scope="edit", created=NOW
                )
            )
    numbers = [each.number for each in library.changes()]
    assert all(newer > older for newer, older in pairwise(numbers))
    first = library.changes(editor="ann", limit=2)
    with acting(ANN):
        library.revoke_key("ann 0", NOW)
    rest = library.changes(editor="ann", before=first[-1].number, limit=2)
    assert [each.subject for each in (*first, *rest)] == ["ann 4", "ann 2", "ann 0"]
    assert [each.action for each in library.changes(action=Action.KEY_REVOKED)] == [Action.KEY_REVOKED]
    middle = library.changes(editor="cid")[0].at
    assert [each.actor.name for each in library.changes(since=middle)] == ["ann", "ann", "cid"]


def test_a_correction_outlives_what_comes_in_anew(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.correct_article(report.id, {"title": "Better", "topics": ["EU"]}, before=report)
    kept = library.article(report.id)
    assert (kept.article.title, kept.article.topics) == ("Better", ("EU",))
    assert kept.article.body == report.body
    again = replace(report, title="From the source", authors=("Someone Else",))
    assert library.put_article(again, NOW + timedelta(days=1))
    assert library.article(report.id).article == replace(again, title="Better", topics=("EU",))
    library.correct_article(report.id, {"title": None}, before=None)
    assert library.article(report.id).article.title == "From the source"
    assert library.article(report.id).corrections == {"topics": ["EU"]}


def test_a_correction_is_made_only_by_those_who_saw_the_report(library: SqlLibrary, report: Article) -> None:
    library.put_article(report, NOW)
    library.correct_article(report.id, {"title": "Theirs"}, before=report)
    with pytest.raises(Outdated):
        library.correct_article(report.id, {"title": "Mine"}, before=report)
    with pytest.raises(Outdated):
        library.remove_article(report.id, NOW, before=report)
    assert library.article(report.id).article.title == "Theirs"


def test_a_report_that_was_taken_away_is_nowhere_until_an_editor_hands_it_in_again(
    library: SqlLibrary, report: Article
) -> None:
    library.put_article(report, NOW)
    library.open_render(render_of(report))
    episode = episode_of(report.id)
    library.publish(episode, NOW)
    removed = library.remove_article(report.id, NOW, before=None)
    assert ([each.guid for each in removed.episodes], removed.renders) == ([episode.guid], (RenderId("r1"),))
    assert library.render(RenderId("r1")).state is RenderState.CANCELLED
    for ask in (
        lambda: library.article(report.id),
        lambda: library.remove_article(report.id, NOW, before=None),
        lambda: library.open_render(render_of(report, "r2")),
    ):
        with pytest.raises(ArticleUnknown):
            ask()
    assert (library.articles(), library.episodes(), library.is_removed(report.id)) == ([], [], True)
    assert not library.publish(replace(episode, title="A stage that was late"), NOW)
    assert library.episodes() == []
    assert library.put_article(report, NOW + timedelta(days=1))
    assert (library.article(report.id).added, library.is_removed(report.id)) == (NOW, False)
    assert library.publish(episode, NOW + timedelta(days=1))
    assert library.episode(report.id, ES).first_published == NOW


def test_reports_are_found_by_what_they_are(library: SqlLibrary) -> None:
    levy = article_of("EU/NORWAY: A cable levy", topics=("EU", "Norway"))
    rain = article_of("A dry AUTUMN", topics=("South Korea",), language=LanguageTag("es"))
    library.put_article(levy, NOW)
    library.put_article(rain, NOW + timedelta(hours=1))
    library.open_render(render_of(levy))
    library.publish(episode_of(rain.id), NOW)

    def found(**wanted: object) -> list[str]:
        return [each.article.title for each in library.articles(wanted=ArticleFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == [rain.title, levy.title]
    assert found(title="autumn") == found(topic="South Korea") == found(topic="south-korea") == [rain.title]
    assert found(language=LanguageTag("en")) == [levy.title]
    assert found(title="100%_") == found(topic="South") == []
    assert found(since=NOW + timedelta(minutes=1)) == [rain.title]
    assert found(states=((ES, LanguageStatus.PUBLISHED),)) == [rain.title]
    assert found(states=((ES, LanguageStatus.QUEUED), (LanguageTag("en"), LanguageStatus.QUEUED))) == [levy.title]
    assert found(states=((LanguageTag("fr"), LanguageStatus.MISSING),)) == [rain.title, levy.title]
    library.correct_article(levy.id, {"topics": ["Norway"], "title": "Autumn, too"}, before=None)
    assert found(topic="EU") == []
    assert found(title="AUTUMN") == ["A dry AUTUMN", "Autumn, too"]


@pytest.mark.parametrize(
    ("state", "live", "stands"),
    [
        (RenderState.QUEUED, True, LanguageStatus.QUEUED),
        (RenderState.RUNNING, False, LanguageStatus.RUNNING),
        (RenderState.FAILED, True, LanguageStatus.FAILED),
        (RenderState.DONE, True, LanguageStatus.PUBLISHED),
        (RenderState.DONE, False, LanguageStatus.HELD),
        (RenderState.CANCELLED, True, LanguageStatus.PUBLISHED),
        (RenderState.CANCELLED, False, LanguageStatus.MISSING),
        (None, True, LanguageStatus.PUBLISHED),
    ],
)
def test_what_a_report_says_of_its_languages_is_what_it_is_found_by(
    *, library: SqlLibrary, report: Article, state: RenderState | None, live: bool, stands: LanguageStatus
) -> None:
    library.put_article(report, NOW)
    if state is not None:
        render = render_of(report)
        languages = {tag: replace(each, state=state) for tag, each in render.languages.items()}
        library.open_render(replace(render, languages=languages))
    if live:
        library.publish(episode_of(report.id), NOW)
    assert library.standings([report.id])[report.id][ES] is stands
    for each in LanguageStatus:
        found = library.articles(wanted=ArticleFilter(states=((ES, each),)))
        assert bool(found) is (each is stands), each


def test_pages_go_on_behind_a_report_that_was_taken_away_and_are_not_shifted_by_new_ones(library: SqlLibrary) -> None:
    for place in range(6):
        library.put_article(article_of(f"Report {place}"), NOW + timedelta(minutes=place))
    first = library.articles(limit=3)
    library.put_article(article_of("New"), NOW + timedelta(days=1))
    library.remove_article(first[-1].article.id, NOW, before=None)
    second = library.articles(limit=3, after=first[-1].article.id)
    assert [each.article.title for each in (*first, *second)] == [f"Report {place}" for place in (5, 4, 3, 2, 1, 0)]
