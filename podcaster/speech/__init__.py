"""A line's spoken form to samples: the catalogue of voices and their fallbacks; owns the Synthesizer port."""
