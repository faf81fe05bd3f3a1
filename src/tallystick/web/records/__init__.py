"""Earmarks, authorisations and parties, one by one."""
