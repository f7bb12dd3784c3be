"""The service over HTTP: feeds and media, the site, the editors' API."""
