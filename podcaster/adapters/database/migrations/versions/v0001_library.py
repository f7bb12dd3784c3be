"""Articles, renders, episodes, feeds and keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _articles()
    _renders()
    _episodes()
    _feeds()
    _keys()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("added", _TIME, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_newest", "articles", [sa.text("added DESC"), "id"])


def _renders() -> None:
    op.create_table(
        "renders",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("article", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("requested", _TIME, nullable=False),
        sa.Column("idempotency_key", sa.String),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_renders"),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_renders_article"),
        sa.UniqueConstraint("idempotency_key", name="uq_renders_idempotency_key"),
    )
    op.create_index("ix_renders_state", "renders", ["state"])
    op.create_index("ix_renders_newest", "renders", ["article", sa.text("requested DESC"), sa.text("id DESC")])
    op.create_table(
        "render_languages",
        sa.Column("render", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("render", "language", name="pk_render_languages"),
        sa.ForeignKeyConstraint(["render"], ["renders.id"], name="fk_render_languages_render"),
    )


def _episodes() -> None:
    op.create_table(
        "episodes",
        sa.Column("article", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("guid", sa.String, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("published", _TIME, nullable=False),
        sa.Column("first_published", _TIME, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("article", "language", name="pk_episodes"),
    )
    newest_first: list[str | sa.TextClause] = [sa.text("published DESC"), sa.text("first_published DESC"), "guid"]
    op.create_index("ix_episodes_newest", "episodes", ["live", *newest_first])
    op.create_index("ix_episodes_newest_of_language", "episodes", ["live", "language", *newest_first])
    generations = op.create_table(
        "generations",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_generations"),
        sa.CheckConstraint("id = 1", name="ck_generations_single"),
    )
    op.bulk_insert(generations, [{"id": 1, "number": 0}])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("blob", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_feeds"),
    )


def _keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("revoked", _TIME),
        sa.Column("last_used", _TIME),
        sa.PrimaryKeyConstraint("name", name="pk_api_keys"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )
