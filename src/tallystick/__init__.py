"""Tallystick: the books of aid that travels by hand."""
