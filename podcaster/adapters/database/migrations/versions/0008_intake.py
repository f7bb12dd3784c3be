"""Sources that are watched; deliveries of hooks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("url", sa.Text, nullable=False, unique=True),
        sa.Column("only", sa.Text, nullable=False),
        sa.Column("interval_s", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("next_poll", sa.DateTime, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
        sa.Column("polled", sa.DateTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
        sa.Column("last", sa.Text),
    )
    op.create_index("ix_sources_next_poll", "sources", ["next_poll"])
    op.create_table(
        "source_items",
        sa.Column("source", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("taken", sa.String(64), nullable=False),
        sa.Column("article", sa.String(80)),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("gone", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("checked", sa.DateTime),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_table(
        "hook_deliveries",
        sa.Column("signature", sa.String(64), primary_key=True),
        sa.Column("received", sa.DateTime, nullable=False),
    )
    op.create_index("ix_hook_deliveries_received", "hook_deliveries", ["received"])
