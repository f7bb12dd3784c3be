"""A podcast of one's own: what a listener follows, what of it they get, and their briefing. Pure."""
