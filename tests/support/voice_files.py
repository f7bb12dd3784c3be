"""Voice files as editors write them in voices/."""

PHRASES = """
[phrases]
opening = "From {show}, {date}."
opening_undated = "From {show}."
byline = "By {authors}."
draft = "This is a draft machine translation."
key_points = "Key points"
report = "The report"
closing = "You were listening to {show}."
"""
