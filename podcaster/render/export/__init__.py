"""Episodes as files in a folder, without a server."""
