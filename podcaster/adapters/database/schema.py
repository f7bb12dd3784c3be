"""The tables as the newest migration leaves them; a test holds the two together.

Articles, episodes and reports are kept as JSON text, canonical so that equal values are equal texts; beside it stand
only the columns that queries need. Times are UTC.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

VERSION: Final = "0001"
"""The newest migration."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite, which knows none, keeps the UTC digits, which sort as they should."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """A moment as the database keeps it."""
        if value is None:
            return None
        moment = utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 # SQLAlchemy's signature
        """The moment that was kept, in UTC."""
        if value is None:
            return None
        kept: datetime = value
        return kept.replace(tzinfo=UTC) if kept.tzinfo is None else kept.astimezone(UTC)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("record", Text, nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
)
Index("ix_articles_newest", articles.c.added.desc(), articles.c.id)

renders = Table(
    "renders",
    metadata,
    Column("id", String, primary_key=True),
    Column("article", ForeignKey("articles.id"), nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("requested", UtcTime, nullable=False),
    Column("idempotency_key", String, unique=True),
    Column("fingerprint", String, nullable=False),
)
Index("ix_renders_newest", renders.c.article, renders.c.requested.desc(), renders.c.id.desc())

render_languages = Table(
    "render_languages",
    metadata,
    Column("render", ForeignKey("renders.id"), primary_key=True),
    Column("language", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("record", Text, nullable=False),
)

episodes = Table(
    "episodes",
    metadata,
    Column("article", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("guid", String, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("record", Text, nullable=False),
    Column("published", UtcTime, nullable=False),
    Column("first_published", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
)
NEWEST_FIRST: Final = (episodes.c.published.desc(), episodes.c.first_published.desc(), episodes.c.guid)
Index("ix_episodes_newest", episodes.c.live, *NEWEST_FIRST)
Index("ix_episodes_newest_of_language", episodes.c.live, episodes.c.language, *NEWEST_FIRST)

generations = Table(
    "generations",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("name", String, primary_key=True),
    Column("blob", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("changed", UtcTime, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("revoked", UtcTime),
    Column("last_used", UtcTime),
)
