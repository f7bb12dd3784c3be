"""Repositories for listeners, their speakers and the readings they want."""
