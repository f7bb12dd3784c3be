"""The tables of the library. migrations/ makes them; a test holds that both say the same."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    true,
)

from podcaster.adapters.database.tables.moments import Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("record", Text, nullable=False),
    Column("added", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Index(None, "added", "id"),
)

article_cards = Table(
    "article_cards",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("added", Moment, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("topics", Text, nullable=False),
    Column("corrections", Text, nullable=False),
    Column("removed", Moment),
    Index(None, "added", "article"),
)
"""The article index and editors' decisions: narrow, beside the long article records."""

renders = Table(
    "renders",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("article", String(80), ForeignKey("articles.id"), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("requested", Moment, nullable=False),
    Column("idempotency_key", String(255), unique=True),
    Column("fingerprint", String(64), nullable=False),
    Column("urgent", Boolean, nullable=False, server_default=true()),
    Index(None, "article", "requested"),
)

render_languages = Table(
    "render_languages",
    metadata,
    Column("render", String(64), ForeignKey("renders.id"), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("record", Text, nullable=False),
)

episodes = Table(
    "episodes",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("guid", String(64), nullable=False, unique=True),
    Column("revision", String(16), nullable=False),
    Column("record", Text, nullable=False),
    Column("reported", Moment, nullable=False),
    Column("first_published", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("live", Boolean, nullable=False),
    Index(None, "language", "live", "reported", "first_published", "guid"),
    Index(None, "live", "reported", "first_published", "guid"),
)

wordings = Table(
    "wordings",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("text", Text),
    Column("spoken", Text),
    Column("changed", Moment, nullable=False),
    Column("editor", String(80), nullable=False),
    Column("recording", String(64)),
    Index(None, "language", "digest"),
)

editors_tables = Table(
    "editors_tables",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("record", Text, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("editor", String(80), nullable=False),
)

episode_sections = Table(
    "episode_sections",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("slug", String(80), primary_key=True),
    Column("label", Text, nullable=False),
    Index(None, "language", "kind", "slug"),
)

episode_texts = Table(
    "episode_texts",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("names", Text, nullable=False),
    Column("text", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("blob", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("changed", Moment, nullable=False),
    Column("shape", String(64), nullable=False, server_default=""),
)

listeners = Table(
    "listeners",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("preferences", Text, nullable=False),
    Column("reading", String(64), nullable=False),
    Column("created", Moment, nullable=False, index=True),
    Column("changed", Moment, nullable=False),
    Index(None, "reading", "changed"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scope", String(16), nullable=False),
    Column("created", Moment, nullable=False),
    Column("revoked", Moment),
    Column("last_used", Moment),
)

speaker_listeners = Table(
    "speaker_listeners",
    metadata,
    Column("listener", String(64), primary_key=True),
    Column("token", Text, nullable=False),
    Column("offset_ms", Integer, nullable=False),
    Column("language", String(35)),
    Column("changed", Moment, nullable=False),
)

render_contents = Table(
    "render_contents",
    metadata,
    Column("render", String(64), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("digest", String(64), nullable=False),
)

joined_requests = Table(
    "joined_requests",
    metadata,
    Column("idempotency_key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("render", String(64), nullable=False),
)
"""Requests with a key of their own that another request's render answers; the key of the one that made it stands in `renders`."""

scheduled_episodes = Table(
    "scheduled_episodes",
    metadata,
    Column("article", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("editor", String(80), nullable=False),
    Column("error", Text, nullable=False, server_default=""),
)

sources = Table(
    "sources",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("only", Text, nullable=False),
    Column("rules", Text, nullable=False, server_default="{}"),
    Column("interval_s", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("added", Moment, nullable=False),
    Column("next_poll", Moment, nullable=False, index=True),
    Column("claimed_until", Moment),
    Column("polled", Moment),
    Column("failures", Integer, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("last", Text),
)

source_items = Table(
    "source_items",
    metadata,
    Column("source", String(32), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("taken", String(64), nullable=False),
    Column("article", String(80)),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("checked", Moment),
    Column("skipped", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False),
)

hook_deliveries = Table(
    "hook_deliveries",
    metadata,
    Column("signature", String(64), primary_key=True),
    Column("received", Moment, nullable=False, index=True),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("editor", Text, nullable=False),
    Column("door", String(16), nullable=False),
    Column("place", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("article", String(80)),
    Column("language", String(35)),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index(None, "article", "number"),
    Index(None, "editor", "number"),
    Index(None, "action", "number"),
    Index(None, "at"),
)
