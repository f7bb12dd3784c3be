"""podcaster turns written reports into spoken podcasts in several languages."""
