"""Changes of episodes that feeds do not show yet."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "feed_changes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("article", sa.String(80), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_changes_article_language", "feed_changes", ["article", "language"])
