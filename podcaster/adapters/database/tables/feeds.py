"""Tables of feeds: positions of episodes, rendered items, archive pages."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed", String(160), primary_key=True),
    Column("guid", String(64), primary_key=True),
    Column("reported", Moment, nullable=False),
    Column("first_published", Moment, nullable=False),
    Column("article", String(80), nullable=False),
    Column("language", String(35), nullable=False),
    Index(None, "feed", "reported", "first_published", "guid"),
    Index(None, "article", "language"),
)
"""Published episodes, one row for each feed that has them."""

feed_items = Table(
    "feed_items",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("shape", String(64), nullable=False),
    Column("xml", Text, nullable=False),
)

feed_changes = Table(
    "feed_changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", String(80), nullable=False),
    Column("language", String(35), nullable=False),
    Column("record", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Index(None, "article", "language"),
    sqlite_autoincrement=True,
)
"""Episodes that came into the feeds or left them, until every document shows it."""

feed_pages = Table(
    "feed_pages",
    metadata,
    Column("feed", String(160), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reported", Moment),
    Column("first_published", Moment),
    Column("guid", String(64)),
    Column("blob", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("shape", String(64), nullable=False),
    Index(None, "feed", "reported", "first_published", "guid"),
)
"""A page without a place is out of the archive; its number is not given again."""

feed_pings = Table(
    "feed_pings",
    metadata,
    Column("hub", String(500), primary_key=True),
    Column("feed", String(160), primary_key=True),
    Column("change", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claimed_until", Moment),
    Index(None, "hub", "due"),
)
"""Pending notifications of hubs."""
