"""Adapters, one for each outside system. Only wiring imports them; none imports another."""
