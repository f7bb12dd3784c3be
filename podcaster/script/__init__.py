"""An Article to a Script: sentences, kinds, pauses, spoken form, opening and closing."""
