"""Names in other scripts by the Latin letters that newspapers give them, a script a module."""
