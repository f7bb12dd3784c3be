"""Tables of readings and of the service's secrets."""

from sqlalchemy import Column, Index, String, Table, Text

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

readings = Table(
    "readings",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("reading", String(64), primary_key=True),
    Column("revision", String(16), nullable=False),
    Column("record", Text, nullable=False),
    Column("made", Moment, nullable=False),
    Index(None, "reading", "made"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", String(64), nullable=False),
)
