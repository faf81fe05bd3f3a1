"""The tables of errands."""
