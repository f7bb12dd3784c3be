"""Rows as the nouns that they keep."""

import json
from typing import Any

from sqlalchemy import Row

from podcaster.episode.serialisation import from_record
from podcaster.ports import PublishedEpisode


def published_episode(row: Row[Any]) -> PublishedEpisode:
    """An episode of the table `episodes`."""
    return PublishedEpisode(
        episode=from_record(json.loads(row.record)), first_published=row.first_published, changed=row.changed
    )
