"""The end of everything that ties speakers to a listener, inside of whatever transaction ends it."""

from sqlalchemy import Connection, delete

from podcaster.adapters.database.tables.links import (
    oauth_codes,
    oauth_tokens,
    speaker_codes,
    speaker_links,
    speaker_streams,
)


def unlink(connection: Connection, listener: str) -> int:
    """Delete a listener's links, codes, tokens and streams; how many links and grants there were."""
    linked = connection.execute(delete(speaker_links).where(speaker_links.c.listener == listener)).rowcount
    gone = delete(oauth_tokens).where(oauth_tokens.c.listener == listener).returning(oauth_tokens.c.code)
    granted = len(set(connection.execute(gone).scalars()))
    for table in (speaker_codes, oauth_codes, speaker_streams):
        connection.execute(delete(table).where(table.c.listener == listener))
    return linked + granted
