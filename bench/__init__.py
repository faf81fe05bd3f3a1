"""How fast the books are, measured against their peers in one run. The product never imports it."""
