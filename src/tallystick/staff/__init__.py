"""Members of staff: who signs in, in which roles, and what the limits on signing in remember. None of it is an act."""
