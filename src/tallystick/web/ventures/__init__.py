"""Ventures: the list of them, one, what is said of one, and how long they last."""
