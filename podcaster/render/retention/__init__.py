"""Retention: which stored files nothing points at any more, and how long they stay."""
