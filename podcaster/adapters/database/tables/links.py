"""The tables of links between speakers and listeners."""

from sqlalchemy import Column, Integer, String, Table, Text

from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.database.tables.moments import Moment

speaker_codes = Table(
    "speaker_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("listener", String(32), nullable=False, unique=True),
    Column("expires", Moment, nullable=False),
)

speaker_links = Table(
    "speaker_links",
    metadata,
    Column("speaker", String(64), primary_key=True),
    Column("listener", String(32), nullable=False, index=True),
    Column("linked", Moment, nullable=False),
)

oauth_codes = Table(
    "oauth_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("listener", String(32), nullable=False, index=True),
    Column("redirect_uri", Text, nullable=False),
    Column("challenge", String(128), nullable=False),
    Column("expires", Moment, nullable=False),
    Column("taken", Moment),
)

oauth_tokens = Table(
    "oauth_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("code", String(64), nullable=False, index=True),
    Column("listener", String(32), nullable=False, index=True),
    Column("granted", Moment, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
    Column("replaced", Moment),
)

speaker_streams = Table(
    "speaker_streams",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("listener", String(32), nullable=False, index=True),
    Column("choices", Text, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
)

attempts = Table(
    "attempts",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Moment, nullable=False, index=True),
)

speaker_requests = Table(
    "speaker_requests",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("seen", Moment, nullable=False, index=True),
)
