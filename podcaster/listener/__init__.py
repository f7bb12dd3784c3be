"""Personal podcasts: preferences, selection of reports and briefings. Pure."""
