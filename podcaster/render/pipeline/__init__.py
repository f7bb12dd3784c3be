"""From an article to the clips and files of an episode."""
