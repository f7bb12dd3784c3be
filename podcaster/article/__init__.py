"""Foreign bytes to an Article: pages, plain-text dumps and Markdown; parts of a page, boilerplate, topics, ids."""
