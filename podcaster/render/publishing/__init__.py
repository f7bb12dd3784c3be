"""From an episode to the feeds."""
