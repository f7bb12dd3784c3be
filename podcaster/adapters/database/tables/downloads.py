"""Tables of downloads. Two of them are forgotten with their day."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from podcaster.adapters.database.tables.library import metadata

downloads = Table(
    "downloads",
    metadata,
    Column("day", Date, primary_key=True),
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("app", String(40), primary_key=True),
    Column("downloads", Integer, nullable=False),
    Index(None, "article"),
)

download_keys = Table(
    "download_keys",
    metadata,
    Column("day", Date, primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("last_day", Date, nullable=False),
)

download_clients = Table(
    "download_clients",
    metadata,
    Column("client", String(32), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("parts", Text, nullable=False),
    Column("counted", Boolean, nullable=False),
)

download_logs = Table(
    "download_logs",
    metadata,
    Column("log", String(64), primary_key=True),
    Column("place", BigInteger, nullable=False),
)
