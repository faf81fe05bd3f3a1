"""Grants: what was promised to whom, how each promise stands, and the forms that promise, release and cancel."""
