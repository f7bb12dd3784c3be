"""Units of measurement and prices by them, in the words of a language."""
