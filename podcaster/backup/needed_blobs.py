"""Blobs that a row of the library names: a snapshot without them would serve errors."""

from collections.abc import Iterator

from podcaster.ports.backups import Row


def referenced(table: str, row: Row) -> Iterator[str]:
    """Names of the blobs that must exist for this row."""
    if table in {"feeds", "feed_pages"} and row["blob"]:
        yield str(row["blob"])
    elif table == "episodes" and row["live"]:
        yield f"media/{row['article']}/{row['language']}/{row['revision']}.mp3"
    elif table == "backfill_items" and row["blob"] and row["ended"] is None:
        yield str(row["blob"])
