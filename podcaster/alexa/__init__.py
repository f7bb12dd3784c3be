"""The Alexa skill: verifies requests, dispatches intents and answers with speech and audio."""
