"""Parties, and what books are begun with: the programme, its units and earmarks."""
