"""Intake rules of sources, what they skipped, and the dates that archives give their reports."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("sources", sa.Column("rules", sa.Text, nullable=False, server_default="{}"))
    op.add_column("source_items", sa.Column("skipped", sa.Text, nullable=False, server_default=""))
    op.add_column("backfill_items", sa.Column("published", sa.DateTime))
