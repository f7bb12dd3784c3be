"""The log of changes, whose rows stay as they were written; what reports are looked up by, and what editors decided about them."""

import json

import sqlalchemy as sa
from alembic import op

from podcaster.adapters.database.article_index import card_values
from podcaster.article.serialisation import from_record

revision = "0012"
down_revision = "0011"

_WRITTEN_TOGETHER = 500
_SQLITE = "CREATE TRIGGER changes_stay_{on} BEFORE {on} ON changes BEGIN SELECT RAISE(ABORT, 'the log of changes is only added to'); END"
_FUNCTION = """
CREATE OR REPLACE FUNCTION changes_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log of changes is only added to'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON changes
FOR EACH STATEMENT EXECUTE FUNCTION changes_stay()
"""


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("editor", sa.Text, nullable=False),
        sa.Column("door", sa.String(16), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("article", sa.String(80)),
        sa.Column("language", sa.String(35)),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    for name in ("article", "editor", "action"):
        op.create_index(f"ix_changes_{name}_number", "changes", [name, "number"])
    op.create_index("ix_changes_at", "changes", ["at"])
    _keep_rows()
    cards = op.create_table(
        "article_cards",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("corrections", sa.Text, nullable=False),
        sa.Column("removed", sa.DateTime),
    )
    op.create_index("ix_article_cards_added_article", "article_cards", ["added", "article"])
    _write_cards(cards)


def _keep_rows() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute(_POSTGRESQL)
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(_SQLITE.format(on=event))


def _write_cards(cards: sa.Table) -> None:
    articles = sa.table("articles", sa.column("id"), sa.column("record"), sa.column("added", sa.DateTime))
    rows = op.get_bind().execute(sa.select(articles).order_by(articles.c.id)).mappings()
    while some := rows.fetchmany(_WRITTEN_TOGETHER):
        op.bulk_insert(
            cards,
            [
                {
                    "article": row["id"],
                    "added": row["added"],
                    "corrections": "{}",
                    "removed": None,
                    **card_values(from_record(json.loads(row["record"]))),
                }
                for row in some
            ],
        )
