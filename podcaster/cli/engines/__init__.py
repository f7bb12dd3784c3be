"""Commands that list and install voices and models."""
