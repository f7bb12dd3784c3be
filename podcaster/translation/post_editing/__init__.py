"""Corrections of translations: known slips, unknown words, misspelt names."""
