"""The way from an article to published episodes, and the stages that a queue carries out."""
