"""The text of a PDF's pages in the order in which people read it. Pure: segments with positions in, blocks out."""
