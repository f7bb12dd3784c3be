"""Episodes to RSS and OPML. Pure: the same arguments give the same bytes; `now` is an argument."""
