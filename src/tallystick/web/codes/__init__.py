"""Codes: giving them out, showing both halves of a tally, and what becomes of a frozen one. No page shows a code a second time."""
