"""Download counts."""
