"""Voices, loudness, jingles and recordings: from a script's lines to clips."""
