"""Ports for editors: reports, wordings, notes and the log of changes."""
