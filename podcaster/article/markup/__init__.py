"""HTML to blocks: parsing, and what a reader's eye makes of breaks, notes, struck and hidden text, formulas and tables."""
