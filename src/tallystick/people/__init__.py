"""Parties: donors, custodians, suppliers, changers and recipients."""
