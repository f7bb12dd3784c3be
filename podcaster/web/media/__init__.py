"""Episode files: audio, transcripts, chapters."""
