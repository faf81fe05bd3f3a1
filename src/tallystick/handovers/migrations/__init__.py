"""How the tables of handovers came to be."""
