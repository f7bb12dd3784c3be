"""Episodes to RSS, OPML and flash briefings. Pure: the same arguments give the same bytes."""
