"""Earmarks, authorisations, units and parties, one by one and in lists."""
