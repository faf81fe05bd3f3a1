"""Hands in the database: values changed, rows deleted and exchanged, whole chains rewritten; and whether the proof named the act."""
