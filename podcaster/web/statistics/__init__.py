"""Download statistics: recorded from responses, or imported from access logs."""
