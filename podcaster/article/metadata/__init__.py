"""Metadata of reports: addresses, JSON-LD, and the dates that pages carry."""
