"""Tracing: what became of a gift, where a grant came from, and what a tally still carries."""
