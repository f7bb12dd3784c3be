"""Commands for operators: audit log, backups, pruning and workers."""
