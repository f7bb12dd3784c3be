"""Topics and authors of episodes, each of which has a feed."""

import json

import sqlalchemy as sa
from alembic import op

from podcaster.adapters.database.repositories.publishing.episodes import section_rows
from podcaster.episode.serialisation import from_record

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    sections = op.create_table(
        "episode_sections",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("slug", sa.String(80), primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.create_index("ix_episode_sections_language_kind_slug", "episode_sections", ["language", "kind", "slug"])
    for (record,) in op.get_bind().execute(sa.text("SELECT record FROM episodes")).all():
        op.bulk_insert(sections, section_rows(from_record(json.loads(record))))
