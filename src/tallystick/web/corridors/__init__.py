"""Corridors: custodians and what was agreed with them, who stands behind several, legs and their tariffs."""
