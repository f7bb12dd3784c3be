"""Who hears what, in numbers: which answers make a download, and what is kept of whom they were sent to."""
