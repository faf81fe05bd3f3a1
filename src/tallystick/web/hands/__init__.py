"""Whose hands now: who holds what, what is on the road, and how it got there."""
