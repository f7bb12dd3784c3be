"""Translations that editors have approved."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("lines", sa.Text, nullable=False),
        sa.Column("editor", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
