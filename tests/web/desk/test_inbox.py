"""The inbox: every report stands in the one state that asks something of an editor."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from podcaster.model import LanguageReport, Render, RenderState
from podcaster.model.changes import Actor, Channel
from podcaster.ports import ScheduledEpisode, acting
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.desk.inbox import Bucket, InboxFilter, inbox
from support.examples import NOW, article_of, episode_of
from support.small_service import KEYS, SmallService, client, served, small_service

ES = LanguageTag("es")
DONE = LanguageReport(state=RenderState.DONE, lines=9)
FLAGGED = LanguageReport(
    state=RenderState.DONE, lines=9, warnings=("line 3: numbers: 2028 is missing", "line 4: heard differently: “a”")
)


def add(made: SmallService, title: str, report: LanguageReport | None, *, published: bool = False) -> ArticleId:
    article = article_of(title)
    made.library.put_article(article, NOW)
    if report is not None:
        render = Render(
            id=RenderId(f"r-{article.id}"[:60]),
            article=article.id,
            state=report.state,
            requested=NOW,
            languages={ES: report},
        )
        made.library.open_render(render)
    if published:
        made.publish(episode_of(article=article.id, guid=f"urn:{article.id}"))
    return article.id


@pytest.fixture
def made(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path / "inbox") as made:
        yield made


def buckets(made: SmallService, **wanted: str) -> Mapping[str, Bucket]:
    return {row.title: row.bucket for row in inbox(made.services, InboxFilter(**wanted)).rows}


def test_reports_stand_by_what_they_ask_of_an_editor(made: SmallService) -> None:
    add(made, "Held", DONE)
    add(made, "Flagged", FLAGGED, published=True)
    add(made, "Out", DONE, published=True)
    add(made, "Broken", LanguageReport(state=RenderState.FAILED, error="engine-failed: no."))
    add(made, "Under way", LanguageReport(state=RenderState.RUNNING, lines=10, done=4))
    waiting = add(made, "Waiting", DONE)
    made.library.put_schedule(ScheduledEpisode(article=waiting, language=ES, at=NOW + timedelta(days=1), editor="ann"))
    assert buckets(made) == {
        "Held": Bucket.LOOK, "Flagged": Bucket.LOOK, "Out": Bucket.PUBLISHED, "Broken": Bucket.FAILED,
        "Under way": Bucket.WORK, "Waiting": Bucket.SCHEDULED,
    }  # fmt: skip
    found = inbox(made.services, InboxFilter(bucket="look"))
    assert {row.title for row in found.rows} == {"Held", "Flagged"}
    assert found.counts == {"": 6, "look": 2, "published": 1, "failed": 1, "work": 1, "scheduled": 1}
    assert found.flags == {"heard": 1, "numbers": 1}
    assert next(row for row in inbox(made.services, InboxFilter()).rows if row.title == "Under way").progress == 0.4


def test_a_report_is_found_by_title_language_and_kind_of_flag(made: SmallService) -> None:
    add(made, "A flagged harbour", FLAGGED, published=True)
    add(made, "A harbour", DONE, published=True)
    assert set(buckets(made, text="HARBOUR")) == {"A flagged harbour", "A harbour"}
    assert set(buckets(made, flag="numbers")) == {"A flagged harbour"}
    assert buckets(made, language="ca") == {}
    assert buckets(made, text="nothing") == {}


def test_a_report_that_was_looked_at_asks_for_nothing_until_it_is_rendered_again(made: SmallService) -> None:
    article = add(made, "Flagged", FLAGGED, published=True)
    made.library.review(article, NOW + timedelta(minutes=1))
    assert buckets(made) == {"Flagged": Bucket.PUBLISHED}
    later = Render(
        id=RenderId("later"),
        article=article,
        state=RenderState.DONE,
        requested=NOW + timedelta(minutes=2),
        languages={ES: FLAGGED},
    )
    made.library.open_render(later)
    assert buckets(made) == {"Flagged": Bucket.LOOK}
    made.library.review(article, NOW + timedelta(minutes=3))
    made.library.review(article, None)
    assert buckets(made) == {"Flagged": Bucket.LOOK}


def test_whoever_works_on_a_report_is_shown_and_found(made: SmallService) -> None:
    article = add(made, "Taken", DONE)
    add(made, "Free", DONE)
    with acting(Actor(name="marta", channel=Channel.DESK)), served(made.services) as url, client(url, "edit") as editor:
        assert editor.put(f"/api/articles/{article}/assignee", json={"editor": "edit"}).status_code == 204
        assert (
            editor.put(f"/api/articles/{article}/assignee", json={"editor": "stranger"}).json()["code"]
            == "input-refused"
        )
        assert editor.put("/api/articles/none/assignee", json={"editor": "edit"}).json()["code"] == "article-unknown"
    found = inbox(made.services, InboxFilter(editor="edit"))
    assert [(row.title, row.assignee, row.last_editor) for row in found.rows] == [("Taken", "edit", "edit")]
    assert "edit" in found.editors
    (change,) = [each for each in made.library.changes(article=article) if each.action == "article.assigned"]
    assert (change.actor.name, change.after) == ("edit", {"assignee": "edit"})


def test_the_page_shows_counts_and_keeps_the_filters_in_its_links(made: SmallService) -> None:
    add(made, "Held & <new>", DONE)
    with served(made.services) as url, httpx.Client(base_url=url, trust_env=False) as browser:
        browser.headers["x-podcaster-desk"] = "1"
        browser.post("/desk/session", json={"key": KEYS["edit"]})
        page = browser.get("/desk?q=held&state=look").text
    assert "Held &amp; &lt;new&gt;" in page
    assert "q=held" in page
    assert 'aria-current="page"' in page


def test_a_scheduled_publication_that_fails_asks_for_a_look(made: SmallService) -> None:
    waiting = add(made, "Waiting", DONE)
    scheduled = ScheduledEpisode(article=waiting, language=ES, at=NOW, editor="ann")
    made.library.put_schedule(scheduled)
    assert made.library.fail_schedule(scheduled, "The draft is damaged.")
    assert not made.library.fail_schedule(scheduled, "The draft is damaged.")
    (row,) = inbox(made.services, InboxFilter()).rows
    assert (row.bucket, [(each.status, each.error) for each in row.languages if each.tag == ES]) == (
        Bucket.LOOK,
        [("held", "The draft is damaged.")],
    )
