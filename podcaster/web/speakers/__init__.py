"""Smart speakers: the Alexa endpoint, and OAuth for account linking."""
