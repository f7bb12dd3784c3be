"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    op.create_index("ix_articles_added_id", "articles", ["added", "id"])
    op.create_table(
        "renders",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("article", sa.String(80), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("requested", sa.DateTime, nullable=False),
        sa.Column("idempotency_key", sa.String(255), unique=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
    )
    op.create_index("ix_renders_state", "renders", ["state"])
    op.create_index("ix_renders_article_requested", "renders", ["article", "requested"])
    op.create_table(
        "render_languages",
        sa.Column("render", sa.String(64), sa.ForeignKey("renders.id"), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "episodes",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("guid", sa.String(64), nullable=False, unique=True),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("reported", sa.DateTime, nullable=False),
        sa.Column("first_published", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
    )
    order = ["live", "reported", "first_published", "guid"]
    op.create_index("ix_episodes_language_live_reported_first_published_guid", "episodes", ["language", *order])
    op.create_index("ix_episodes_live_reported_first_published_guid", "episodes", order)
    counters = op.create_table(
        "counters",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    op.bulk_insert(counters, [{"name": "generation", "value": 0}])
    op.create_table(
        "feeds",
        sa.Column("name", sa.String(160), primary_key=True),
        sa.Column("blob", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("revoked", sa.DateTime),
        sa.Column("last_used", sa.DateTime),
    )
