"""Custody: whose hands may take what from whom, and never more than is there."""
