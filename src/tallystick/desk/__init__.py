"""The desk: what members wish, whether one person is enough for it, and what waits for a second."""
