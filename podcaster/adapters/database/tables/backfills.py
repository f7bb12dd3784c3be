"""The tables of back-fills."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

backfills = Table(
    "backfills",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("only", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("added", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("ended", Moment),
    Column("not_before", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("said", Text, nullable=False),
    Column("claimed_until", Moment),
)

backfill_items = Table(
    "backfill_items",
    metadata,
    Column("backfill", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("blob", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("article", String(80)),
    Column("render", String(64)),
    Column("error", Text, nullable=False),
    Column("published", Moment),
    Column("ended", Moment),
    UniqueConstraint("backfill", "digest"),
    Index(None, "backfill", "state", "kind", "tries", "place"),
    Index(None, "backfill", "ended"),
)
