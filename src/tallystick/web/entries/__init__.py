"""Entries: posting one by a form, looking at one, and taking one back."""
