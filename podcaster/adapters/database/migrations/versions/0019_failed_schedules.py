"""Errors of scheduled publications."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("scheduled_episodes", sa.Column("error", sa.Text, nullable=False, server_default=""))
