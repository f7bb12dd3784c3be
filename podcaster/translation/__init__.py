"""Script to script in another language: protection of names and terms, memory, checks; owns the Translator port."""
