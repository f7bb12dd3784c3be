"""The table of approved translations."""

from sqlalchemy import Column, String, Table, Text

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

approvals = Table(
    "approvals",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("lines", Text, nullable=False),
    Column("editor", String(80), nullable=False),
    Column("at", Moment, nullable=False),
)
