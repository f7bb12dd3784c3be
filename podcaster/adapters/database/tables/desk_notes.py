"""Table of editors' notes on reports."""

from sqlalchemy import Column, String, Table, Text

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

desk_notes = Table(
    "desk_notes",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("assignee", Text, nullable=False),
    Column("reviewed", Moment),
)
