"""Samples to clips to files: loudness, frames, splicing, the Info frame, tags; owns the Encoder port."""
