"""Smart speakers: the Alexa endpoint and account linking by OAuth."""
