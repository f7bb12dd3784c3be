"""Download measurement: which responses count as a download, and by which apps. Stores no client address."""
