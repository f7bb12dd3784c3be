"""Ports for publishing: feeds, published episodes, schedules and hubs."""
