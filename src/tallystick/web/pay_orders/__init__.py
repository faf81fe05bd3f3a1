"""Pay orders: the list with its gap report, one order, and its steps."""
