"""The desk: what waits for you, and drafts on their way to a second person."""
