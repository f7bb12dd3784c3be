"""Samples back to words: does a clip say what its line says? Owns the Recognizer and Pronouncer ports."""
