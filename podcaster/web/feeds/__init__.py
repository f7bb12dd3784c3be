"""Public feeds, their archives and flash briefings."""
