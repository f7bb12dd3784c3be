"""Private feeds, briefings and the listeners' pages."""
