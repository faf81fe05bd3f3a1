"""Vouches: what referees said, of whom and by whom, and writing one down."""
