"""Clips to an episode: timings, transcripts, chapters, show notes and cover."""
