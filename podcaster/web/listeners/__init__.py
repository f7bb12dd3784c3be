"""Private feeds, personal briefings and the listeners' pages."""
