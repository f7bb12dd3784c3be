"""The editors' desk: pages for editors."""
