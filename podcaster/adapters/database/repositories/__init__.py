"""One repository for each port of the library."""
