"""Values in sentences: what is written in figures, read, compared and written anew as each language does."""
