"""Payouts at a counter: by code, without one, and how much one person may pay out."""
