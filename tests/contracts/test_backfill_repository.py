"""The promise of `ports.BackfillRepository`, and what the queue forgets."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from podcaster.adapters.database import SqlLibrary
from podcaster.adapters.dbos import DbosQueue
from podcaster.errors import BackfillUnknown
from podcaster.ports import RenderJob
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.source.archive import Backfill, BackfillItem, BackfillState, ItemKind, ItemState
from podcaster.testing.stages import LoggingStages
from podcaster.units import ArticleId, LanguageTag, RenderId
from support.examples import NOW
from support.waiting import until

LATER = NOW + timedelta(seconds=15)


def item(name: str, kind: ItemKind = ItemKind.REPORT) -> BackfillItem:
    return BackfillItem(place=0, kind=kind, name=name, digest=f"{name:0>64}")


@pytest.fixture
def repository(library: SqlLibrary) -> SqlLibrary:
    made = Backfill(id="b1", name="b", languages=(LanguageTag("es"),), added=NOW, since=NOW, not_before=NOW)
    library.add_backfill(made, [item("a"), item("list", ItemKind.LISTING), item("a")])
    assert library.backfill("b1") == made
    return library


def test_one_worker_at_a_time_has_it_and_a_claim_ends_by_itself(repository: SqlLibrary) -> None:
    first = repository.claim_item("b1", NOW, LATER)
    assert first is not None
    assert (first.name, first.tries) == ("list", 1), "listings first: they say what there is"
    assert repository.claim_item("b1", NOW, LATER) is None
    assert repository.claim_item("b1", LATER + timedelta(seconds=1), LATER + timedelta(seconds=15)) is not None
    repository.release_backfill(repository.backfill("b1"))
    assert repository.claim_item("b1", NOW, LATER) is not None


def test_what_a_listing_names_comes_in_once(repository: SqlLibrary) -> None:
    claimed = repository.claim_item("b1", NOW, LATER)
    assert claimed is not None
    done = BackfillItem(
        place=claimed.place,
        kind=claimed.kind,
        name=claimed.name,
        digest=claimed.digest,
        state=ItemState.DONE,
        ended=NOW,
    )
    repository.keep_item("b1", done, found=[item("a"), item("b"), item("b"), item("c")])
    tally = repository.tally("b1", NOW)
    assert (tally.total, tally.left, tally.listings, tally.read, tally.recent) == (3, 3, 0, 1, 0)
    repository.keep_item("b1", replace(done, state=ItemState.FAILED))
    assert repository.tally("b1", NOW).read == 1, "whoever counts requests counts what could not be read, too"
    assert [each.name for each in repository.backfill_items("b1", ItemState.WAITING, limit=2)] == ["a", "b"]


def test_what_has_ended_stays_so(repository: SqlLibrary) -> None:
    assert repository.move_backfill("b1", BackfillState.PAUSED, NOW)
    assert repository.claim_item("b1", NOW, LATER) is None
    assert repository.move_backfill("b1", BackfillState.CANCELLED, NOW)
    assert not repository.move_backfill("b1", BackfillState.RUNNING, NOW)
    assert repository.backfills(BackfillState.CANCELLED)[0].ended == NOW
    assert repository.tally("b1", NOW).left == 0
    with pytest.raises(BackfillUnknown):
        repository.move_backfill("none", BackfillState.PAUSED, NOW)


def test_the_queue_forgets_what_ended_and_nothing_else(tmp_path: Path) -> None:
    """Its database does not grow with the archive."""
    stages, url = LoggingStages(tmp_path / "log"), f"sqlite:///{tmp_path}/queue.db"
    queue = DbosQueue(url, lambda: stages, priority=LocalRenderPriority(), workers=2, worker_name="here")
    with queue.working():
        for name in ("r1", "r2"):
            queue.submit(
                RenderJob(
                    render=RenderId(name), article=ArticleId("a"), languages=(LanguageTag("es"), LanguageTag("ca"))
                )
            )
        until(lambda: all("finish" in stages.done(name) for name in ("r1", "r2")))
    queue.submit(RenderJob(render=RenderId("r3"), article=ArticleId("a"), languages=(LanguageTag("es"),)))
    engine = create_engine(url)

    def rows(table: str) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)  # noqa: S608 # ours

    assert rows("workflow_status") == 7
    assert queue.forget(NOW) == 0, "they ended later than that"
    assert queue.forget(NOW + timedelta(days=3650)) == 2
    assert (rows("workflow_status"), rows("operation_outputs")) == (1, 0)
    assert queue.forget(NOW + timedelta(days=3650)) == 0
    queue.close()
    engine.dispose()
