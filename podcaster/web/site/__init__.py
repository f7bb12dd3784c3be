"""The public pages, and the templates, words and static files that all pages share."""
