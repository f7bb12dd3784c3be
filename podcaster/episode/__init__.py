"""Clips to an Episode: timings, transcript, chapters, show notes."""
