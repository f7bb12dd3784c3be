"""Editors' notes on reports, and their own recordings of lines."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "desk_notes",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("assignee", sa.Text, nullable=False),
        sa.Column("reviewed", sa.DateTime),
    )
    op.add_column("wordings", sa.Column("recording", sa.String(64)))
