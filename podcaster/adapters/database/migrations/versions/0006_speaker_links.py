"""Speakers that belong to listeners; codes and tokens; attempts; requests that have come."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "speaker_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("listener", sa.String(32), nullable=False, unique=True),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_table(
        "speaker_links",
        sa.Column("speaker", sa.String(64), primary_key=True),
        sa.Column("listener", sa.String(32), nullable=False, index=True),
        sa.Column("linked", sa.DateTime, nullable=False),
    )
    op.create_table(
        "oauth_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("listener", sa.String(32), nullable=False, index=True),
        sa.Column("redirect_uri", sa.Text, nullable=False),
        sa.Column("challenge", sa.String(128), nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False),
        sa.Column("taken", sa.DateTime),
    )
    op.create_table(
        "oauth_tokens",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("code", sa.String(64), nullable=False, index=True),
        sa.Column("listener", sa.String(32), nullable=False, index=True),
        sa.Column("granted", sa.DateTime, nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False, index=True),
        sa.Column("replaced", sa.DateTime),
    )
    op.create_table(
        "speaker_streams",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("listener", sa.String(32), nullable=False, index=True),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "attempts",
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "speaker_requests",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("seen", sa.DateTime, nullable=False, index=True),
    )
