"""The editors' API."""
