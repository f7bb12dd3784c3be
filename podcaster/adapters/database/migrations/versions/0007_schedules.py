"""Contents of each render, and episodes that are to be published at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "render_contents",
        sa.Column("render", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "scheduled_episodes",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("editor", sa.String(80), nullable=False),
    )
    op.create_index("ix_scheduled_episodes_at", "scheduled_episodes", ["at"])
