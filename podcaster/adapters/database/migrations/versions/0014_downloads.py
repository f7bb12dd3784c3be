"""Downloads: their sums, and for a day what is needed to count them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "downloads",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("app", sa.String(40), primary_key=True),
        sa.Column("downloads", sa.Integer, nullable=False),
    )
    op.create_index("ix_downloads_article", "downloads", ["article"])
    op.create_table(
        "download_keys",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
    )
    op.create_table(
        "download_clients",
        sa.Column("client", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False),
    )
    op.create_index("ix_download_clients_day", "download_clients", ["day"])
    op.create_table(
        "download_logs",
        sa.Column("log", sa.String(64), primary_key=True),
        sa.Column("place", sa.BigInteger, nullable=False),
    )
