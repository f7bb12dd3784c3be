"""The Alexa skill: requests verified, understood and answered with speech and audio."""
