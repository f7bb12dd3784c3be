"""Places of episodes in feeds, items as they were written, pages of archives, pings to hubs."""

import json

import sqlalchemy as sa
from alembic import op

from podcaster.adapters.database.repositories.publishing.feeds import entry_rows
from podcaster.adapters.database.tables.moments import Moment
from podcaster.episode.serialisation import from_record

revision = "0009"
down_revision = "0008"
_TOGETHER = 500


def upgrade() -> None:
    op.add_column("feeds", sa.Column("shape", sa.String(64), nullable=False, server_default=""))
    entries = op.create_table(
        "feed_entries",
        sa.Column("feed", sa.String(160), primary_key=True),
        sa.Column("guid", sa.String(64), primary_key=True),
        sa.Column("reported", Moment, nullable=False),
        sa.Column("first_published", Moment, nullable=False),
        sa.Column("article", sa.String(80), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
    )
    op.create_index(
        "ix_feed_entries_feed_reported_first_published_guid",
        "feed_entries",
        ["feed", "reported", "first_published", "guid"],
    )
    op.create_index("ix_feed_entries_article_language", "feed_entries", ["article", "language"])
    op.create_table(
        "feed_items",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("shape", sa.String(64), nullable=False),
        sa.Column("xml", sa.Text, nullable=False),
    )
    op.create_table(
        "feed_pages",
        sa.Column("feed", sa.String(160), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("reported", sa.DateTime),
        sa.Column("first_published", sa.DateTime),
        sa.Column("guid", sa.String(64)),
        sa.Column("blob", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("shape", sa.String(64), nullable=False),
    )
    op.create_index(
        "ix_feed_pages_feed_reported_first_published_guid",
        "feed_pages",
        ["feed", "reported", "first_published", "guid"],
    )
    op.create_table(
        "feed_pings",
        sa.Column("hub", sa.String(500), primary_key=True),
        sa.Column("feed", sa.String(160), primary_key=True),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
    )
    op.create_index("ix_feed_pings_hub_due", "feed_pings", ["hub", "due"])
    _file_what_is_published(entries)


def _file_what_is_published(entries: sa.Table) -> None:
    first_published: sa.ColumnClause[object] = sa.column("first_published", Moment)
    published = sa.select(sa.text("record"), first_published).select_from(sa.table("episodes")).where(sa.text("live"))
    rows = op.get_bind().execute(published).all()
    filed = [each for row in rows for each in entry_rows(from_record(json.loads(row.record)), row.first_published)]
    for start in range(0, len(filed), _TOGETHER):
        op.bulk_insert(entries, filed[start : start + _TOGETHER])
