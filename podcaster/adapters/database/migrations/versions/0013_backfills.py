"""Renders that nobody waits for; back-fills and their items."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("renders", sa.Column("urgent", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_table(
        "backfills",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("only", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("ended", sa.DateTime),
        sa.Column("not_before", sa.DateTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
    )
    op.create_index("ix_backfills_state", "backfills", ["state"])
    op.create_table(
        "backfill_items",
        sa.Column("backfill", sa.String(32), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("blob", sa.String(255), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("article", sa.String(80)),
        sa.Column("render", sa.String(64)),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("ended", sa.DateTime),
        sa.UniqueConstraint("backfill", "digest", name="uq_backfill_items_backfill_digest"),
    )
    op.create_index(
        "ix_backfill_items_backfill_state_kind_tries_place",
        "backfill_items",
        ["backfill", "state", "kind", "tries", "place"],
    )
    op.create_index("ix_backfill_items_backfill_ended", "backfill_items", ["backfill", "ended"])
