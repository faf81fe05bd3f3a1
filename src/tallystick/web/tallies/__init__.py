"""Tallies: lists of them, one with its story, and the forms that send, receive, dispute and settle."""
