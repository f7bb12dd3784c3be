"""Reports read in other voices and at other paces; who wants that; secrets of the service."""

import json

import sqlalchemy as sa
from alembic import op

from podcaster.listener.preferences import preferences_from_json

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("article", sa.String(80), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("reading", sa.String(64), primary_key=True),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
    )
    op.create_index("ix_readings_reading_made", "readings", ["reading", "made"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("value", sa.String(64), nullable=False),
    )
    op.add_column("listeners", sa.Column("reading", sa.String(64), nullable=False, server_default=""))
    op.create_index("ix_listeners_reading_changed", "listeners", ["reading", "changed"])
    _note_wishes()


def _note_wishes() -> None:
    """Listeners who chose a speed while only players kept to it."""
    connection = op.get_bind()
    listeners = sa.table("listeners", sa.column("id"), sa.column("preferences"), sa.column("reading"))
    for row in connection.execute(sa.select(listeners.c.id, listeners.c.preferences)).all():
        if json.loads(row.preferences).get("rate", 1.0) != 1:
            wish = preferences_from_json(row.preferences).reading
            key = "" if wish.usual else wish.key
            connection.execute(sa.update(listeners).where(listeners.c.id == row.id).values(reading=key))
