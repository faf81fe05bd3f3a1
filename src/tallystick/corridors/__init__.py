"""The legs of the ways from us to a place, and their tariffs."""
