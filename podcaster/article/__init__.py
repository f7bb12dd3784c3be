"""Foreign bytes to an Article: pages, documents, plain text and Markdown; boilerplate, topics, ids."""
