"""Places of listeners of smart speakers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "speaker_listeners",
        sa.Column("listener", sa.String(64), primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("offset_ms", sa.Integer, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
