"""The Library port on SQLAlchemy: SQLite in one file, or PostgreSQL for many machines."""

from podcaster.adapters.database.library import DatabaseLibrary, open_library

__all__ = ["DatabaseLibrary", "open_library"]
