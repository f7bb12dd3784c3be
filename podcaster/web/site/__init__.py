"""The public pages, with the templates, words and static files that all pages share."""
