"""The words by which an episode is found."""

import json

import sqlalchemy as sa
from alembic import op

from podcaster.adapters.database.repositories.publishing.archive import text_row
from podcaster.episode.serialisation import from_record

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    texts = op.create_table(
        "episode_texts",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    for (record,) in op.get_bind().execute(sa.text("SELECT record FROM episodes")).all():
        op.bulk_insert(texts, [text_row(from_record(json.loads(record)))])
