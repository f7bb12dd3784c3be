"""Editors' decisions: wordings, and tables in place of files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("spoken", sa.Text),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("editor", sa.String(80), nullable=False),
    )
    op.create_index("ix_wordings_language_digest", "wordings", ["language", "digest"])
    op.create_table(
        "editors_tables",
        sa.Column("name", sa.String(160), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("editor", sa.String(80), nullable=False),
    )
