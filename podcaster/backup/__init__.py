"""Backup and restore: a library and its blobs, copied to a folder or a bucket and back."""
