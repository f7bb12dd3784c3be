"""Intake: watched sources, hooks and back-fills add reports, and withdraw them."""
