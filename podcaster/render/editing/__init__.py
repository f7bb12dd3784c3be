"""Editors' changes to reports, lines and words."""
