"""Sides that covers are drawn with, in pixels."""

LARGEST = 3000
"""Apple asks for a square of 1400 to 3000 pixels."""
EMBEDDED = 1000
"""In an episode's tag, which each download carries."""
SIDES = (160, 320, 640, EMBEDDED, LARGEST)
